"""A duty that is short: who could take it, best first, and what stops the others."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from network.access.rules import Actor, Permission
from network.plumbing.refusals import NotFound
from rota.cover.wording import session_said
from rota.drafts.queries import Standing, standing_in
from rota.edits.rules import Cell
from rota.facts.queries import remembered_facts_of
from rota.grid.rules import may_change
from rota.planning.queries import planned_for
from rota.rotas.queries import get_version_for
from rota.rotas.records import DemandLine
from rota.rotas.rules import VersionState
from rota.rows.queries import Week
from rota.solver.staff_rota import Candidate, candidates
from rota.views.rules import Look


@dataclass(frozen=True)
class Able:
    """Somebody who could take the duty, and the mark of their empty cell for the button that places them."""

    name: str
    cell: Cell
    seen: str
    may_place: bool


@dataclass(frozen=True)
class Unable:
    """Somebody who could not, and the first rule that stops them, as far as the viewer may know."""

    name: str
    said: str


@dataclass(frozen=True)
class Gap:
    """A line of demand looked at: how it is staffed, and everybody for it."""

    version_id: uuid.UUID
    line_id: uuid.UUID
    said: str
    session: str
    day: date
    have: int
    need: int
    wished: int
    able: tuple[Able, ...]
    unable: tuple[Unable, ...]

    @property
    def missing(self) -> int:
        return max(0, self.need - self.have)


def gap_for(viewer: Actor, version_id: uuid.UUID, line_id: uuid.UUID) -> Gap:
    """Return a duty with those who could take it."""
    version = get_version_for(viewer, version_id)
    planned = planned_for(version, remembered_facts_of(version.period))
    place = planned.places.get(planned.number_of.get(line_id, -1))
    if not isinstance(place, DemandLine):
        raise NotFound
    return _Look(Week(viewer, version, planned, look=Look(week=place.day)), place).gap()


@dataclass(frozen=True)
class _Look:
    week: Week
    line: DemandLine

    def gap(self) -> Gap:
        planned = self.week.planned
        duty = planned.problem.duty_by_number[planned.number_of[self.line.id]]
        found = candidates(planned.problem, planned.plan, duty.number)
        groups = self.line.role_group.roles
        mine = [each for each in found if self._role(each) in groups]
        site = planned.sites[self.line.site_id]
        return Gap(
            version_id=self.week.version.id,
            line_id=self.line.id,
            said=f"{self.line.role_group.label}, {self.line.activity.label.lower()} at {site.name}",
            session=session_said(self.line.day, self.line.kind),
            day=self.line.day,
            have=self.week.rota.cover_of(duty),
            need=duty.minimum,
            wished=duty.desired,
            able=tuple(self._able(each) for each in mine if each.can),
            unable=tuple(self._unable(each) for each in mine if not each.can),
        )

    def _role(self, candidate: Candidate) -> object:
        return self.week.planned.members[uuid.UUID(candidate.person)].engagement.role

    def _able(self, candidate: Candidate) -> Able:
        cell = self._cell(candidate)
        return Able(candidate.name, cell, self._standing[cell].mark, self._may_place(candidate))

    def _unable(self, candidate: Candidate) -> Unable:
        knows = self.week.is_planner and self.week.knows_why(candidate.person)
        return Unable(candidate.name, candidate.said if knows else f"{candidate.name} is not available.")

    def _cell(self, candidate: Candidate) -> Cell:
        return Cell(uuid.UUID(candidate.person), self.line.day, self.line.kind)

    def _may_place(self, candidate: Candidate) -> bool:
        if self.week.version.state is not VersionState.DRAFT or not self.week.is_planner:
            return False
        employer = self.week.planned.members[uuid.UUID(candidate.person)].engagement.employer_id
        return may_change(self._may, employer, [self.week.planned.sites[self.line.site_id].organisation_id])

    def _may(self, organisation_id: uuid.UUID) -> bool:
        return self.week.viewer.may(Permission.EDIT_ROTA, organisation_id=organisation_id)

    @cached_property
    def _standing(self) -> Mapping[Cell, Standing]:
        session = [Cell(id, self.line.day, self.line.kind) for id in self.week.planned.members]
        return standing_in(self.week.version.id, session)
