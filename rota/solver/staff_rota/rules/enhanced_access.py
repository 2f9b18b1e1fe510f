"""R25 and R26: what the network owes its patients outside core hours, and a GP among those who give it."""

from collections.abc import Iterator
from datetime import date

from rota.solver.row import Row, Sum, begun
from rota.solver.rule import Card, Finding
from rota.solver.staff_rota.placements import Placements
from rota.solver.staff_rota.problem import Duty, Person
from rota.solver.staff_rota.rules.kinds import TeamRule, hours_said
from rota.solver.staff_rota.rules.skill_mix import listed
from rota.solver.staff_rota.solution import Rota, Scope

HOUR = 60
SUNDAY = 6


class EnhancedAccessMinutes(TeamRule):
    card = Card(
        code="R25",
        name="Enhanced Access minutes",
        words="Each week the network gives the minutes of Enhanced Access that its list asks for.",
        source="Network Contract Directed Enhanced Service: 60 minutes for each 1,000 patients a week",
        severity="soft",
        tier="T1",
        weight=60,
        parameters={"minutes_per_1000": 60},
        parameter_words={"minutes_per_1000": "minutes a week for each 1,000 patients of the adjusted list"},
        effective=date(2022, 10, 1),
    )

    def rows(self, cells: Placements) -> Iterator[Row]:
        for monday, owed, duties in self._weeks():
            given = (
                (cell, -person.counted_minutes(duty))
                for duty in duties
                for cell, person in cells.present_on(duty)
                if self.problem.counts_as_cover(person)
            )
            yield self.row(f"Enhanced Access in week of {monday}", Sum.weighted(given), -owed, unit=HOUR)

    def found_in(self, seen: Rota, scope: Scope) -> Iterator[Finding]:
        if not scope.is_everything:
            return
        for monday, owed, duties in self._weeks():
            given = sum(
                person.counted_minutes(duty)
                for duty in duties
                for person in seen.present_on(duty)
                if self.problem.counts_as_cover(person)
            )
            if size := begun(owed - given, HOUR):
                week = f"the week of {monday.day} {monday:%B}"
                said = f"Enhanced Access in {week} gives {hours_said(given)} of the {hours_said(owed)} owed."
                yield self.finding(size, "Enhanced Access", said, peers=said)

    def _weeks(self) -> Iterator[tuple[date, int, list[Duty]]]:
        """Give each week, what is owed in it, and the duties that give it."""
        patients, rate = self.problem.patients, self.number("minutes_per_1000")
        for monday, sessions in self.problem.weeks.items():
            # A week at the edge of the period owes its part of the six days from Monday to Saturday.
            days = len({session.day for session in sessions if session.day.weekday() < SUNDAY})
            owed = patients * rate * days // (1000 * SUNDAY)
            duties = [
                duty
                for session in sessions
                for duty in self.problem.duties_in[session.number]
                if duty.extended
            ]
            if owed and sessions:
                yield monday, owed, duties


class GPDuringEnhancedAccess(TeamRule):
    card = Card(
        code="R26",
        name="A GP during Enhanced Access",
        words="In each session of Enhanced Access at least one GP of the network is at work in it.",
        source="NHS England guidance on Enhanced Access (2022): GP cover throughout; local reading",
        severity="soft",
        tier="T1",
        weight=100,
        parameters={"roles": "gp"},
        parameter_words={"roles": "job roles of which one must be there, with commas"},
        effective=date(2022, 10, 1),
    )

    def rows(self, cells: Placements) -> Iterator[Row]:
        for session, duties in self._sessions(Scope()):
            there = Sum.of(
                cell for duty in duties for cell, person in cells.present_on(duty) if self._is_one(person)
            )
            yield self.row(f"GP in Enhanced Access of session {session}", there * -1, -1)

    def found_in(self, seen: Rota, scope: Scope) -> Iterator[Finding]:
        for session, duties in self._sessions(scope):
            if not any(self._is_one(person) for duty in duties for person in seen.present_on(duty)):
                said = f"Enhanced Access on {self.when(session)} has no GP in the network."
                yield self.finding(1, "Enhanced Access", said, peers=said, session=session)

    def _sessions(self, scope: Scope) -> Iterator[tuple[int, list[Duty]]]:
        """Give the sessions in which Enhanced Access is wanted, with its duties."""
        for session in scope.among(self.problem.duties_in):
            duties = [duty for duty in self.problem.duties_in[session] if duty.extended]
            if any(duty.desired for duty in duties):
                yield session, duties

    def _is_one(self, person: Person) -> bool:
        return person.role in listed(self.text("roles")) and self.problem.counts_as_cover(person)
