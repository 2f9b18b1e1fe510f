"""Days before the period and in it, as rules about runs of days need them."""

from collections.abc import Iterator
from datetime import date, timedelta

from rota.solver.row import Sum
from rota.solver.staff_rota.placements import Pattern
from rota.solver.staff_rota.problem import Person, Problem

REMEMBERED = 14  # days that a history looks back


def windows(days: tuple[date, ...], length: int) -> Iterator[list[date]]:
    """Give every stretch of so many days that has a day of the period in it, and ends in the period."""
    for last in days:
        yield [last - timedelta(back) for back in range(length - 1, -1, -1)]


def before(person: Person, day: date) -> Sum:
    """Is one when the person worked on a day before the period."""
    return Sum(constant=int(day in person.history.worked_days))


def days_before(problem: Problem, number: int) -> list[date]:
    """Give so many days before the period, the latest first."""
    return [problem.days[0] - timedelta(back + 1) for back in range(number if problem.days else 0)]


def days_in_a_row(problem: Problem, person: Person) -> list[date]:
    """Give the days worked in a row up to the eve of the period."""
    return days_before(problem, person.history.days_in_a_row)


class Course:
    """The days of one person: those of the period, and those before it of which something is known."""

    def __init__(self, problem: Problem, person: Person) -> None:
        self.problem = problem
        history, run = person.history, set(days_in_a_row(problem, person))
        self.worked = run | history.worked_days
        # A run that is known to be of so many days began after a day off.
        back = max(REMEMBERED if history.worked_days else 0, len(run) + 1 if run else 0)
        self.known = set(days_before(problem, back))

    def knows(self, day: date) -> bool:
        """Say whether it is known, or to be decided, if the person works on a day."""
        return day in self.problem.sessions_on or day in self.known

    def works(self, pattern: Pattern, day: date) -> Sum:
        """Is one when the person works on a day that is known."""
        if day in self.problem.sessions_on:
            return pattern.works_on(day)
        return Sum(constant=int(day in self.worked))

    def turns(self) -> Iterator[tuple[date, date]]:
        """Give each two days that follow each other, between which a run may end and another begin.

        Of what lies before the period only the last turn still matters.
        """
        one = timedelta(1)
        if self.problem.days:
            day = self.problem.days[0] - one
            while day - one in self.known and (day in self.worked) == (day - one in self.worked):
                day -= one
            if self.known.issuperset({day - one, day}):
                yield day - one, day
        yield from ((day - one, day) for day in self.problem.days if self.knows(day - one))
