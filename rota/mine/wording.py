"""What stands in somebody's own days, in words."""

from datetime import datetime, time

from rota.cover.wording import KIND_LABELS
from rota.exposure_sessions.rules import Booked
from rota.holds.rules import MEETING, Kept
from rota.leave.rules import ORDER, AbsenceKind, Away
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


def half_day_entry(booked: Booked) -> Entry:
    """Give a half-day with another discipline, among the sessions of its day."""
    return Entry(
        EntryKind.MEETING,
        ORDER[booked.kind],
        (KIND_LABELS.get(booked.kind, booked.kind.label),),
        booked.said,
        f"{booked.starts:%H:%M} to {booked.ends:%H:%M}",
        site=booked.site,
        address=booked.address,
    )
