"""A staff rota put together for the search: its cells, its rows, its needs."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cached_property

from rota.solver.row import Row
from rota.solver.search.parting import merged
from rota.solver.staff_rota.placements import Placements
from rota.solver.staff_rota.problem import Bundle, Duty, Opening, Person, Problem
from rota.solver.staff_rota.rules import rules_of
from rota.solver.staff_rota.rules.clinic_patients import PatientTravel
from rota.solver.staff_rota.rules.eligibility import Skills
from rota.solver.staff_rota.rules.kinds import CellRule, PersonRule, TeamRule
from rota.solver.staff_rota.rules.long_days import LongDay
from rota.solver.staff_rota.rules.single_place import SinglePlace


class RotaModel:
    """The cells of a problem and the rows that its rules lay on them."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.rules = rules_of(problem)
        self._filters = [rule for rule in self.rules if isinstance(rule, CellRule) and rule.is_hard]
        self.placements = Placements(
            problem, self._open_to, self._keeps_to_one_place, self._keeps_to_one_session, self._serves
        )
        self.rows = [*self._personal_rows(), *self._linking_rows()]

    @property
    def names(self) -> Iterator[str]:
        """Name each cell as a sentence, for the log."""
        for cell in self.placements.cells:
            person, duty = self.problem.person_by_key[cell.person], self.problem.duty_by_number[cell.duty]
            yield f"{person.name} takes duty {duty.number} in session {duty.session}"
        yield from self.placements.clinics.names

    @property
    def needs(self) -> Sequence[Sequence[int]]:
        """Give the cells of each duty, and of each bundle."""
        cells = ([cell for cell, _ in self.placements.on(duty)] for duty in self.problem.duties)
        return [*(each for each in cells if each), *self.placements.clinics.of_bundles]

    @cached_property
    def people(self) -> Sequence[Sequence[int]]:
        """Give each person's cells in order of time, and beside them those of each series and bundle: what
        their rows say of one of them alone is said of a lane of its own.
        """
        order: dict[str, list[tuple[datetime, int, int]]] = {}
        for number, cell in enumerate(self.placements.cells):
            duty = self.problem.duty_by_number[cell.duty]
            order.setdefault(cell.person, []).append((duty.starts, duty.session, number))
        people = [[number for _, _, number in sorted(cells)] for cells in order.values()]
        return [*people, *self.placements.clinics.of_series, *self.placements.clinics.of_bundles]

    @property
    def parts(self) -> Sequence[frozenset[int]]:
        """Give the cells of each team: people are of one team when they could take the same duty, or sit in
        the same clinic; whoever it could see belongs to it.

        Teams that much ties together are improved as one.
        """
        lane_of = {cell: lane for lane, cells in enumerate(self.people) for cell in cells}
        teams = {lane: {lane} for lane in lane_of.values()}
        for need in (*self.needs, *self._clinics):
            together = set().union(*(teams[lane_of[cell]] for cell in need))
            teams.update(dict.fromkeys(together, together))
        found: dict[int, set[int]] = {}
        for cell, lane in sorted(lane_of.items()):
            found.setdefault(id(teams[lane]), set()).add(cell)
        return merged(sorted(found.values(), key=len))

    @property
    def _clinics(self) -> Iterator[list[int]]:
        """Give the cells of each clinic that the search could open, or send people to."""
        for opening in self.problem.clinics.openings:
            duties = (self.problem.duty_by_number[number] for number in opening.duties)
            own = [*self.placements.clinics.of_opening(opening)]
            yield own and [*own, *(cell for duty in duties for cell, _ in self.placements.on(duty))]

    def _open_to(self, person: Person) -> Iterator[Duty]:
        """Give the duties that no hard rule about single cells closes to a person."""
        filters = [rule for rule in self._filters if rule.binds(person)]
        by_role = any(isinstance(rule, Skills) for rule in filters)
        for duty in self._by_role.get(person.role, ()) if by_role else self.problem.duties:
            if self._is_asked(person, duty) and not any(rule.stops(person, duty) for rule in filters):
                yield duty

    def _is_asked(self, person: Person, duty: Duty) -> bool:
        """Say whether somebody may be newly placed: on a duty that takes people, in the part to be filled."""
        part = self.problem.part
        return duty.maximum > 0 and (part is None or part.has(person.key, duty.number))

    def _serves(self, bundle: Bundle, opening: Opening) -> bool:
        reach = [rule for rule in self.rules if isinstance(rule, PatientTravel) and rule.is_hard]
        return not any(rule.refuses(bundle, opening) for rule in reach)

    def _keeps_to_one_place(self, person: Person) -> bool:
        return any(isinstance(rule, SinglePlace) and rule.binds(person) for rule in self._filters)

    def _keeps_to_one_session(self, person: Person) -> bool:
        return any(
            isinstance(rule, LongDay) and rule.is_hard and rule.binds(person) and rule.keeps_to_one_session
            for rule in self.rules
        )

    @cached_property
    def _by_role(self) -> dict[str, list[Duty]]:
        found: dict[str, list[Duty]] = {}
        for duty in self.problem.duties:
            for role in duty.roles:
                found.setdefault(role, []).append(duty)
        return found

    def _personal_rows(self) -> Iterator[Row]:
        personal = [rule for rule in self.rules if isinstance(rule, PersonRule)]
        for person in self.problem.people:
            yield from personal_rows(self.placements, person, personal)

    def _linking_rows(self) -> Iterator[Row]:
        for rule in self.rules:
            if isinstance(rule, TeamRule):
                yield from rule.rows(self.placements)


def personal_rows(placements: Placements, person: Person, rules: Sequence[PersonRule]) -> list[Row]:
    """Give the rows that personal rules lay on one person's cells: what prices a single pattern, too."""
    pattern = placements.pattern_of(person)
    pattern.rows = []
    for rule in rules:
        if rule.binds(person):
            rule.enforce(person, pattern)
    return pattern.rows
