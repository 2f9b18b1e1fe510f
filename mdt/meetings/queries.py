"""Meetings, as far as the viewer has to do with them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, false, or_, select, true
from sqlalchemy.orm import joinedload

from mdt.meetings.records import Attendance, Meeting
from mdt.meetings.rules import AHEAD, OVER, AttendanceState, MeetingState
from mdt.sharing.rules import SPEAKS_FOR
from network.access.rules import TABLE, Actor, Permission, Role
from network.accounts.queries import colleagues_of
from network.accounts.records import Account
from network.organisations.records import Organisation
from network.people.records import Engagement
from network.plumbing.database import db, now, today
from network.plumbing.refusals import Invalid, NotFound
from network.vocabulary import Discipline

# Whoever contributes can be asked to a meeting; whoever learns is let in to one case, not to a list.
TAKES_PART = frozenset(role for role in Role if Permission.CONTRIBUTE in TABLE[role])


@dataclass(frozen=True)
class Colleague:
    """Somebody who can be asked to a meeting, and the discipline they speak for there."""

    account_id: uuid.UUID
    name: str
    organisation_id: uuid.UUID
    organisation: str
    discipline: Discipline
    roles: frozenset[Role]

    @property
    def said(self) -> str:
        return f"{self.name}, {self.organisation} ({self.discipline.label.lower()})"


@dataclass(frozen=True)
class Invitation:
    """A meeting ahead at which the viewer is expected, and what they answered."""

    meeting: Meeting
    attendance: Attendance

    @property
    def meeting_id(self) -> uuid.UUID:
        return self.meeting.id

    @property
    def is_waiting(self) -> bool:
        answered = self.attendance.answered_at is not None
        return not answered and self.attendance.state is AttendanceState.EXPECTED


def get_meeting_for(viewer: Actor, meeting_id: uuid.UUID) -> Meeting:
    """Return a meeting that the viewer prepares, leads, minutes or is expected at."""
    meeting = db.session.scalars(select(Meeting).where(Meeting.id == meeting_id, _concerns(viewer))).first()
    if meeting is None:
        raise NotFound
    return meeting


def meetings_for(viewer: Actor, past: bool = False) -> Sequence[Meeting]:
    """Return the viewer's meetings that are not over, the next first; or those that are, the latest first."""
    order = Meeting.starts_at.desc() if past else Meeting.starts_at
    is_over = Meeting.state.in_(OVER)
    return db.session.scalars(
        select(Meeting).where(is_over if past else ~is_over, _concerns(viewer)).order_by(order)
    ).all()


def may_minute(viewer: Actor, meeting: Meeting) -> bool:
    """Say whether somebody may write in the room: its chair, its minute taker, or who builds lists."""
    return viewer.may(Permission.BUILD_LISTS) or _is(viewer, meeting.chair_id, meeting.minute_taker_id)


def may_prepare(viewer: Actor, meeting: Meeting) -> bool:
    """Say whether somebody may change a date and who is expected: its chair, or who builds lists."""
    return viewer.may(Permission.BUILD_LISTS) or _is(viewer, meeting.chair_id)


def may_sign(viewer: Actor, meeting: Meeting) -> bool:
    """Say whether somebody may sign the minutes: its chair alone."""
    return _is(viewer, meeting.chair_id)


def next_meeting_of(meeting: Meeting) -> Meeting | None:
    """Return the next date of the same series whose list is still being built."""
    if meeting.series_id is None:
        return None
    return db.session.scalars(
        select(Meeting)
        .where(
            Meeting.series_id == meeting.series_id,
            Meeting.starts_at > meeting.starts_at,
            Meeting.state == MeetingState.PLANNED,
        )
        .order_by(Meeting.starts_at)
        .limit(1)
    ).one_or_none()


def members_expected(meeting_id: uuid.UUID) -> Sequence[Attendance]:
    """Return who is expected at a meeting, or came, by name, with their organisations."""
    return db.session.scalars(
        select(Attendance)
        .where(Attendance.meeting_id == meeting_id)
        .options(joinedload(Attendance.organisation))
        .order_by(Attendance.name)
    ).all()


def find_attendance(meeting_id: uuid.UUID, account_id: uuid.UUID | None) -> Attendance | None:
    """Find what a meeting knows of one account."""
    if account_id is None:
        return None
    return db.session.scalars(
        select(Attendance).where(Attendance.meeting_id == meeting_id, Attendance.account_id == account_id)
    ).one_or_none()


