"""What the page of a list shows: the lines, what waits, how full it is, and who comes when."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from mdt.agenda.rules import publish_by
from mdt.lists.queries import Ready, Row, items_on, pool_for, rows_for, times_of
from mdt.lists.records import AgendaItem
from mdt.lists.rules import SHORTEST_MINUTES, ItemState
from mdt.meetings.queries import meetings_for, members_expected
from mdt.meetings.records import Attendance, Meeting
from mdt.meetings.rules import AHEAD, MeetingKind, MeetingState
from mdt.series.queries import bank_holidays_among
from network.access.rules import Actor, Permission
from network.plumbing.database import ENGLAND, db, today


@dataclass(frozen=True)
class Slot:
    """When somebody is needed who comes for a part of the list only."""

    attendance: Attendance
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Listing:
    """A list as one viewer may see it."""

    meeting: Meeting
    rows: list[Row]
    hidden: int
    planned: float
    room: int
    slots: list[Slot]
    taken_off: Sequence[AgendaItem]
    pool: list[Ready]
    may_build: bool

    @property
    def publish_by(self) -> date:
        day = self.meeting.starts_at.astimezone(ENGLAND).date()
        # Two working days never span more than two weeks, whatever the holidays.
        span = [day - timedelta(days=back) for back in range(15)]
        return publish_by(day, bank_holidays_among(span).keys())

    @property
    def is_late(self) -> bool:
        return self.publish_by < today()

    @property
    def number(self) -> int:
        return len(self.rows) + self.hidden

    @property
    def over(self) -> float:
        return max(self.planned - self.room, 0.0)

    @property
    def is_tight(self) -> bool:
        """Say whether full discussions are shorter than they should be."""
        return any(
            not each.seen.is_for_note
            and not each.seen.is_review
            and each.seen.item.planned_minutes < SHORTEST_MINUTES
            for each in self.rows
        )

    @property
    def fits(self) -> int:
        """Return how many more cases fit, at the minutes that a dozen take in an hour."""
        return max(int((self.room / FULL_MINUTES) - self.number), 0)


# Twelve in an hour that keeps six minutes for opening and closing.
FULL_MINUTES = 4.5


def listing_for(viewer: Actor, meeting: Meeting) -> Listing:
    """Return a meeting's list, with what waits for one where the viewer builds it."""
    items = items_on(meeting.id)
    may_build = viewer.may(Permission.BUILD_LISTS)
    rows = rows_for(viewer, meeting)
    return Listing(
        meeting=meeting,
        rows=rows,
        hidden=len(items) - len(rows),
        planned=sum(item.planned_minutes for item in items),
        room=meeting.minutes - meeting.opening_minutes - meeting.closing_minutes,
        slots=_slots(meeting, items),
        taken_off=_taken_off(meeting.id) if may_build else (),
        pool=pool_for(viewer, meeting) if may_build else [],
        may_build=may_build,
    )


def meetings_to_choose(viewer: Actor) -> list[Meeting]:
    """Return the meetings whose lists still take cases, the next first."""
    return [
        each
        for each in meetings_for(viewer)
        if each.kind is MeetingKind.MEETING and each.state in {*AHEAD, MeetingState.RUNNING}
    ]


def _slots(meeting: Meeting, items: Sequence[AgendaItem]) -> list[Slot]:
    times = times_of(meeting, items)
    by_position = {item.position: item for item in items}
    found = []
    for each in members_expected(meeting.id):
        first, last = by_position.get(each.from_position or 0), by_position.get(each.to_position or 0)
        if first is not None and last is not None:
            ends_at = times[last.id] + timedelta(minutes=last.planned_minutes)
            found.append(Slot(each, times[first.id], ends_at))
    return sorted(found, key=lambda slot: slot.starts_at)


def _taken_off(meeting_id: uuid.UUID) -> Sequence[AgendaItem]:
    return db.session.scalars(
        select(AgendaItem)
        .where(AgendaItem.meeting_id == meeting_id, AgendaItem.state == ItemState.WITHDRAWN)
        .order_by(AgendaItem.added_at)
    ).all()
