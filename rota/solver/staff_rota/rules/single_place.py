"""R01 and R34: one place at a time, and pins stay where they are."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from rota.solver.row import Row, Sum
from rota.solver.rule import Card, Finding
from rota.solver.staff_rota.placements import Pattern, Placements
from rota.solver.staff_rota.problem import Commitment, Duty, Person
from rota.solver.staff_rota.rules.kinds import CellRule, PersonRule, TeamRule
from rota.solver.staff_rota.solution import Rota, Scope


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
            if not (commitment.protected or commitment.meeting) and overlap(commitment, duty):
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
                yield self._tell(person, session, number - 1, "in more than one place")
        for _, (_, other) in clashes([(duty.number, duty) for duty in duties]):
            yield self._tell(person, other.session, 1, f"in two places at {other.starts:%H:%M}")

    def _tell(self, person: Person, session: int, size: int, said: str) -> Finding:
        sentence = f"{person.name} would be {said} on {self.when(session)}."
        peers = self.peers_are_told(person)
        return self.finding(size, person.name, sentence, peers=peers, person=person.key, session=session)


class SinglePlaceAcrossPosts(TeamRule):
    """R01 again, for a human planned under several engagements: their posts are not in two places either."""

    card = SinglePlace.card

    def rows(self, cells: Placements) -> Iterator[Row]:
        for name, posts in self._humans():
            mine = [
                (cell, duty, person.key) for person in posts for cell, duty in cells.pattern_of(person).cells
            ]
            for session in sorted({duty.session for _, duty, _ in mine}):
                here = Sum.of(cell for cell, duty, _ in mine if duty.session == session)
                yield self.row(f"{name} under one post in session {session}", here, 1)
            for (cell, one), (other_cell, other) in clashes_between(mine):
                said = f"{name} not on duties {one.number} and {other.number} under two posts"
                yield self.row(said, Sum.of([cell, other_cell]), 1)

    def found_in(self, seen: Rota, scope: Scope) -> Iterator[Finding]:
        for name, posts in self._humans():
            duties = [(duty, person.key) for person in posts for duty in seen.duties_of(person)]
            worked = Counter(duty.session for duty, _ in duties)
            for session in scope.among(worked):
                if worked[session] > 1:
                    yield self._tell(name, session, worked[session] - 1)
            mine = [(number, duty, key) for number, (duty, key) in enumerate(duties)]
            for _, (_, other) in clashes_between(mine):
                if scope.sessions is None or other.session in scope.sessions:
                    yield self._tell(name, other.session, 1)

    def _tell(self, name: str, session: int, size: int) -> Finding:
        said = f"{name} would be in two places on {self.when(session)}, under two posts."
        return self.finding(size, name, said, peers=f"{name} is not available.", session=session)

    def _humans(self) -> Iterator[tuple[str, list[Person]]]:
        for posts in self.problem.posts_of.values():
            bound = [post for post in posts if self.choice.covers(post.contract)]
            if len(bound) > 1:
                yield bound[0].name, bound


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


def clashes_between(
    cells: list[tuple[int, Duty, str]],
) -> Iterator[tuple[tuple[int, Duty], tuple[int, Duty]]]:
    """Give the pairs of overlapping duties in different sessions that belong to different posts."""
    post_of = {cell: post for cell, _, post in cells}
    for one, other in clashes([(cell, duty) for cell, duty, _ in cells]):
        if post_of[one[0]] != post_of[other[0]]:
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
