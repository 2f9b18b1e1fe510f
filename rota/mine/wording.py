"""What stands in somebody's own days, in words."""

from datetime import datetime, time

from rota.holds.rules import MEETING, Kept
from rota.leave.rules import AbsenceKind, Away
from rota.mine.rules import Entry, EntryKind

NOON, EVENING = time(12), time(18)


def away_said(away: Away) -> str:
    """Say why somebody is away, to themselves: 'On leave: annual leave'."""
    kind = away.kind.label
    return kind if away.kind is AbsenceKind.SICKNESS else f"On leave: {kind.lower()}"


def hours_said(starts: datetime, ends: datetime) -> str:
    return f"{starts:%H:%M} to {ends:%H:%M}"


def meeting_entry(kept: Kept) -> Entry:
    """Give a meeting for which somebody's time is kept, among the sessions of its day."""
    start = kept.starts.time()
    order, label = (1, "AM") if start < NOON else (2, "PM") if start < EVENING else (3, "Evening")
    return Entry(EntryKind.MEETING, order, (label,), MEETING, hours_said(kept.starts, kept.ends))
