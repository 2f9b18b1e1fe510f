"""R16: people work what their contract says."""

from collections.abc import Iterator
from typing import NamedTuple

from rota.solver.row import Sum, begun
from rota.solver.rule import Card, Finding
from rota.solver.staff_rota.placements import Pattern
from rota.solver.staff_rota.problem import Person, Session
from rota.solver.staff_rota.rules.kinds import PersonRule, hours_said
from rota.solver.staff_rota.solution import Rota


class Account(NamedTuple):
    """A stretch of sessions over which minutes are counted, what is owed in it and what is kept already."""

    said: str
    sessions: frozenset[int]
    owed: int
    kept: int


class ContractedTime(PersonRule):
    card = Card(
        code="R16",
        name="Contracted sessions",
        words="Each week (over the period when annualised) people work their contract, not less, not more.",
        source="Contract of each engagement",
        severity="soft",
        tier="T2",
        weight=5,
        parameters={"unit_minutes": 60},
        parameter_words={
            "unit_minutes": "minutes beyond the tolerance are counted in begun units of this many"
        },
    )

    def enforce(self, person: Person, pattern: Pattern) -> None:
        unit, tolerance = self.number("unit_minutes"), person.tolerance_minutes
        for account in self._accounts(person):
            mine = (
                (cell, person.counted_minutes(duty))
                for cell, duty in pattern.cells
                if duty.session in account.sessions
            )
            beyond = Sum.weighted(mine, account.kept - account.owed)
            about = f"{person.name} in {account.said}"
            pattern.add(self.row(f"{about} over", beyond, tolerance, unit=unit, slack=about))
            pattern.add(self.row(f"{about} under", beyond * -1, tolerance, unit=unit, slack=about))

    def found_in(self, person: Person, seen: Rota) -> Iterator[Finding]:
        duties = seen.duties_of(person)
        for account in self._accounts(person):
            worked = account.kept + sum(
                person.counted_minutes(duty) for duty in duties if duty.session in account.sessions
            )
            off = worked - account.owed
            if size := begun(abs(off) - person.tolerance_minutes, self.number("unit_minutes")):
                hours = f"{hours_said(abs(off))} {'over' if off > 0 else 'under'} contract"
                said = f"{person.name} is {hours} in {account.said}."
                yield self.finding(
                    size, person.name, said, person=person.key, session=min(account.sessions, default=None)
                )

    def _accounts(self, person: Person) -> list[Account]:
        weeks = [
            self._account(person, f"the week of {monday.day} {monday:%B}", sessions)
            for monday, sessions in self.problem.weeks.items()
            if sessions
        ]
        if not person.annualised or not weeks:
            return weeks
        sessions = frozenset(number for week in weeks for number in week.sessions)
        owed, kept = sum(week.owed for week in weeks), sum(week.kept for week in weeks)
        return [Account("the period", sessions, owed, kept)]

    def _account(self, person: Person, said: str, sessions: tuple[Session, ...]) -> Account:
        numbers = frozenset(session.number for session in sessions)
        # A week at the edge of the period owes its part of the five days.
        days = len({session.day for session in sessions if session.day.weekday() < 5})
        owed = person.weekly_minutes * min(days, 5) // 5
        kept = sum(each.minutes for each in person.commitments if each.session in numbers)
        kept += sum(minutes for session, minutes in person.credits.items() if session in numbers)
        kept += person.protected_sessions * person.session_minutes
        return Account(said, numbers, owed, kept)
