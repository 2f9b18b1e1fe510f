"""The sheet of working patterns as it would be written now."""

from collections.abc import Iterable

from network.organisations.rules import WeeklySession
from network.plumbing.database import today
from rota.staff.records import RotaMember
from rota.staff.rules import Availability, PatternChoice
from rota.workbook.queries import Named


def pattern_rows(members: Iterable[RotaMember], whose: Named) -> list[dict[str, object]]:
    """Give the rows of the sheet of patterns: those that hold, and those to come."""
    rows: list[dict[str, object]] = []
    for member in members:
        for pattern in member.patterns:
            if pattern.ends_on is None or pattern.ends_on >= today():
                for week in range(1, pattern.cycle_weeks + 1):
                    row = {**whose[member.id], "starts_on": pattern.starts_on, "week": week}
                    for slot, choice in pattern.value.choices.items():
                        if slot.week == week:
                            row[WeeklySession(slot.weekday, slot.kind).said] = _choice_said(choice)
                    rows.append(row)
    return rows


def _choice_said(choice: PatternChoice) -> str:
    if choice.activity is not None:
        return choice.activity.label
    return {Availability.AVAILABLE: "x", Availability.PREFERRED: "likes"}.get(choice.availability, "")
