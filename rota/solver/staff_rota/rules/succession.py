"""R22 and R46: sessions that may not follow each other from one day to the next."""

from abc import abstractmethod
from collections.abc import Iterator
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
        for one, later in self._barred_pairs:
            said = f"works in a session that may not follow session {one}"
            both = pattern.works(one) + pattern.works_in_any(said, later)
            pattern.add(self.row(f"{person.name} after session {one}", both, 1))

    def found_in(self, person: Person, seen: Rota) -> Iterator[Finding]:
        sessions = seen.sessions_of(person)
        for one, later in self._barred_pairs:
            following = sessions.intersection(later) if one in sessions else ()
            if following:
                other = min(following)
                said = f"{person.name} works {self.when(one)} and then {self.when(other)}."
                yield self.finding(1, person.name, said, person=person.key, session=other)

    @cached_property
    def _barred_pairs(self) -> list[tuple[int, tuple[int, ...]]]:
        """The sessions, each with those of the next day that may not follow it."""
        barred, pairs = self.barred(), []
        for day, next_day in pairwise(self.problem.days):
            for one in self.problem.sessions_on[day]:
                not_next = barred.get(one.kind, set())
                following = self.problem.sessions_on[next_day]
                if later := tuple(each.number for each in following if each.kind in not_next):
                    pairs.append((one.number, later))
        return pairs


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
