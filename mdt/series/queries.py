"""Series of meetings, for those who prepare them."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from govuk_bank_holidays.bank_holidays import BankHolidays
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from mdt.meetings.records import Meeting, MeetingSeries, SeriesMember
from mdt.meetings.rules import AHEAD, MeetingState
from network.access.rules import Actor, Permission
from network.plumbing.database import db, now
from network.plumbing.refusals import NotFound


def series_for(viewer: Actor, ended: bool = False) -> Sequence[MeetingSeries]:
    """Return the network's series that go on, or those that are ended, by name."""
    if not viewer.may(Permission.BUILD_LISTS):
        return []
    return db.session.scalars(
        select(MeetingSeries)
        .where(MeetingSeries.is_ended.is_(ended))
        .options(selectinload(MeetingSeries.members))
        .order_by(MeetingSeries.name)
    ).all()


def get_series_for(viewer: Actor, series_id: uuid.UUID) -> MeetingSeries:
    """Return a series that the viewer prepares."""
    series = db.session.get(MeetingSeries, series_id)
    if series is None or not viewer.may(Permission.BUILD_LISTS):
        raise NotFound
    return series


def find_member(series_id: uuid.UUID, account_id: uuid.UUID) -> SeriesMember | None:
    """Find somebody among the members of a series."""
    return db.session.scalars(
        select(SeriesMember).where(SeriesMember.series_id == series_id, SeriesMember.account_id == account_id)
    ).one_or_none()


def members_of(series_id: uuid.UUID) -> Sequence[SeriesMember]:
    """Return the members of a series, by name, with their organisations."""
    return db.session.scalars(
        select(SeriesMember)
        .where(SeriesMember.series_id == series_id)
        .options(joinedload(SeriesMember.organisation))
        .order_by(SeriesMember.name)
    ).all()


def dates_ahead(series_id: uuid.UUID) -> Sequence[Meeting]:
    """Return the dates of a series that are still to come, the next first."""
    return db.session.scalars(
        select(Meeting)
        .where(Meeting.series_id == series_id, Meeting.state.in_(AHEAD), Meeting.starts_at > now())
        .order_by(Meeting.starts_at)
    ).all()


def last_date(series_id: uuid.UUID) -> Meeting | None:
    """Return the latest date of a series that was not cancelled."""
    return db.session.scalars(
        select(Meeting)
        .where(Meeting.series_id == series_id, Meeting.state != MeetingState.CANCELLED)
        .order_by(Meeting.starts_at.desc())
        .limit(1)
    ).one_or_none()


def bank_holidays_among(days: Iterable[date]) -> dict[date, str]:
    """Return those of some days that are bank holidays in England, as far as they are announced."""
    announced = _announced()
    return {day: announced[day] for day in days if day in announced}


@cache
def _announced() -> dict[date, str]:
    # The list inside the package: pages never wait for the internet.
    holidays = BankHolidays(use_cached_holidays=True).get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
    return {each["date"]: each["title"] for each in holidays}
