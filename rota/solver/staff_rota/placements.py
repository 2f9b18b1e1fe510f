"""Who could be placed where: the cells that the search decides, behind questions. Nobody else reads its
dicts.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date

from rota.solver.row import AnyOf, Row, Sum
from rota.solver.staff_rota.clinic_cells import ClinicCells, Serves
from rota.solver.staff_rota.problem import Bundle, Duty, Opening, Person, Placement, Problem
from rota.solver.staff_rota.solution import Plan, Spell

OpenTo = Callable[[Person], Iterable[Duty]]


def everybody(bundle: Bundle, opening: Opening) -> bool:
    """Let people of a bundle be sent to any clinic."""
    return True


class Pattern:
    """One person's own cells, and the rows that personal rules lay on them."""

    def __init__(
        self,
        problem: Problem,
        person: Person,
        cells: list[tuple[int, Duty]],
        exclusive: set[int],
        single: Callable[[date], bool],
    ) -> None:
        self.problem = problem
        self.person = person
        self.cells = cells
        self.rows: list[Row] = []
        self._exclusive = exclusive
        self._is_single = single
        self._in_session: dict[int, list[int]] = {}
        for cell, duty in cells:
            self._in_session.setdefault(duty.session, []).append(cell)
        self._committed = {commitment.session for commitment in person.commitments}
        self._known: dict[object, Sum] = {}

    def add(self, row: Row) -> None:
        """Lay a row on this pattern."""
        self.rows.append(row)

    def cells_in(self, session: int) -> list[int]:
        return self._in_session.get(session, [])

    def takes_duty(self, session: int) -> Sum:
        """Is one when the person has a duty in the session, else nought."""
        return self._any(f"takes a duty in session {session}", [(session, self.cells_in(session))])

    def works(self, session: int) -> Sum:
        """Is one when the person works in the session, on a duty or a commitment, else nought."""
        return Sum(constant=1) if session in self._committed else self.takes_duty(session)

    def works_on(self, *days: date) -> Sum:
        """Is one when the person works on any of these days, else nought."""
        sessions = (session.number for day in days for session in self.problem.sessions_on[day])
        return self.works_in_any(f"works on {' or '.join(map(str, days))}", tuple(sessions))

    def works_in_any(self, said: str, sessions: tuple[int, ...]) -> Sum:
        """Is one when the person works in any of these sessions, else nought."""
        if self._committed.intersection(sessions):
            return Sum(constant=1)
        return self._any(said, [(number, self.cells_in(number)) for number in sessions])

    def at(self, session: int, site: str | None) -> Sum:
        """Is one when the person works at the site in the session, else nought."""
        if any(each.session == session and each.site == site for each in self.person.commitments):
            return Sum(constant=1)
        here = () if session in self.person.absent else self.cells
        cells = [cell for cell, duty in here if duty.session == session and duty.site == site]
        return self._any(f"is at {site} in session {session}", [(session, cells)])

    def minutes_in(self, sessions: Collection[int]) -> Sum:
        """Count the minutes of the duties that the person takes in some sessions."""
        return Sum.weighted((cell, duty.minutes) for cell, duty in self.cells if duty.session in sessions)

    def most_minutes_in(self, sessions: Collection[int]) -> int:
        """Say how many they could be at most, whatever other rules say of more than one session."""
        minutes = dict(self.minutes_in(sessions).terms)
        groups = self._groups_of([(session, self.cells_in(session)) for session in sessions])
        return sum(max(minutes[cell] for cell in group) for group in groups)

    def visits(self, day: date, site: str) -> Sum:
        """Is one when the person works at the site on the day, else nought."""
        if any(each.site == site and each.starts.date() == day for each in self.person.commitments):
            return Sum(constant=1)
        cells: dict[int, list[int]] = {}
        for cell, duty in self.cells:
            if duty.site == site and duty.starts.date() == day:
                cells.setdefault(duty.session, []).append(cell)
        return self._any(f"is at {site} on {day}", list(cells.items()))

    def spells(self) -> list[tuple[Spell, Sum]]:
        """Give the stretches of work that could be, and whether each is worked, in order of time."""
        found: dict[Spell, list[int]] = {}
        for cell, duty in self.cells:
            found.setdefault(Spell.of(duty), []).append(cell)
        sums = {
            spell: self._any(
                f"works from {spell.starts} to {spell.ends} at {spell.site}", [(spell.session, cells)]
            )
            for spell, cells in found.items()
        }
        sums.update({Spell.of(commitment): Sum(constant=1) for commitment in self.person.commitments})
        return sorted(sums.items(), key=lambda each: (each[0].starts, each[0].ends, each[0].site or ""))

    def _any(self, said: str, cells: list[tuple[int, list[int]]]) -> Sum:
        """Is one when any of these cells, by session, is chosen: as a plain sum where rules allow but one."""
        if said not in self._known:
            groups = self._groups_of(cells)
            self._known[said] = (
                Sum.of([AnyOf(f"{self.person.name} {said}", groups)])
                if len(groups) > 1
                else Sum.of(cell for group in groups for cell in group)
            )
        return self._known[said]

    def _groups_of(self, cells: list[tuple[int, list[int]]]) -> tuple[tuple[int, ...], ...]:
        """Group cells so that at most one of each group can be chosen."""
        groups: dict[object, tuple[int, ...]] = {}
        for session, own in cells:
            day = self.problem.session_by_number[session].day
            for cell in own:
                alone: object = session if session in self._exclusive else (session, cell)
                mark = day if self._is_single(day) else alone
                groups[mark] = (*groups.get(mark, ()), cell)
        return tuple(groups.values())