def find_visitor(meeting_id: uuid.UUID, name: str, organisation_id: uuid.UUID) -> Attendance | None:
    """Find somebody who came to a meeting without an account."""
    return db.session.scalars(
        select(Attendance)
        .where(
            Attendance.meeting_id == meeting_id,
            Attendance.account_id.is_(None),
            Attendance.name == name,
            Attendance.organisation_id == organisation_id,
        )
        .limit(1)
    ).one_or_none()


def get_attendance_for(viewer: Actor, attendance_id: uuid.UUID) -> tuple[Attendance, Meeting]:
    """Return somebody expected at a meeting that concerns the viewer, and that meeting."""
    attendance = db.session.get(Attendance, attendance_id)
    if attendance is None:
        raise NotFound
    return attendance, get_meeting_for(viewer, attendance.meeting_id)


def invitations_of(viewer: Actor) -> list[Invitation]:
    """Return the meetings ahead at which the viewer is expected, the next first."""
    rows = db.session.execute(
        select(Meeting, Attendance)
        .join(Attendance, Attendance.meeting_id == Meeting.id)
        .where(
            Attendance.account_id == viewer.account_id,
            Meeting.state.in_(AHEAD),
            Meeting.starts_at > now(),
        )
        .order_by(Meeting.starts_at)
    )
    return [Invitation(meeting, attendance) for meeting, attendance in rows]


def leaders_for(
    viewer: Actor, chair_id: uuid.UUID | None = None
) -> tuple[list[tuple[uuid.UUID, str]], list[tuple[uuid.UUID, str]]]:
    """Return who may chair, whoever does so now among them, and who may take the minutes."""
    people = colleagues_for(viewer)
    chairs = [each for each in people if Role.CHAIR in each.roles or each.account_id == chair_id]
    return [(each.account_id, each.said) for each in chairs], [
        (each.account_id, each.said) for each in people
    ]


def colleagues_for(viewer: Actor) -> list[Colleague]:
    """Return those of the viewer's network who can be asked to a meeting, by name."""
    people = colleagues_of(viewer, TAKES_PART)
    posts = _disciplines_by_post([one.account_id for one in people])
    ids = {one.organisation_id for one in people}
    organisations = db.session.execute(
        select(Organisation.id, Organisation.kind).where(Organisation.id.in_(ids))
    )
    kinds = {row.id: row.kind for row in organisations}
    return [
        Colleague(
            one.account_id,
            one.name,
            one.organisation_id,
            one.organisation,
            posts.get(one.account_id)
            or SPEAKS_FOR.get(kinds[one.organisation_id], Discipline.ADMINISTRATION),
            one.roles,
        )
        for one in people
    ]


def get_colleague_for(viewer: Actor, account_id: uuid.UUID) -> Colleague:
    """Return somebody of the viewer's network who can be asked to a meeting."""
    for one in colleagues_for(viewer):
        if one.account_id == account_id:
            return one
    raise Invalid("Choose somebody who takes part in meetings of this network.")


def _disciplines_by_post(account_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Discipline]:
    """Return what the posts of some accounts make them speak for today; a clinical post counts first."""
    day = today()
    rows = db.session.execute(
        select(Account.id, Engagement.role)
        .join(Engagement, Engagement.person_id == Account.person_id)
        .where(
            Account.id.in_(account_ids),
            Engagement.starts_on <= day,
            or_(Engagement.ends_on.is_(None), Engagement.ends_on >= day),
        )
        .order_by(Engagement.starts_on.desc())
    )
    found: dict[uuid.UUID, Discipline] = {}
    for account_id, role in rows:
        if found.get(account_id, Discipline.ADMINISTRATION) is Discipline.ADMINISTRATION:
            found[account_id] = role.discipline
    return found


def _concerns(viewer: Actor) -> ColumnElement[bool]:
    if viewer.may(Permission.BUILD_LISTS):
        return true()
    if viewer.account_id is None or not viewer.may_somewhere(Permission.SEE_CASES):
        return false()
    expected = select(Attendance.meeting_id).where(Attendance.account_id == viewer.account_id)
    return or_(
        Meeting.chair_id == viewer.account_id,
        Meeting.minute_taker_id == viewer.account_id,
        Meeting.id.in_(expected),
    )


def _is(viewer: Actor, *account_ids: uuid.UUID | None) -> bool:
    return viewer.account_id is not None and viewer.account_id in account_ids
