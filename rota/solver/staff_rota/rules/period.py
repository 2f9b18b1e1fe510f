"""R43, R44 and R45: how much one person works over the whole period."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property

from rota.solver.row import Sum, begun, total
from rota.solver.rule import Card, Finding
from rota.solver.staff_rota.placements import Pattern
from rota.solver.staff_rota.problem import Person
from rota.solver.staff_rota.rules.kinds import PersonRule, hours_said
from rota.solver.staff_rota.solution import Rota
from rota.solver.staff_rota.work import SAID

HOUR = 60
SATURDAY = 5
SO_MANY = 10  # more weekends than a rota has


class WeekendsWorked(PersonRule):
    card = Card(
        code="R43",
        name="Most weekends worked",
        words="Nobody works on more weekends of the period than agreed; a Saturday or a Sunday makes one.",
        source="Local policy; personal agreements",
        severity="H1",
        tier="T3",
        weight=10,
        parameters={"most": SO_MANY},
        parameter_words={"most": "most weekends, where the person has no number of their own"},
    )

    def enforce(self, person: Person, pattern: Pattern) -> None:
        worked = total(pattern.works_on(*days) for days in self._weekends)
        pattern.add(self.row(f"{person.name} weekends worked", worked, self._most(person)))

    def found_in(self, person: Person, seen: Rota) -> Iterator[Finding]:
        worked = seen.days_of(person)
        number, most = sum(not worked.isdisjoint(days) for days in self._weekends), self._most(person)
        if number > most:
            said = f"{person.name} works on {number} weekends of the period; {most} is the most."
            yield self.finding(number - most, person.name, said, person=person.key)

    def _most(self, person: Person) -> int:
        own = person.terms.most_weekends
        return self.number("most") if own is None else own

    @cached_property
    def _weekends(self) -> list[tuple[date, ...]]:
        """The Saturdays and Sundays of the period, by weekend."""
        found: dict[date, list[date]] = {}
        for day in self.problem.days:
            if day.weekday() >= SATURDAY:
                found.setdefault(day - timedelta(day.weekday()), []).append(day)
        return [tuple(days) for days in found.values()]


class KindCaps(PersonRule):
    card = Card(
        code="R44",
        name="Most sessions of a kind",
        words="Nobody works more sessions of a kind in the period than was agreed with them.",
        source="Personal agreements",
        severity="H1",
        tier="T3",
        weight=10,
    )

    def enforce(self, person: Person, pattern: Pattern) -> None:
        for kind, most in sorted(person.terms.most_by_kind.items()):
            worked = total(pattern.works(number) for number in self._sessions.get(kind, ()))
            pattern.add(self.row(f"{person.name} sessions of kind {kind}", worked, most))

    def found_in(self, person: Person, seen: Rota) -> Iterator[Finding]:
        worked = seen.sessions_of(person) if person.terms.most_by_kind else set()
        for kind, most in sorted(person.terms.most_by_kind.items()):
            if (over := len(worked.intersection(self._sessions.get(kind, ()))) - most) > 0:
                said = f"{person.name} works {most + over} {kind_said(kind)} sessions; {most} was agreed."
                yield self.finding(over, person.name, said, person=person.key)

    @cached_property
    def _sessions(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for session in self.problem.sessions:
            found.setdefault(session.kind, []).append(session.number)
        return found


class MinutesInPeriod(PersonRule):
    card = Card(
        code="R45",
        name="Hours in the period",
        words="Over the whole period nobody works more, or less, than was agreed; leave meets its part.",
        source="Personal agreements",
        severity="H1",
        tier="T2",
        weight=10,
    )

    def enforce(self, person: Person, pattern: Pattern) -> None:
        cells = ((cell, person.counted_minutes(duty)) for cell, duty in pattern.cells)
        minutes = Sum.weighted(cells, committed_minutes(person))
        terms = person.terms
        if terms.most_minutes is not None:
            pattern.add(self.row(f"{person.name} most minutes", minutes, terms.most_minutes, unit=HOUR))
        if terms.least_minutes is not None:
            name = f"{person.name} least minutes"
            most_missing = credited_minutes(person) - terms.least_minutes
            pattern.add(self.row(name, minutes * -1, most_missing, unit=HOUR))

    def found_in(self, person: Person, seen: Rota) -> Iterator[Finding]:
        terms = person.terms
        worked = sum(map(person.counted_minutes, seen.duties_of(person))) + committed_minutes(person)
        credited = credited_minutes(person)
        for limit, off, met, said in (
            (terms.most_minutes, 1, 0, "above"),
            (terms.least_minutes, -1, credited, "below"),
        ):
            beyond = 0 if limit is None else off * (worked + met - limit)
            if limit is not None and (size := begun(beyond, HOUR)):
                sentence = (
                    f"{person.name} works {hours_said(worked)} in the period, "
                    f"{hours_said(beyond)} {said} the {hours_said(limit)} agreed"
                    f"{f', {hours_said(met)} of leave counted' if met else ''}."
                )
                yield self.finding(size, person.name, sentence, person=person.key)


def committed_minutes(person: Person) -> int:
    """Add up the minutes of a person's commitments."""
    return sum(commitment.minutes for commitment in person.commitments)


def credited_minutes(person: Person) -> int:
    """Add up the minutes that leave meets: nobody makes up for those."""
    return sum(person.credits.values())


def kind_said(kind: str) -> str:
    """Say a kind of session: 'evening'."""
    return SAID.get(kind, kind)
