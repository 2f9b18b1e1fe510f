"""R01 and R34: one place at a time, and pins stay where they are."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from rota.solver.row import Sum
from rota.solver.rule import Card, Finding
from rota.solver.staff_rota.placements import Pattern
from rota.solver.staff_rota.problem import Commitment, Duty, Person
from rota.solver.staff_rota.rules.kinds import CellRule, PersonRule
from rota.solver.staff_rota.solution import Rota


class SinglePlace(CellRule):
    card = Card(
        code="R01",
        name="Single assignment per session",
        words="Each person is in at most one place at a time, and not where other time is already kept.",
        source="Physics",
        severity="H0",
        tier="T1",
    )

    def stops(self, person: Person, duty: Duty) -> str | None:
        for commitment in person.commitments:
            if not commitment.protected and overlap(commitment, duty):
                return f"{person.name} is kept for {commitment.activity} on {self.when(duty.session)}."
        return None

    def enforce(self, person: Person, pattern: Pattern) -> None:
        super().enforce(person, pattern)
        for session in sorted({duty.session for _, duty in pattern.cells}):
            cells = pattern.cells_in(session)
            pattern.add(self.row(f"{person.name} in one place in session {session}", Sum.of(cells), 1))
        for (cell, one), (other_cell, other) in clashes(pattern.cells):
            name = f"{person.name} not on duties {one.number} and {other.number}"
            pattern.add(self.row(name, Sum.of([cell, other_cell]), 1))

    def found_in(self, person: Person, seen: Rota) -> Iterator[Finding]:
        yield from super().found_in(person, seen)
        duties = seen.duties_of(person)
        for session, number in Counter(duty.session for duty in duties).items():
            if number > 1:
                yield self._tell(person, session, number - 1, f"in {number} places")
        for _, (_, other) in clashes([(duty.number, duty) for duty in duties]):
            yield self._tell(person, other.session, 1, f"in two places at {other.starts:%H:%M}")

    def _tell(self, person: Person, session: int, size: int, said: str) -> Finding:
        sentence = f"{person.name} would be {said} on {self.when(session)}."
        peers = self.peers_are_told(person)
        return self.finding(size, person.name, sentence, peers=peers, person=person.key, session=session)


def overlap(one: Duty | Commitment, other: Duty | Commitment) -> bool:
    """Say whether two stretches of time share a moment."""
    return one.starts < other.ends and other.starts < one.ends


def clashes(cells: list[tuple[int, Duty]]) -> Iterator[tuple[tuple[int, Duty], tuple[int, Duty]]]:
    """Give the pairs of duties in different sessions of one day that overlap."""
    by_day: dict[object, list[tuple[int, Duty]]] = {}
    for each in cells:
        by_day.setdefault(each[1].starts.date(), []).append(each)
    for day in by_day.values():
        for one, other in combinations(sorted(day, key=lambda each: (each[1].starts, each[1].number)), 2):
            if one[1].session != other[1].session and overlap(one[1], other[1]):
                yield one, other


class Pins(PersonRule):
    card = Card(
        code="R34",
        name="Pinned",
        words="A placement that was set by hand, or has been worked, stays as it is.",
        source="The manager's hand",
        severity="H0",
        tier="TS",
    )

    def enforce(self, person: Person, pattern: Pattern) -> None:
        pinned = self._pinned(person)
        for cell, duty in pattern.cells:
            if duty.number in pinned:
                pattern.add(self.row(f"{person.name} kept on duty {duty.number}", Sum({cell: -1}), -1))

    def found_in(self, person: Person, seen: Rota) -> Iterator[Finding]:
        for number in sorted(self._pinned(person) - {duty.number for duty in seen.duties_of(person)}):
            duty = self.problem.duty_by_number[number]
            said = f"{person.name} is pinned to {duty.activity} on {self.when(duty.session)}, but not placed."
            yield self.finding(1, person.name, said, person=person.key, session=duty.session, duty=number)

    def _pinned(self, person: Person) -> set[int]:
        return {pin.duty for pin in self.problem.pins if pin.person == person.key}
