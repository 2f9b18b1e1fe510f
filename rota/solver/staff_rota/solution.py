"""A plan of who works where, and the questions that rules ask of it. No solver is needed to answer them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from rota.solver.staff_rota.problem import (
    Bundle,
    Commitment,
    Duty,
    Opening,
    Person,
    Placement,
    Problem,
    Served,
)


@dataclass(frozen=True)
class Plan:
    """Who is placed on which duty, which clinics are opened, and how many people of each bundle they see.

    Clinics that are fixed are held whether or not they are among `openings`.
    """

    placements: frozenset[Placement] = frozenset()
    openings: frozenset[int] = frozenset()
    served: frozenset[Served] = frozenset()

    @classmethod
    def of(cls, placements: Iterable[Placement]) -> "Plan":
        return cls(frozenset(placements))

    def adding(self, placement: Placement) -> "Plan":
        """Give this plan with one more placement."""
        return replace(self, placements=self.placements | {placement})

    def without(self, placement: Placement) -> "Plan":
        """Give this plan with one placement less."""
        return replace(self, placements=self.placements - {placement})


@dataclass(frozen=True)
class Scope:
    """A part of a plan to look at: some people, some sessions. None means all of them."""

    people: frozenset[str] | None = None
    sessions: frozenset[int] | None = None

    @property
    def is_everything(self) -> bool:
        return self.people is None and self.sessions is None

    def has_person(self, key: str) -> bool:
        return self.people is None or key in self.people

    def among(self, sessions: Iterable[int]) -> Iterable[int]:
        """Give the sessions to look at."""
        return sessions if self.sessions is None else sorted(self.sessions)


EVERYTHING = Scope()


@dataclass(frozen=True)
class Spell:
    """A stretch of work at a place: a duty or a commitment, in one session."""

    session: int
    starts: datetime
    ends: datetime
    site: str | None

    @classmethod
    def of(cls, work: Duty | Commitment) -> "Spell":
        return cls(work.session, work.starts, work.ends, work.site)


class Rota:
    """A plan looked at: who works when, where and with whom."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem = problem
        self.plan = plan

    @cached_property
    def _duties(self) -> dict[str, list[Duty]]:
        found: dict[str, list[Duty]] = {}
        for placement in self.plan.placements:
            found.setdefault(placement.person, []).append(self.problem.duty_by_number[placement.duty])
        for duties in found.values():
            duties.sort(key=lambda duty: (duty.starts, duty.number))
        return found

    @cached_property
    def _people(self) -> dict[int, list[Person]]:
        found: dict[int, list[Person]] = {}
        for placement in self.plan.placements:
            found.setdefault(placement.duty, []).append(self.problem.person_by_key[placement.person])
        for people in found.values():
            people.sort(key=lambda person: person.key)
        return found

    @cached_property
    def _in_session(self) -> dict[int, list[tuple[Person, Duty]]]:
        found: dict[int, list[tuple[Person, Duty]]] = {}
        for number in sorted(self._people):
            duty = self.problem.duty_by_number[number]
            found.setdefault(duty.session, []).extend((person, duty) for person in self._people[number])
        return found

    def is_open(self, opening: Opening) -> bool:
        """Say whether a clinic is held."""
        return opening.is_fixed or opening.number in self.plan.openings

    @cached_property
    def _served(self) -> Counter[tuple[int, int]]:
        found: Counter[tuple[int, int]] = Counter()
        for each in self.plan.served:
            found[each.bundle, each.opening] += each.count
        return found

    def served(self, bundle: Bundle, opening: Opening) -> int:
        """Count the people of a bundle who are seen in an opening."""
        return self._served[bundle.number, opening.number]

    def adding(self, person: Person, duty: Duty) -> "Rota":
        """Look at the plan with one more placement, without going through all of it again."""
        seen = Rota(self.problem, self.plan.adding(Placement(person.key, duty.number)))
        mine = sorted([*self.duties_of(person), duty], key=lambda each: (each.starts, each.number))
        theirs = sorted([*self.people_on(duty), person], key=lambda each: each.key)
        seen._duties = self._duties | {person.key: mine}
        seen._people = self._people | {duty.number: theirs}
        known = self.problem.duties_in[duty.session]
        placed = [(each, other) for other in known for each in seen.people_on(other)]
        seen._in_session = self._in_session | {duty.session: placed}
        return seen

    def of_one(self, human: Person, posts: Iterable[Person]) -> "Rota":
        """Look at what one human works under several posts, and at nobody else."""
        seen = Rota(self.problem, self.plan)
        mine = (duty for post in posts for duty in self.duties_of(post))
        seen._duties = {human.key: sorted(mine, key=lambda duty: (duty.starts, duty.number))}
        return seen

    def duties_of(self, person: Person) -> list[Duty]:
        """Give a person's duties in order of time."""
        return self._duties.get(person.key, [])

    def people_on(self, duty: Duty) -> list[Person]:
        """Give the people on a duty."""
        return self._people.get(duty.number, [])

    def present_on(self, duty: Duty) -> list[Person]:
        """Give the people on a duty who are not away."""
        return [person for person in self.people_on(duty) if duty.session not in person.absent]

    def cover_of(self, duty: Duty) -> int:
        """Count those on a duty who are there and not supernumerary."""
        return sum(self.problem.counts_as_cover(person) for person in self.present_on(duty))

    def placed_in(self, session: int) -> list[tuple[Person, Duty]]:
        """Give everyone placed in a session, with their duties."""
        return self._in_session.get(session, [])

    def sessions_of(self, person: Person) -> set[int]:
        """Give the sessions in which a person works, on duties or commitments."""
        on_duty = {duty.session for duty in self.duties_of(person)}
        return on_duty | {commitment.session for commitment in person.commitments}

    def days_of(self, person: Person) -> set[date]:
        """Give the days of this period on which a person works."""
        return {self.problem.session_by_number[number].day for number in self.sessions_of(person)}

    def spells_of(self, person: Person) -> list[Spell]:
        """Give a person's stretches of work in order of time, each once."""
        work: list[Duty | Commitment] = [*self.duties_of(person), *person.commitments]
        spells = {Spell.of(each) for each in work}
        return sorted(spells, key=lambda spell: (spell.starts, spell.ends, spell.site or ""))
