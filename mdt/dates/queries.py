"""What is asked before one date of a meeting is changed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from mdt.meetings.records import Attendance, Meeting
from network.accounts.records import Account
from network.plumbing.database import db


def is_taken(meeting: Meeting, starts_at: datetime) -> bool:
    """Say whether another meeting of the same series starts at a time."""
    if meeting.series_id is None:
        return False
    others = select(Meeting.id).where(
        Meeting.series_id == meeting.series_id, Meeting.starts_at == starts_at, Meeting.id != meeting.id
    )
    return db.session.scalar(others.limit(1)) is not None


def letters_to(meeting: Meeting) -> Sequence[str]:
    """Return the email addresses of those expected at a meeting."""
    return db.session.scalars(
        select(Account.email)
        .join(Attendance, Attendance.account_id == Account.id)
        .where(Attendance.meeting_id == meeting.id, Account.active)
        .order_by(Account.email)
    ).all()


def letters_to_leaders(meeting: Meeting) -> Sequence[str]:
    """Return the email addresses of those who chair a meeting and take its minutes."""
    leaders = [meeting.chair_id, meeting.minute_taker_id]
    return db.session.scalars(
        select(Account.email).where(Account.id.in_(leaders), Account.active).order_by(Account.email)
    ).all()
