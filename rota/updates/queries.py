"""The parts of a grid that an edit touched, ready to be drawn again, and what the edit broke."""

import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from network.access.rules import Actor
from rota.cover.rules import CellView
from rota.edits.queries import last_changes_of, last_number, stacks_for
from rota.edits.rules import Cell, Content, Stacks, restored
from rota.facts.queries import remembered_facts_of
from rota.jobs.wording import Summary
from rota.panels.queries import cell_of
from rota.panels.rules import Broken
from rota.placed.queries import HandMade
from rota.planning.queries import planned_for
from rota.rotas.queries import get_version_for
from rota.rows.queries import BrokenRule, RowView, Week
from rota.solver.staff_rota import Breach, Placement, Plan
from rota.solver.staff_rota.solution import Rota
from rota.views.rules import Look, Rows


@dataclass(frozen=True)
class Figures:
    """The figures above a grid."""

    is_planner: bool
    summary: Summary
    wished: int
    breaches: tuple[BrokenRule, ...]


@dataclass(frozen=True)
class Update:
    """A week of a version, as far as cells that changed touch it."""

    week: Week
    changed: Collection[Cell]

    @cached_property
    def number(self) -> int:
        return last_number(self.week.version.id)

    @cached_property
    def stacks(self) -> Stacks:
        """What the viewer can undo and do again now."""
        return stacks_for(self.week.viewer, self.week.version.id)

    @cached_property
    def figures(self) -> Figures:
        week = self.week
        return Figures(week.is_planner, week.summary, week.wished, week.broken_rules)

    @cached_property
    def rows(self) -> tuple[RowView, ...]:
        """The rows of those whose cells changed, where the page has a row for each person."""
        if self.week.look.by is not Rows.PERSON or self.week.look.person:
            return ()
        ids = {cell.member_id for cell in self.shown}
        members = self.week.planned.members
        return tuple(
            self.week.row(member)
            for id, member in members.items()
            if id in ids and self.week.is_looked_for(member)
        )

    @cached_property
    def shown(self) -> tuple[Cell, ...]:
        """The cells that changed in the weeks shown, as far as the rota still knows their people."""
        days = {session.day for session in self.week.sessions}
        members = self.week.planned.members
        return tuple(cell for cell in self.changed if cell.day in days and cell.member_id in members)

    @cached_property
    def cells(self) -> tuple[CellView, ...]:
        """What else the page shows of the sessions touched: other people, cover, rooms and supervision."""
        drawn = {cell.key for row in self.rows for cell in row.cells}
        return tuple(cell for cell in self.week.touched(self.shown) if cell.key not in drawn)

    @cached_property
    def broken(self) -> tuple[Broken, ...]:
        """The rules that the edit broke, whoever they are about, or broke more than they were."""
        before = self._broken_before
        known, told_before = _sizes(before), {each.said for each in before}
        about = [
            each
            for each in self.week.breaches
            if each.size > known[_mark(each)] and each.said not in told_before
        ]
        told = {self.week.said(each): cell_of(self.week, each) for each in about}
        return tuple(Broken(said, cell) for said, cell in told.items())

    @property
    def still_broken(self) -> int:
        """Count the other rules that are broken by those whose cells changed, or in the sessions touched."""
        known = self.week.planned.session_of
        people = {str(cell.member_id) for cell in self.changed}
        sessions = {known[cell[1:]].number for cell in self.changed if cell[1:] in known}
        about = {
            self.week.said(each)
            for each in self.week.breaches
            if each.person in people or (each.person is None and each.session in sessions)
        }
        return len(about - {each.said for each in self.broken})

    @property
    def _broken_before(self) -> tuple[Breach, ...]:
        """The rules that were broken before the edit."""
        if not self.week.breaches:
            return ()
        planned = self.week.planned
        events = last_changes_of(self.week.viewer, self.week.version.id)
        edited = {event.cell for event in events}
        now = {each for each in planned.plan.placements if self._cell_of(each) in edited}
        before = {placed for event in events if (placed := self._placed(event.cell, event.before))}
        return planned.memory.breaches(Rota(planned.problem, Plan((planned.plan.placements - now) | before)))

    def _cell_of(self, placement: Placement) -> Cell:
        place = self.week.planned.places[placement.duty]
        return Cell(uuid.UUID(placement.person), place.day, place.kind)

    def _placed(self, cell: Cell, content: Content) -> Placement | None:
        """Place somebody as they stood, where the place is still there."""
        planned = self.week.planned
        if content is None or cell.member_id not in planned.members:
            return None
        number = planned.number_of.get(_place_of(cell, content))
        return None if number is None else Placement(str(cell.member_id), number)


def _mark(breach: Breach) -> tuple[object, ...]:
    """Name what is broken, however much."""
    return breach.code, breach.about, breach.person, breach.session, breach.duty


def _sizes(breaches: Iterable[Breach]) -> Counter[tuple[object, ...]]:
    found: Counter[tuple[object, ...]] = Counter()
    for each in breaches:
        found[_mark(each)] += each.size
    return found


def _place_of(cell: Cell, content: Mapping[str, Any]) -> uuid.UUID | HandMade:
    known = restored(content)
    made = HandMade(known["site_id"], cell.day, cell.kind, known["role_group"], known["activity"])
    return known["line_id"] or made


def update_for(viewer: Actor, version_id: uuid.UUID, changed: Collection[Cell], look: Look) -> Update:
    """Return what cells that changed touch on a page that somebody looks at."""
    version = get_version_for(viewer, version_id)
    planned = planned_for(version, remembered_facts_of(version.period))
    first = min((cell.day for cell in changed), default=None)
    week = Week(viewer, version, planned, look=replace(look, week=look.week or first))
    return Update(week, changed)
