"""What somebody is told of a rota: sessions before and after, in words, and how far the telling has come."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from network.vocabulary import Word
from rota.edits.rules import Cell
from rota.leave.rules import ORDER

# A letter may lie unread for a day, and a calendar feed may be as old.
RING_WITHIN = timedelta(hours=48)
# A second reminder an hour after the first one says nothing new.
REMIND_AFTER = timedelta(hours=1)
# The code of practice for doctors in training: their duty roster reaches them six weeks ahead.
WEEKS_OWED_TO_DOCTORS_IN_TRAINING = 6


class LetterKind(Word):
    NEWS = "news", "What is new"
    REMINDER = "reminder", "A reminder"


class NoticeState(Word):
    """How far somebody has been told, those who know least first."""

    UNSEEN = "unseen", "Not seen yet"
    SEEN = "seen", "Seen"
    IN_PERSON = "in_person", "Told in person"
    CONFIRMED = "confirmed", "Confirmed"


@dataclass(frozen=True)
class Duty:
    """What somebody does in a session, as far as a change of it matters to them; times as on the wall."""

    site: str
    activity: str
    starts: datetime
    ends: datetime

    @property
    def said(self) -> str:
        return f"{self.activity} at {self.site}" if self.site else f"{self.activity}, remote"

    @property
    def hours(self) -> str:
        return f"{self.starts:%H:%M} to {self.ends:%H:%M}"

    @property
    def kept(self) -> dict[str, Any]:
        """The duty as it is kept with a notice."""
        return {
            "site": self.site,
            "activity": self.activity,
            "starts": self.starts.isoformat(),
            "ends": self.ends.isoformat(),
        }

    @classmethod
    def of_kept(cls, kept: Mapping[str, Any] | None) -> "Duty | None":
        """Read a duty that was kept with a notice."""
        if kept is None:
            return None
        starts, ends = datetime.fromisoformat(kept["starts"]), datetime.fromisoformat(kept["ends"])
        return cls(kept["site"], kept["activity"], starts, ends)


@dataclass(frozen=True)
class Change:
    """One session of one person that differs from what they were told."""

    cell: Cell
    before: Duty | None
    after: Duty | None
    why: str = ""

    @property
    def said(self) -> str:
        if self.before is None:
            return f"new: {self.after.said}" if self.after else ""
        if self.after is None:
            return f"no longer: {self.before.said}"
        if (self.before.site, self.before.activity) == (self.after.site, self.after.activity):
            return f"{self.after.said}: now {self.after.hours} instead of {self.before.hours}"
        return f"{self.after.said} instead of {self.before.said}"

    @property
    def starts(self) -> datetime:
        """When the first thing happens that somebody would do wrong if they did not know."""
        return min(duty.starts for duty in (self.before, self.after) if duty)

    @property
    def order(self) -> tuple[date, int]:
        return self.cell.day, ORDER[self.cell.kind]

    def must_be_rung(self, moment: datetime) -> bool:
        """Say whether a letter may come too late; `moment` as on the wall."""
        return moment <= self.starts < moment + RING_WITHIN


def in_order(changes: Iterable[Change]) -> tuple[Change, ...]:
    return tuple(sorted(changes, key=lambda change: change.order))


def merged(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Join changes that were told one after the other, the first first; what came back again is none."""
    found: dict[Cell, Change] = {}
    for change in changes:
        earlier = found.get(change.cell)
        found[change.cell] = replace(change, before=earlier.before) if earlier else change
    return in_order(change for change in found.values() if change.before != change.after)


def state_of(
    seen_at: datetime | None, confirmed_at: datetime | None, in_person_at: datetime | None
) -> NoticeState:
    """Say how far somebody has been told."""
    if confirmed_at:
        return NoticeState.CONFIRMED
    if in_person_at:
        return NoticeState.IN_PERSON
    return NoticeState.SEEN if seen_at else NoticeState.UNSEEN


@dataclass(frozen=True)
class Reach:
    """How somebody can be reached: a letter needs an address, and confirming needs an account."""

    person_id: uuid.UUID
    name: str
    email: str = ""
    has_account: bool = False

    @property
    def must_be_told_in_person(self) -> bool:
        return not (self.email and self.has_account)


def weeks_owed(is_doctor_in_training: bool) -> int:
    return WEEKS_OWED_TO_DOCTORS_IN_TRAINING if is_doctor_in_training else 0


def notice_said(day: date, today: date) -> str:
    """Say how long before a day somebody hears: whole weeks while there are six or more, then days."""
    days = (day - today).days
    if days < 0:
        return "already past"
    if days == 0:
        return "today"
    if days >= 7 * WEEKS_OWED_TO_DOCTORS_IN_TRAINING:
        return f"{days // 7} weeks' notice"
    return "1 day's notice" if days == 1 else f"{days} days' notice"


def is_late(day: date, today: date, weeks: int) -> bool:
    """Say whether less notice is given than is owed; what is over is not told late but put right."""
    return 0 <= (day - today).days < 7 * weeks
