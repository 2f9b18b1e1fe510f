"""R22 and R46: sessions that may not follow each other from one day to the next."""

from abc import abstractmethod
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise

from rota.solver.rule import Card, Finding
from rota.solver.staff_rota.placements import Pattern
from rota.solver.staff_rota.problem import Person
from rota.solver.staff_rota.rules.kinds import PersonRule
from rota.solver.staff_rota.solution import Rota


class NextDayRule(PersonRule):
    """A rule about kinds of session that may not be worked on the day after another kind."""

    @abstractmethod
    def barred(self) -> dict[str, set[str]]:
        """Give the kinds that may not follow, by the kind they may not follow."""

    def enforce(self, person: Person, pattern: Pattern) -> None:
        for earlier, later in self._barred_pairs:
            one, other = (pattern.works_in_any(f"works in any of {each}", each) for each in (earlier, later))
            pattern.add(self.row(f"{person.name} after sessions {earlier}", one + other, 1))
        if barred := self._barred_first(person):
            worked = pattern.works_in_any(f"works in any of {barred}", barred)
            pattern.add(self.row(f"{person.name} after the eve", worked, 0))

    def found_in(self, person: Person, seen: Rota) -> Iterator[Finding]:
        sessions = seen.sessions_of(person)
        for earlier, later in self._barred_pairs:
            if not (sessions.isdisjoint(earlier) or sessions.isdisjoint(later)):
                one, other = max(sessions.intersection(earlier)), min(sessions.intersection(later))
                said = f"{person.name} works {self.when(one)} and then {self.when(other)}."
                yield self.finding(1, person.name, said, person=person.key, session=other)
        if first := sessions.intersection(self._barred_first(person)):
            said = f"{person.name} works {self.when(min(first))}, too soon after the day before this rota."
            yield self.finding(1, person.name, said, person=person.key, session=min(first))

    def _barred_first(self, person: Person) -> tuple[int, ...]:
        """Give the sessions of the first day that may not follow what was worked on the eve."""
        if not self.problem.days:
            return ()
        first, worked = self.problem.days[0], person.history.days_by_kind
        kinds = {
            kind
            for earlier, later in self.barred().items()
            if first - timedelta(1) in worked.get(earlier, ())
            for kind in later
        }
        return self._on(first, kinds)

    @cached_property
    def _barred_pairs(self) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
        """The sessions of a day that have the same successors barred, and those of the next day."""
        alike: dict[frozenset[str], set[str]] = {}
        for kind, later in self.barred().items():
            alike.setdefault(frozenset(later), set()).add(kind)
        pairs = (
            (self._on(day, earlier), self._on(next_day, later))
            for day, next_day in pairwise(self.problem.days)
            for later, earlier in alike.items()
        )
        return [pair for pair in pairs if all(pair)]

    def _on(self, day: date, kinds: Collection[str]) -> tuple[int, ...]:
        return tuple(each.number for each in self.problem.sessions_on[day] if each.kind in kinds)


class EveningThenEarly(NextDayRule):
    card = Card(
        code="R22",
        name="Evening then early",
        words="Nobody works an evening and the early session of the next day.",
        source="Local policy",
        severity="H1",
        tier="T4",
        weight=10,
        parameters={"evening": "EVE", "early": "EAM"},
        parameter_words={"evening": "kind of the evening session", "early": "kind of the early session"},
    )

    def barred(self) -> dict[str, set[str]]:
        return {self.text("evening"): {self.text("early")}}


class Succession(NextDayRule):
    card = Card(
        code="R46",
        name="Sessions that may not follow each other",
        words="After some kinds of session nobody works certain others on the next day.",
        source="Local policy",
        severity="H1",
        tier="T4",
        weight=10,
        parameters={"pairs": ""},
        parameter_words={"pairs": "kinds of session and what may not follow on the next day: EVE>AM,PM>EAM"},
    )

    def barred(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for pair in filter(None, self.text("pairs").split(",")):
            earlier, later = pair.split(">")
            found.setdefault(earlier, set()).add(later)
        return found
