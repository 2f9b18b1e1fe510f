"""R41 and R42: runs of working days and of days off are not too short."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import takewhile

from rota.solver.rule import Card, Finding
from rota.solver.staff_rota.placements import Pattern
from rota.solver.staff_rota.problem import Person
from rota.solver.staff_rota.rules.days import Course
from rota.solver.staff_rota.rules.kinds import PersonRule
from rota.solver.staff_rota.solution import Rota


class ShortestRun(PersonRule):
    """A run is asked for its first days only as far as the period goes, for its end may lie in the next,
    and up to the first day that leave takes.
    """

    card = Card(
        code="R41",
        name="Shortest run of working days",
        words="Whoever begins a run of working days works so many days in a row at least.",
        source="Local policy; personal agreements",
        severity="H1",
        tier="T4",
        weight=10,
        parameters={"days": 1},
        parameter_words={"days": "shortest run, where the person has no number of their own"},
    )

    def binds(self, person: Person) -> bool:
        return super().binds(person) and self._least(person) > 1

    def enforce(self, person: Person, pattern: Pattern) -> None:
        course = Course(self.problem, person)
        for eve, start, later in self._asked(person, course):
            begun_here = course.works(pattern, start) - course.works(pattern, eve)
            for day in later:
                name = f"{person.name} works on {day} when from {start}"
                pattern.add(self.row(name, begun_here - course.works(pattern, day), 0))

    def found_in(self, person: Person, seen: Rota) -> Iterator[Finding]:
        course = Course(self.problem, person)
        worked = course.worked | seen.days_of(person)
        for eve, start, later in self._asked(person, course):
            missing = [day for day in later if day not in worked]
            if missing and start in worked and eve not in worked:
                run, least = (missing[0] - start).days, self._least(person)
                said = f"{person.name} works a run of {days_said(run)} from {start:%a} {start.day} {start:%b}"
                sentence = f"{said}; {days_said(least)} is the shortest."
                yield self.finding(len(missing), person.name, sentence, person=person.key)

    def _least(self, person: Person) -> int:
        return person.terms.shortest_run or self.number("days")

    def _asked(self, person: Person, course: Course) -> Iterator[tuple[date, date, list[date]]]:
        """Give each day on which a run may begin, the day before it, and those that must follow."""
        for eve, start in course.turns():
            days = (start + timedelta(ahead) for ahead in range(1, self._least(person)))
            if later := list(takewhile(lambda day: self._is_theirs(person, day), days)):
                yield eve, start, later

    def _is_theirs(self, person: Person, day: date) -> bool:
        """Say whether a day is one of the period, and not one that leave takes whole: that ends any run."""
        sessions = self.problem.sessions_on.get(day)
        if sessions is None:
            return False
        return not sessions or any(each.number not in person.absent for each in sessions)


class ShortestBreak(PersonRule):
    card = Card(
        code="R42",
        name="Shortest run of days off",
        words="Between two runs of working days there are so many days off in a row at least.",
        source="Local policy; personal agreements",
        severity="H1",
        tier="T4",
        weight=10,
        parameters={"days": 1},
        parameter_words={"days": "shortest run of days off, where the person has no number of their own"},
    )

    def binds(self, person: Person) -> bool:
        return super().binds(person) and self._least(person) > 1

    def enforce(self, person: Person, pattern: Pattern) -> None:
        course = Course(self.problem, person)
        for last, off, later in self._asked(person, course):
            ended_here = course.works(pattern, last) - course.works(pattern, off)
            for day in later:
                name = f"{person.name} is off on {day} when from {off}"
                pattern.add(self.row(name, ended_here + course.works(pattern, day), 1))

    def found_in(self, person: Person, seen: Rota) -> Iterator[Finding]:
        course = Course(self.problem, person)
        worked = course.worked | seen.days_of(person)
        for last, off, later in self._asked(person, course):
            back = [day for day in later if day in worked]
            if back and last in worked and off not in worked:
                run, least = (back[0] - off).days, self._least(person)
                said = f"{person.name} has {days_said(run)} off from {off:%a} {off.day} {off:%b}"
                sentence = f"{said}; {days_said(least)} in a row is the least."
                yield self.finding(len(back), person.name, sentence, person=person.key)

    def _least(self, person: Person) -> int:
        return person.terms.shortest_break or self.number("days")

    def _asked(self, person: Person, course: Course) -> Iterator[tuple[date, date, list[date]]]:
        """Give each day that may be the last worked, the day off after it, and those to be free too."""
        for last, off in course.turns():
            later = [off + timedelta(ahead) for ahead in range(1, self._least(person))]
            if later := [day for day in later if day in self.problem.sessions_on]:
                yield last, off, later


def days_said(number: int) -> str:
    """Say a number of days: '1 day', '3 days'."""
    return f"{number} day{'' if number == 1 else 's'}"
