"""The parts of a grid that an edit touched, ready to be drawn again, and what the edit broke."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from network.access.rules import Actor
from rota.cover.rules import CellView
from rota.edits.queries import last_number
from rota.edits.rules import Cell
from rota.facts.queries import remembered_facts_of
from rota.grid.queries import RowView, Week
from rota.jobs.wording import Summary
from rota.planning.queries import planned_for
from rota.rotas.queries import get_version_for
from rota.solver.staff_rota import Breach, Scope, breaches

# A change of more sessions than this draws every row anew rather than cell by cell.
FEW_SESSIONS = 4


@dataclass(frozen=True)
class Broken:
    """A rule that stands broken, and the cell to go to, where it is about one person in one session."""

    said: str
    cell: str


@dataclass(frozen=True)
class Figures:
    """The figures above a grid."""

    is_planner: bool
    summary: Summary
    breaches: tuple[str, ...]


@dataclass(frozen=True)
class Update:
    """A week of a version, as far as cells that changed touch it."""

    week: Week
    changed: Collection[Cell]

    @cached_property
    def number(self) -> int:
        return last_number(self.week.version.id)

    @cached_property
    def figures(self) -> Figures:
        told = dict.fromkeys(self.week.said(each) for each in self.week.breaches)
        return Figures(self.week.is_planner, self.week.summary, tuple(told))

    @cached_property
    def sessions(self) -> frozenset[int]:
        """The numbers of the sessions touched."""
        known = self.week.planned.session_of
        return frozenset(
            known[cell.day, cell.kind].number for cell in self.changed if (cell.day, cell.kind) in known
        )

    @cached_property
    def shown(self) -> frozenset[int]:
        return frozenset(session.number for session in self.week.sessions) & self.sessions

    @cached_property
    def rows(self) -> tuple[RowView, ...]:
        """The rows of those whose cells changed."""
        ids = {cell.member_id for cell in self.changed}
        members = self.week.planned.members
        if len(self.shown) > FEW_SESSIONS:
            ids = set(members)
        return tuple(self.week.row(member) for id, member in members.items() if id in ids)

    @cached_property
    def cells(self) -> tuple[CellView, ...]:
        """The cells of others in the same sessions, of cover, and of what is short."""
        drawn = {row.member_id for row in self.rows}
        sessions = [session for session in self.week.sessions if session.number in self.shown]
        others = [
            self.week.cell(member, session)
            for id, member in self.week.planned.members.items()
            if id not in drawn
            for session in sessions
        ]
        cover = self.week.cover
        strips = [
            cover.strip_cell(*key, session)
            for key, by_session in cover.covers.items()
            for session in sessions
            if session.number in by_session
        ]
        return (*others, *strips, *(cover.short(session) for session in sessions))

    @cached_property
    def broken(self) -> tuple[Broken, ...]:
        """The rules that are broken now by those whose cells changed, or in the sessions touched."""
        people = frozenset(str(cell.member_id) for cell in self.changed)
        scope = Scope(people, self.sessions)
        found = breaches(self.week.planned.problem, self.week.planned.plan, scope)
        about = [each for each in found if each.person is None or each.person in people]
        told = {self.week.said(each): self._cell_of(each) for each in about}
        return tuple(Broken(said, cell) for said, cell in told.items())

    def _cell_of(self, breach: Breach) -> str:
        return cell_of(self.week, breach)


def cell_of(week: Week, breach: Breach) -> str:
    """Name the cell that a breach is about, or nothing."""
    if breach.person is None or breach.session is None:
        return ""
    session = week.planned.problem.session_by_number[breach.session]
    kinds = {each.number: kind for (_, kind), each in week.planned.session_of.items()}
    return Cell(uuid.UUID(breach.person), session.day, kinds[breach.session]).key


def update_for(
    viewer: Actor, version_id: uuid.UUID, changed: Collection[Cell], asked_for: date | None
) -> Update:
    """Return what cells that changed touch in the week that is looked at."""
    version = get_version_for(viewer, version_id)
    planned = planned_for(version, remembered_facts_of(version.period))
    first = min((cell.day for cell in changed), default=None)
    return Update(Week(viewer, version, planned, asked_for or first), changed)
