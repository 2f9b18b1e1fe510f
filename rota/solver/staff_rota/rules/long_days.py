"""R20 and R21: not too much in one day, nor too many days in a row."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property

from rota.solver.row import Sum, begun, total
from rota.solver.rule import Card, Finding
from rota.solver.staff_rota.placements import Pattern
from rota.solver.staff_rota.problem import Person
from rota.solver.staff_rota.rules.days import days_in_a_row, windows
from rota.solver.staff_rota.rules.kinds import HumanRule, PersonRule, hours_said
from rota.solver.staff_rota.solution import Rota

HOUR = 60


class LongDay(HumanRule):
    card = Card(
        code="R20",
        name="Most sessions in a day",
        words="Nobody works too many sessions in a day, nor young workers too long a day or week.",
        source="Local policy; Working Time Regulations 1998, regulation 5A, for young workers",
        severity="H1",
        tier="T4",
        weight=10,
        parameters={
            "most": 2,
            "most_with_evening": 3,
            "evening": "EVE",
            "young_day_minutes": 480,
            "young_week_minutes": 2400,
        },
        parameter_words={
            "most": "most sessions in a day, the evening left out",
            "most_with_evening": "most sessions in a day with the evening",
            "evening": "kind of the evening session",
            "young_day_minutes": "most minutes in a day for young workers",
            "young_week_minutes": "most minutes in a week for young workers",
        },
        effective=date(2003, 4, 6),
    )

    def enforce(self, person: Person, pattern: Pattern) -> None:
        for day in self.problem.days:
            for name, numbers, most in self._counts[day]:
                worked = total(pattern.works(number) for number in numbers)
                pattern.add(self.row(f"{person.name} {name} on {day}", worked, most))
        for said, numbers, most in self._young_spans(person):
            cells = ((cell, duty.minutes) for cell, duty in pattern.cells if duty.session in numbers)
            minutes = Sum.weighted(cells, self._committed(person, numbers))
            pattern.add(self.row(f"{person.name} young in {said}", minutes, most, unit=HOUR))

    def found_in(self, person: Person, seen: Rota) -> Iterator[Finding]:
        sessions = seen.sessions_of(person)
        days = {self.problem.session_by_number[number].day for number in sessions}
        for day in sorted(days):
            for name, numbers, most in self._counts[day]:
                if (over := len(sessions.intersection(numbers)) - most) > 0:
                    said = f"{person.name} has {most + over} sessions on {day:%a} {day.day} {day:%b}, {name}."
                    yield self.finding(over, person.name, said, person=person.key, session=max(numbers))
        for where, young_numbers, most in self._young_spans(person):
            worked = sum(duty.minutes for duty in seen.duties_of(person) if duty.session in young_numbers)
            excess = worked + self._committed(person, young_numbers) - most
            if over := begun(excess, HOUR):
                said = f"{person.name}, a young worker, is {hours_said(excess)} over the limit in {where}."
                yield self.finding(over, person.name, said, person=person.key, session=max(young_numbers))

    @property
    def keeps_to_one_session(self) -> bool:
        """Say whether nobody works more than one session in a day, of whatever kind."""
        return max(self.number("most"), self.number("most_with_evening")) <= 1

    @cached_property
    def _counts(self) -> dict[date, list[tuple[str, frozenset[int], int]]]:
        """What is counted on each day: a name, the sessions, and the most of them."""
        evening, most, with_evening = (
            self.text("evening"),
            self.number("most"),
            self.number("most_with_evening"),
        )
        counts = {}
        for day, sessions in self.problem.sessions_on.items():
            daytime = frozenset(each.number for each in sessions if each.kind != evening)
            whole = frozenset(each.number for each in sessions)
            counts[day] = [("the evening left out", daytime, most)]
            if whole != daytime:
                counts[day].append(("the evening counted", whole, with_evening))
        return counts

    def _young_spans(self, person: Person) -> Iterator[tuple[str, frozenset[int], int]]:
        if not person.young:
            return
        for day, sessions in self.problem.sessions_on.items():
            if sessions:
                numbers = frozenset(session.number for session in sessions)
                yield f"{day:%a} {day.day} {day:%b}", numbers, self.number("young_day_minutes")
        for monday, sessions in self.problem.weeks.items():
            if sessions:
                numbers = frozenset(session.number for session in sessions)
                yield f"the week of {monday.day} {monday:%B}", numbers, self.number("young_week_minutes")

    def _committed(self, person: Person, numbers: frozenset[int]) -> int:
        return sum(each.minutes for each in person.commitments if each.session in numbers)


class ConsecutiveDays(PersonRule):
    card = Card(
        code="R21",
        name="Consecutive working days",
        words="Runs of working days are no longer than a hard limit; each day beyond a softer one costs.",
        source="Local policy",
        severity="H1",
        tier="T4",
        weight=10,
        parameters={"soft_days": 5, "hard_days": 7},
        parameter_words={"soft_days": "longest run without cost", "hard_days": "longest run allowed"},
    )

    def enforce(self, person: Person, pattern: Pattern) -> None:
        for limit, soft in self._limits(person):
            for days in self._stretches(limit):
                worked = total(self._works(person, pattern, day) for day in days)
                name = f"{person.name} not {limit + 1} days up to {days[-1]}"
                pattern.add(self.row(name, worked, limit, soft=soft))

    def found_in(self, person: Person, seen: Rota) -> Iterator[Finding]:
        worked = seen.days_of(person) | set(days_in_a_row(self.problem, person))
        for limit, soft in self._limits(person):
            for days in self._stretches(limit):
                if worked.issuperset(days):
                    said = f"{person.name} works more than {limit} days in a row up to {days[-1]:%a %d %b}."
                    yield self.finding(1, person.name, said, soft=soft, person=person.key)

    def _limits(self, person: Person) -> Iterator[tuple[int, bool]]:
        """Give the longest run allowed, the person's own or the rule's, and the longest without cost."""
        longest = person.terms.longest_run or self.number("hard_days")
        yield longest, False
        # What cannot be longer cannot be too long.
        if self.number("soft_days") < longest:
            yield self.number("soft_days"), True

    def _stretches(self, limit: int) -> list[list[date]]:
        if limit not in self._known:
            self._known[limit] = list(windows(self.problem.days, limit + 1))
        return self._known[limit]

    @cached_property
    def _known(self) -> dict[int, list[list[date]]]:
        return {}

    def _works(self, person: Person, pattern: Pattern, day: date) -> Sum:
        if day in self.problem.sessions_on:
            return pattern.works_on(day)
        return Sum(constant=int(day in days_in_a_row(self.problem, person)))
