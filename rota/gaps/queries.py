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
from rota.solver.staff_rota import Candidate, Duty, Placement, candidates
from rota.solver.staff_rota.explanation import Asked
from rota.views.rules import Look

# How bad it is to leave a duty: a lead that is left empty, how many are missing, what it costs, a name.
Rank = tuple[bool, int, tuple[int, ...], str]


@dataclass(frozen=True)
class Able:
    """Somebody who could take the duty, what it would cost, and the mark of their cell for the button.

    `leaves` says what they would leave, where they stand on another duty of the session.
    """

    name: str
    cell: Cell
    seen: str
    may_place: bool
    costs: tuple[str, ...] = ()
    leaves: str = ""


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
    elsewhere: tuple[Able, ...]
    unable: tuple[Unable, ...]
    may_ask: bool

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
        serving = [each for each in mine if self._serves(each, duty)]
        idle = [each for each in mine if each not in serving]
        comers = [comer for each in serving if (comer := self._from_elsewhere(each, duty))]
        elsewhere = {able.cell.member_id for _, able in comers}
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
            able=tuple(self._able(each) for each in serving if each.can),
            elsewhere=tuple(able for _, able in sorted(comers, key=lambda comer: comer[0])),
            unable=(
                *(self._learning(each) for each in idle),
                *(
                    self._unable(each)
                    for each in serving
                    if not each.can and uuid.UUID(each.person) not in elsewhere
                ),
            ),
            may_ask=self.week.is_planner,
        )

    def _serves(self, candidate: Candidate, duty: Duty) -> bool:
        """Say whether somebody would fill what is lacking; where nothing is, everybody may come."""
        problem = self.week.planned.problem
        lacks = self.week.rota.cover_of(duty) < duty.desired
        return not lacks or problem.counts_as_cover(problem.person_by_key[candidate.person])

    def _role(self, candidate: Candidate) -> object:
        return self.week.planned.members[uuid.UUID(candidate.person)].engagement.role

    def _able(self, candidate: Candidate) -> Able:
        cell = self._cell(candidate)
        costs = candidate.costs if self._knows(candidate) else ()
        return Able(candidate.name, cell, self._standing[cell].mark, self._may_place(candidate), costs)

    def _from_elsewhere(self, candidate: Candidate, duty: Duty) -> tuple[Rank, Able] | None:
        """Give somebody who could come if they left another duty of the same session, and how bad that is."""
        problem, rota = self.week.planned.problem, self.week.rota
        person = problem.person_by_key[candidate.person]
        there = [each for each in rota.duties_of(person) if each.session == duty.session]
        if candidate.can or len(there) != 1 or there[0] == duty or not self._may_place(candidate):
            return None
        rest = self.week.planned.plan.without(Placement(person.key, there[0].number))
        asked = Asked(problem, rest, duty)
        if asked.stopped(person) is not None:
            return None
        left = rota.cover_of(there[0]) - problem.counts_as_cover(person)
        where = problem.site_by_code[there[0].site].name if there[0].site else "remote work"
        said = f"Comes from {there[0].activity.lower()}, {where}: {left} of {there[0].minimum} stay there."
        rank = there[0].lead and left < 1, max(0, there[0].minimum - left), asked.change(person), person.name
        cell = self._cell(candidate)
        costs = asked.costs(person) if self._knows(candidate) else ()
        return rank, Able(candidate.name, cell, self._standing[cell].mark, True, costs, said)

    def _unable(self, candidate: Candidate) -> Unable:
        return self._why_not(candidate, candidate.said)

    def _learning(self, candidate: Candidate) -> Unable:
        return self._why_not(candidate, f"{candidate.name} counts as a learner, not as cover.")

    def _why_not(self, candidate: Candidate, said: str) -> Unable:
        return Unable(
            candidate.name, said if self._knows(candidate) else f"{candidate.name} is not available."
        )

    def _knows(self, candidate: Candidate) -> bool:
        return self.week.is_planner and self.week.knows_why(candidate.person)

    def _cell(self, candidate: Candidate) -> Cell:
        return Cell(uuid.UUID(candidate.person), self.line.day, self.line.kind)

    def _may_place(self, candidate: Candidate) -> bool:
        if self.week.version.state is not VersionState.DRAFT or not self.week.is_planner:
            return False
        employer = self.week.planned.members[uuid.UUID(candidate.person)].engagement.employer_id
        sites = self.week.planned.sites
        held = self._standing[self._cell(candidate)].content
        places: list[uuid.UUID | None] = [sites[self.line.site_id].organisation_id]
        if held is not None:
            site = sites.get(uuid.UUID(held["site_id"])) if held["site_id"] else None
            places.append(site.organisation_id if site else None)
        return may_change(self._may, employer, places)

    def _may(self, organisation_id: uuid.UUID) -> bool:
        return self.week.viewer.may(Permission.EDIT_ROTA, organisation_id=organisation_id)

    @cached_property
    def _standing(self) -> Mapping[Cell, Standing]:
        session = [Cell(id, self.line.day, self.line.kind) for id in self.week.planned.members]
        return standing_in(self.week.version.id, session)