class Placements:
    """Every cell of a problem: a person who may take a duty, or is pinned to it; then those of `clinics`.

    `one_place` says whether a hard rule keeps someone to one duty a session, pins aside; `one_session`
    whether one keeps them to one session a day.
    """

    def __init__(
        self,
        problem: Problem,
        open_to: OpenTo,
        one_place: Callable[[Person], bool],
        one_session: Callable[[Person], bool],
        serves: Serves = everybody,
    ) -> None:
        self.problem = problem
        self._one_place = one_place
        self._one_session = one_session
        self._patterns: dict[str, Pattern] = {}
        pins = set(problem.pins)
        taken = {Placement(person.key, duty.number) for person in problem.people for duty in open_to(person)}
        self.cells = sorted(taken | pins)
        self._numbers = {placement: number for number, placement in enumerate(self.cells)}
        self._on: dict[int, list[tuple[int, Person]]] = {}
        self._of: dict[str, list[tuple[int, Duty]]] = {}
        for number, placement in enumerate(self.cells):
            duty, person = problem.duty_by_number[placement.duty], problem.person_by_key[placement.person]
            self._on.setdefault(duty.number, []).append((number, person))
            self._of.setdefault(person.key, []).append((number, duty))
        self.pinned = frozenset(self._numbers[pin] for pin in pins)
        self.clinics = ClinicCells(problem, len(self.cells), self._may_open, serves)

    @property
    def count(self) -> int:
        """Count all cells."""
        return len(self.cells) + self.clinics.count

    def works(self, person: str, duty: int) -> int | None:
        """Find the cell of a person on a duty; None when there is no such cell."""
        return self._numbers.get(Placement(person, duty))

    def on(self, duty: Duty) -> list[tuple[int, Person]]:
        """Give the cells of a duty, each with its person."""
        return self._on.get(duty.number, [])

    def present_on(self, duty: Duty) -> list[tuple[int, Person]]:
        """Give the cells of a duty whose person is not away; only a pin puts somebody there who is."""
        return [(cell, person) for cell, person in self.on(duty) if duty.session not in person.absent]

    def in_session(self, session: int) -> Iterator[tuple[int, Person, Duty]]:
        """Give the cells of a session whose people are not away, each with its person and duty."""
        for duty in self.problem.duties_in[session]:
            for cell, person in self.present_on(duty):
                yield cell, person, duty

    def cover_of(self, duty: Duty) -> Sum:
        """Count those on a duty who are there and not supernumerary."""
        return Sum.of(cell for cell, person in self.present_on(duty) if self.problem.counts_as_cover(person))

    def pattern_of(self, person: Person) -> Pattern:
        """Give one person's own cells."""
        if person.key not in self._patterns:
            self._patterns[person.key] = self._pattern(person, self._of.get(person.key, []))
        return self._patterns[person.key]

    def pattern_of_all(self, human: Person, posts: Iterable[Person]) -> Pattern:
        """Give the cells of one human under several posts, as one pattern."""
        cells = sorted(cell for post in posts for cell in self._of.get(post.key, []))
        return Pattern(self.problem, human, cells, set(), lambda day: False)

    def _pattern(self, person: Person, cells: list[tuple[int, Duty]]) -> Pattern:
        sessions = Counter(duty.session for _, duty in cells)
        pins = Counter(duty.session for cell, duty in cells if cell in self.pinned)
        alone = self._one_place(person)
        # Several pins may break a rule already; then it holds nobody to anything.
        exclusive = {session for session in sessions if alone and pins[session] <= 1}
        day_of = {session: self.problem.session_by_number[session].day for session in sessions}
        broken = {day_of[each] for each, number in sessions.items() if number > 1 and each not in exclusive}
        pinned = Counter(day_of[session] for session in pins.elements())
        broken |= {day for day, number in pinned.items() if number > 1}
        single = self._one_session(person)
        return Pattern(self.problem, person, cells, exclusive, lambda day: single and day not in broken)

    def works_in(self, person: Person, session: int) -> Sum:
        """Is one when the person works in the session, else nought."""
        return self.pattern_of(person).works(session)

    def plan_of(self, chosen: frozenset[int]) -> Plan:
        """Give the plan in which these cells are chosen."""
        placed = frozenset(self.cells[cell] for cell in chosen if cell < len(self.cells))
        return Plan(placed, self.clinics.openings_in(chosen), self.clinics.served_in(chosen))

    def chosen_in(self, plan: Plan) -> frozenset[int]:
        """Give the cells that a plan chooses, as far as they exist."""
        placed = (self._numbers[each] for each in plan.placements if each in self._numbers)
        return frozenset([*placed, *self.clinics.chosen_in(plan.openings, plan.served)])

    def _may_open(self, opening: Opening) -> bool:
        """Say whether the search may open a clinic: all its seats take people, in the part to be filled."""
        part, duties = self.problem.part, (self.problem.duty_by_number[each] for each in opening.duties)
        return all(duty.maximum > 0 and (part is None or duty.number in part.duties) for duty in duties)
