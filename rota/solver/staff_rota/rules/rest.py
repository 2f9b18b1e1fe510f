"""R18 and R19: rest between working days, and days without work."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import pairwise

from rota.solver.row import begun, total
from rota.solver.rule import Card, Finding
from rota.solver.staff_rota.placements import Pattern
from rota.solver.staff_rota.problem import Person
from rota.solver.staff_rota.rules.days import before, windows
from rota.solver.staff_rota.rules.kinds import HumanRule, hours_said
from rota.solver.staff_rota.solution import Rota, Spell

SELF_EMPLOYED = frozenset({"partner"})
WORKING_TIME = "Working Time Regulations 1998; partners are self-employed and not bound"


class DailyRest(HumanRule):
    card = Card(
        code="R18",
        name="Daily rest",
        words="Between the end of one working day and the start of the next there is the rest that law asks.",
        source=f"{WORKING_TIME}; regulation 10",
        severity="H0",
        tier="T2",
        weight=20,
        parameters={"hours": 11, "young_hours": 12},
        parameter_words={"hours": "hours of rest", "young_hours": "hours of rest for young workers"},
        effective=date(1998, 10, 1),
        exempt=SELF_EMPLOYED,
    )

    def enforce(self, person: Person, pattern: Pattern) -> None:
        spells = dict(pattern.spells())
        for one, other in self._too_close(person, list(spells)):
            name = f"{person.name} rests between {one.ends} and {other.starts}"
            pattern.add(self.row(name, spells[one] + spells[other], 1))
        for spell, worked in spells.items():
            if self._starts_too_soon(person, spell):
                pattern.add(self.row(f"{person.name} rests before {spell.starts}", worked, 0))

    def found_in(self, person: Person, seen: Rota) -> Iterator[Finding]:
        spells = seen.spells_of(person)
        for one, other in self._too_close(person, spells):
            yield self._tell(person, one.ends, other)
        for spell in spells:
            if person.history.last_end and self._starts_too_soon(person, spell):
                yield self._tell(person, person.history.last_end, spell)

    def _rest(self, person: Person) -> timedelta:
        return timedelta(hours=self.number("young_hours" if person.young else "hours"))

    def _too_close(self, person: Person, spells: list[Spell]) -> Iterator[tuple[Spell, Spell]]:
        by_day: dict[date, list[Spell]] = {}
        for spell in spells:
            by_day.setdefault(spell.starts.date(), []).append(spell)
        for day, next_day in pairwise(sorted(by_day)):
            if next_day - day <= timedelta(days=1):
                for one in by_day[day]:
                    for other in by_day[next_day]:
                        if other.starts - one.ends < self._rest(person):
                            yield one, other

    def _starts_too_soon(self, person: Person, spell: Spell) -> bool:
        last = person.history.last_end
        return last is not None and spell.starts - last < self._rest(person)

    def _tell(self, person: Person, ended: datetime, spell: Spell) -> Finding:
        hours = hours_said((spell.starts - ended).total_seconds() / 60)
        said = f"{person.name} has {hours} of rest before {self.when(spell.session)}."
        return self.finding(1, person.name, said, person=person.key, session=spell.session)


class WeeklyRest(HumanRule):
    card = Card(
        code="R19",
        name="Weekly rest",
        words="In any stretch of days enough of them are free of work.",
        source=f"{WORKING_TIME}; regulation 11: 24 hours in 7 days, or 48 in 14; 48 in 7 for young workers",
        severity="H0",
        tier="T2",
        weight=20,
        parameters={"days": 14, "free_days": 2, "young_days": 7, "young_free_days": 2},
        parameter_words={
            "days": "length of the stretch",
            "free_days": "days free in it",
            "young_days": "length of the stretch for young workers",
            "young_free_days": "days free in it for young workers",
        },
        effective=date(1998, 10, 1),
        exempt=SELF_EMPLOYED,
    )

    def enforce(self, person: Person, pattern: Pattern) -> None:
        length, free = self._numbers(person)
        for days in self._windows[length]:
            worked = total(
                pattern.works_on(day) if day in self.problem.sessions_on else before(person, day)
                for day in days
            )
            pattern.add(self.row(f"{person.name} rests from {days[0]} to {days[-1]}", worked, length - free))

    def found_in(self, person: Person, seen: Rota) -> Iterator[Finding]:
        length, free = self._numbers(person)
        worked = seen.days_of(person) | person.history.worked_days
        for days in self._windows[length]:
            if size := begun(len(worked.intersection(days)) - (length - free), 1):
                span = f"{days[0].day} {days[0]:%B} to {days[-1].day} {days[-1]:%B}"
                said = f"{person.name} has {free - size} of {free} free days from {span}."
                yield self.finding(size, person.name, said, person=person.key)

    @cached_property
    def _windows(self) -> dict[int, list[list[date]]]:
        lengths = {self.number("days"), self.number("young_days")}
        return {length: list(windows(self.problem.days, length)) for length in lengths}

    def _numbers(self, person: Person) -> tuple[int, int]:
        prefix = "young_" if person.young else ""
        return self.number(f"{prefix}days"), self.number(f"{prefix}free_days")
