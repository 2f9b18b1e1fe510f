"""R23 and R24: not too many evenings and Saturdays, and Saturdays that are worked whole."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from rota.solver.row import total
from rota.solver.rule import Card, Finding
from rota.solver.staff_rota.placements import Pattern
from rota.solver.staff_rota.problem import Person
from rota.solver.staff_rota.rules.kinds import PersonRule
from rota.solver.staff_rota.rules.skill_mix import listed
from rota.solver.staff_rota.solution import Rota


class Count(NamedTuple):
    """What is counted in a window of weeks: in words, on which days, in which sessions, and the most."""

    said: str
    first: date
    last: date
    kinds: frozenset[str]
    sessions: dict[date, tuple[int, ...]]
    most: int


class UnsocialFrequency(PersonRule):
    """A day counts once, however many of its sessions are worked."""

    card = Card(
        code="R23",
        name="Frequency of evenings and Saturdays",
        words="In any so many weeks nobody has too many evenings or Saturdays; past weeks count.",
        source="Local policy",
        severity="soft",
        tier="T3",
        weight=2,
        parameters={
            "weeks": 4,
            "most_evenings": 6,
            "evenings": "EVE",
            "most_saturdays": 2,
            "saturdays": "SAT_AM,SAT_PM",
        },
        parameter_words={
            "weeks": "weeks over which is counted",
            "most_evenings": "most evenings in them",
            "evenings": "kinds of the evening sessions",
            "most_saturdays": "most Saturdays in them",
            "saturdays": "kinds of the Saturday sessions",
        },
    )

    def enforce(self, person: Person, pattern: Pattern) -> None:
        for count in self._counts:
            worked = total(
                pattern.works_in_any(f"works in any of {numbers}", numbers)
                for numbers in count.sessions.values()
            )
            amount = worked + len(self._before(person, count))
            pattern.add(self.row(f"{person.name} {count.said} up to {count.last}", amount, count.most))

    def found_in(self, person: Person, seen: Rota) -> Iterator[Finding]:
        worked = seen.sessions_of(person)
        for count in self._counts:
            days = [day for day, numbers in count.sessions.items() if not worked.isdisjoint(numbers)]
            number = len(days) + len(self._before(person, count))
            if number > count.most:
                weeks = f"{self.number('weeks')} weeks up to {count.last.day} {count.last:%B}"
                said = f"{person.name} has {number} {count.said} in the {weeks}; {count.most} is the most."
                yield self.finding(number - count.most, person.name, said, person=person.key)

    @cached_property
    def _counts(self) -> list[Count]:
        """One window for each week of the period, ending with it."""
        counts = []
        for monday, sessions in self.problem.weeks.items():
            last = max((session.day for session in sessions), default=monday)
            first = monday - timedelta(weeks=self.number("weeks") - 1)
            for said in ("evenings", "saturdays"):
                kinds = listed(self.text(said))
                days = {
                    day: numbers
                    for day, on_day in self.problem.sessions_on.items()
                    if first <= day <= last
                    and (numbers := tuple(each.number for each in on_day if each.kind in kinds))
                }
                if days:
                    most = self.number(f"most_{said}")
                    counts.append(Count(said.replace("sat", "Sat"), first, last, kinds, days, most))
        return counts

    def _before(self, person: Person, count: Count) -> set[date]:
        """Give the days before the period that count."""
        known = (person.history.days_by_kind.get(kind, frozenset()) for kind in count.kinds)
        starts = self.problem.days[0]
        return {day for days in known for day in days if count.first <= day < starts}


class CompleteSaturday(PersonRule):
    card = Card(
        code="R24",
        name="Complete Saturday",
        words="Whoever works on a Saturday works all of its sessions or none, where both are held.",
        source="Local policy",
        severity="soft",
        tier="T4",
        weight=5,
        parameters={"morning": "SAT_AM", "afternoon": "SAT_PM"},
        parameter_words={
            "morning": "kind of the Saturday morning session",
            "afternoon": "kind of the Saturday afternoon session",
        },
    )

    def enforce(self, person: Person, pattern: Pattern) -> None:
        for morning, afternoon in self._open_to(person):
            one, other = pattern.works(morning), pattern.works(afternoon)
            name = f"{person.name} whole of sessions {morning} and {afternoon}"
            pattern.add(self.row(f"{name}, morning", one - other, 0, slack=name))
            pattern.add(self.row(f"{name}, afternoon", other - one, 0, slack=name))

    def found_in(self, person: Person, seen: Rota) -> Iterator[Finding]:
        worked = seen.sessions_of(person)
        for morning, afternoon in self._open_to(person):
            if (morning in worked) != (afternoon in worked):
                half = morning if morning in worked else afternoon
                said = f"{person.name} works only half of the day: {self.when(half)}."
                yield self.finding(1, person.name, said, person=person.key, session=half)

    def _open_to(self, person: Person) -> Iterator[tuple[int, int]]:
        """Give the Saturdays of which the person could work both halves."""
        for pair in self._saturdays:
            if person.unavailable.keys().isdisjoint(pair):
                yield pair

    @cached_property
    def _saturdays(self) -> list[tuple[int, int]]:
        morning, afternoon = self.text("morning"), self.text("afternoon")
        return [
            (one.number, other.number)
            for sessions in self.problem.sessions_on.values()
            for one in sessions
            for other in sessions
            if (one.kind, other.kind) == (morning, afternoon)
            # A half in which nobody is wanted is not held.
            and all(
                any(duty.maximum for duty in self.problem.duties_in[each.number]) for each in (one, other)
            )
        ]
