"""Writing the sheet of working patterns: the weeks of each pattern together."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from network.organisations.rules import WeeklySession
from network.plumbing.database import db
from rota.staff.commands import set_working_pattern
from rota.staff.records import RotaMember
from rota.staff.rules import Availability, Choices, PatternChoice
from rota.workbook.patterns.rules import PatternLine
from rota.workbook.queries import Import
from rota.workbook.rules import What
from rota.workbook.wording import said


def write_patterns(work: Import, lines: Sequence[PatternLine]) -> None:
    """Set the patterns that rows describe, where they are not as described."""
    patterns: dict[tuple[uuid.UUID, date], list[PatternLine]] = defaultdict(list)
    for line in lines:
        with work.row(line.place, "name"):
            member_id = work.member(line.place, line.who)
            about = f"Week {line.week} of {line.who.name}'s pattern"
            work.once((member_id, line.starts_on, line.week), line.place, "week", about)
            patterns[member_id, line.starts_on].append(line)
    for (member_id, starts_on), weeks in patterns.items():
        with work.row(weeks[0].place, "starts_on"):
            _write_pattern(work, member_id, starts_on, weeks)


def _write_pattern(work: Import, member_id: uuid.UUID, starts_on: date, lines: list[PatternLine]) -> None:
    weeks = {line.week for line in lines}
    if missing := set(range(1, max(weeks) + 1)) - weeks:
        raise work.wrong(lines[0].place, "week", f"The pattern has no row for week {min(missing)}.")
    choices = {slot: choice for line in lines for slot, choice in line.choices.items()}
    member = db.session.get_one(RotaMember, member_id)
    same = next((pattern for pattern in member.patterns if pattern.starts_on == starts_on), None)
    before = _worked(same.value.choices) if same else {}
    if same and (same.cycle_weeks, before) == (len(weeks), choices):
        what = What.SAME
    else:
        what = What.CHANGED if same else What.ADDED
        set_working_pattern(work.actor, member_id, choices, starts_on=starts_on, cycle_weeks=len(weeks))
    for line in lines:
        old, new = _week_said(before, line.week), _week_said(choices, line.week)
        about = f"{line.who.name}, from {said(starts_on)}" + (f", week {line.week}" if len(weeks) > 1 else "")
        work.note(
            line.place, about, what, {name: (old.get(name, ""), new.get(name, "")) for name in old | new}
        )


def _week_said(choices: Choices, week: int) -> dict[str, str]:
    """Say the sessions of one week as their columns do."""
    return {
        WeeklySession(slot.weekday, slot.kind).said: _choice_said(choice)
        for slot, choice in sorted(choices.items())
        if slot.week == week
    }


def _choice_said(choice: PatternChoice) -> str:
    return choice.activity.label if choice.activity else choice.availability.label


def _worked(choices: Choices) -> Choices:
    return {slot: choice for slot, choice in choices.items() if choice.availability is not Availability.NEVER}
