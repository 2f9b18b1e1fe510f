"""Somebody's own days: what stands in them, and which weeks their page begins with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import groupby

from network.vocabulary import Word
from rota.notices.rules import Change
from rota.roster.rules import monday_of

WEEKS_SHOWN = 4
DAYS_AHEAD = 7
SUNDAY = 6
FAR_OFF = timedelta(weeks=520)


class EntryKind(Word):
    WORK = "work", "Session"
    FIXED = "fixed", "Fixed in your pattern"
    AWAY = "away", "Leave"
    GONE = "gone", "No longer"
    MEETING = "meeting", "Meeting"


@dataclass(frozen=True)
class Entry:
    """One thing in a day: a session, what a pattern has fixed, leave, or a session that is gone."""

    kind: EntryKind
    order: int
    labels: tuple[str, ...]
    title: str
    hours: str = ""
    site: str = ""
    address: str = ""
    is_remote: bool = False
    post: str = ""
    # The duties of the rota that leave has taken.
    taken: tuple[str, ...] = ()
    change: Change | None = None

    @property
    def where(self) -> str:
        if self.is_remote:
            return "remote"
        return f"at {self.site}" if self.site else ""

    @property
    def was(self) -> str:
        """What stood here before, where that is news."""
        if self.change is None or self.kind is EntryKind.GONE:
            return ""
        before = self.change.before
        return f"{before.said}, {before.hours}" if before else ""


@dataclass(frozen=True)
class OwnDay:
    """A day of somebody's own."""

    day: date
    entries: tuple[Entry, ...]
    holiday: str = ""

    @property
    def works(self) -> bool:
        return any(entry.kind in (EntryKind.WORK, EntryKind.FIXED) for entry in self.entries)


@dataclass(frozen=True)
class OwnWeek:
    """A week of somebody's own; what is not published may still have leave and fixed time in it."""

    monday: date
    days: tuple[OwnDay, ...] = field(default=())
    is_published: bool = False


def first_monday(asked_for: date | None, today: date) -> date:
    """Return the Monday a page begins with: as asked for, of this week, or on a Sunday of the next."""
    if asked_for is not None and abs(asked_for - today) < FAR_OFF:
        return monday_of(asked_for)
    return monday_of(today + timedelta(today.weekday() == SUNDAY))


def in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Put a day's entries in order of time, and leave that runs over several sessions into one."""
    ordered = sorted(entries, key=lambda entry: entry.order)
    found: list[Entry] = []
    for is_away, group in groupby(ordered, key=lambda entry: entry.kind is EntryKind.AWAY):
        inside = list(group)
        found += _joined(inside) if is_away else inside
    return tuple(found)


def _joined(away: Sequence[Entry]) -> list[Entry]:
    by_title: dict[str, Entry] = {}
    for entry in away:
        known = by_title.get(entry.title)
        labels = dict.fromkeys([*(known.labels if known else ()), *entry.labels])
        taken = (*(known.taken if known else ()), *entry.taken)
        by_title[entry.title] = replace(known or entry, labels=tuple(labels), taken=taken)
    return list(by_title.values())
