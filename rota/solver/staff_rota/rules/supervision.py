"""R11 and R12: learners have a supervisor at their side who has the time, and not too many others."""

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import combinations

from rota.solver.row import Row, Sum, begun
from rota.solver.rule import Card, Finding
from rota.solver.staff_rota.placements import Placements
from rota.solver.staff_rota.problem import Duty, Learner, Person, Supervision
from rota.solver.staff_rota.rules.kinds import TeamRule
from rota.solver.staff_rota.rules.places import Place, cells_by_place, people_by_place
from rota.solver.staff_rota.solution import Rota, Scope

Kinds = frozenset[str]


class SupervisionRule(TeamRule):
    """A need of learners that supervisors of the same place must meet.

    Supervisors who may guide several kinds share themselves out. By Hall's theorem that works when every set
    of kinds needs no more than those who may guide one of them can give; sets that fall apart need no row of
    their own.
    """

    unit = 1

    @abstractmethod
    def needed(self, learner: Learner) -> int:
        """Say how much one learner needs."""

    @abstractmethod
    def given(self, supervision: Supervision) -> int:
        """Say how much one supervisor gives."""

    @abstractmethod
    def said_of(self, short: int, where: str) -> str:
        """Say what is missing at a place."""

    def rows(self, cells: Placements) -> Iterator[Row]:
        for place, placed in cells_by_place(cells).items():
            for kinds in self._sets:
                amount = Sum({cell: self._weight(kinds, person, duty) for cell, person, duty in placed})
                name = f"{'+'.join(sorted(kinds))} at {place.site} in session {place.session}"
                yield self.row(name, amount, 0, unit=self.unit)

    def found_in(self, seen: Rota, scope: Scope) -> Iterator[Finding]:
        for place, placed in people_by_place(seen, scope).items():
            for kinds, missing in self.missing_at(placed).items():
                if missing > 0:
                    yield self._tell(place, missing, [each for each in placed if learns(*each, kinds)])

    def missing_at(self, placed: Sequence[tuple[Person, Duty]]) -> dict[Kinds, int]:
        """Say how much the people of one place miss, by set of learner kinds; below 0 is left over."""
        return {
            kinds: sum(self._weight(kinds, person, duty) for person, duty in placed) for kinds in self._sets
        }

    def _weight(self, kinds: Kinds, person: Person, duty: Duty) -> int:
        weight = 0
        if person.learner and learns(person, duty, kinds):
            weight += self.needed(person.learner)
        if person.supervision and person.supervision.kinds & kinds:
            weight -= self.given(person.supervision)
        return weight

    def _tell(self, place: Place, missing: int, learners: list[tuple[Person, Duty]]) -> Finding:
        names = ", ".join(person.name for person, _ in learners)
        where = self.problem.site_by_code[place.site].name if place.site else "remote"
        strict = any(person.learner and person.learner.strict for person, _ in learners)
        return self.finding(
            begun(missing, self.unit),
            names,
            f"{names}: {self.said_of(missing, f'{where} on {self.when(place.session)}')}",
            peers="There is not enough supervision in this session.",
            severity="H0" if strict and self.choice.severity == "H0" else "H1",
            session=place.session,
        )

    @cached_property
    def _sets(self) -> list[Kinds]:
        """The sets of learner kinds that need a row, the same for every place."""
        kinds = {person.learner.kind for person in self.problem.people if person.learner}
        guides = {person.supervision.kinds for person in self.problem.people if person.supervision}
        widest: dict[frozenset[Kinds], Kinds] = {}
        for size in range(1, len(kinds) + 1):
            for chosen in map(frozenset, combinations(sorted(kinds), size)):
                if hangs_together(chosen, guides):
                    widest[frozenset(guide for guide in guides if guide & chosen)] = chosen
        return sorted(widest.values(), key=sorted)


def learns(person: Person, duty: Duty, kinds: Kinds) -> bool:
    """Say whether someone on a duty is a learner, of one of these kinds, who must be supervised there."""
    return person.learner is not None and person.learner.kind in kinds and duty.clinical


def hangs_together(kinds: Kinds, guides: set[Kinds]) -> bool:
    """Say whether kinds are tied to each other by supervisors who may guide more than one of them."""
    reached = {min(kinds)}
    for _ in kinds:
        reached |= {kind for guide in guides if guide & reached for kind in guide & kinds}
    return reached == kinds


class LearnerSupervised(SupervisionRule):
    card = Card(
        code="R11",
        name="Learner supervised in session",
        words="The minutes that learners need are there from supervisors at the same site and session.",
        source="Training programme standards: a registrar is never alone in a surgery",
        severity="H0",
        tier="T1",
    )
    unit = 15

    def needed(self, learner: Learner) -> int:
        return learner.supervision_minutes

    def given(self, supervision: Supervision) -> int:
        return supervision.minutes

    def said_of(self, short: int, where: str) -> str:
        return f"{short} minutes of supervision are missing at {where}."


class LearnersPerSupervisor(SupervisionRule):
    card = Card(
        code="R12",
        name="Most learners per supervisor",
        words="No supervisor has more learners in a session than they may take.",
        source="Local number; regulators of most professions give none",
        severity="H1",
        tier="T1",
    )

    def needed(self, learner: Learner) -> int:
        return 1

    def given(self, supervision: Supervision) -> int:
        return supervision.most_learners

    def said_of(self, short: int, where: str) -> str:
        return f"{short} more than the supervisors at {where} may take."
