"""R17: nobody works more than 48 hours a week on average, within what is recorded here."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from rota.solver.row import Row, begun, total
from rota.solver.rule import Card, Finding
from rota.solver.staff_rota.placements import Pattern, Placements
from rota.solver.staff_rota.problem import Person, Session
from rota.solver.staff_rota.rules.kinds import PersonRule, TeamRule, hours_said
from rota.solver.staff_rota.rules.rest import SELF_EMPLOYED, WORKING_TIME
from rota.solver.staff_rota.solution import Rota, Scope

HOUR = 60

CARD = Card(
    code="R17",
    name="48-hour average",
    words="Averaged over 17 weeks nobody works more than 48 hours a week, within what is recorded here.",
    source=f"{WORKING_TIME}; regulations 4 and 5: whoever has opted out in writing is let off",
    severity="H0",
    tier="T2",
    weight=20,
    parameters={"hours": 48, "weeks": 17},
    parameter_words={"hours": "most hours a week on average", "weeks": "weeks over which the average runs"},
    effective=date(1998, 10, 1),
    exempt=SELF_EMPLOYED,
)


class Stretch(NamedTuple):
    """The weeks of one average, the sessions of this period in them, what was worked before, and the most
    minutes in all.
    """

    last: date
    sessions: frozenset[int]
    known: int
    most: int


class WorkingTime:
    """What one human works under all posts planned here, and elsewhere as far as they declared it.

    Weeks of which nothing is recorded are left out of the average, and so is the part of a week that leave
    took.
    """

    def __init__(self, weeks: dict[date, tuple[Session, ...]], posts: list[Person], hours: int) -> None:
        self.weeks = weeks
        self.posts = posts
        self.hours = hours

    @cached_property
    def recorded(self) -> set[date]:
        """The Mondays of the weeks of which something is recorded."""
        before = {monday for post in self.posts for monday in post.history.minutes_by_week}
        return before | self.weeks.keys()

    def stretches(self, length: int) -> Iterator[Stretch]:
        """Give an average for each week of this period, ending with it."""
        for last in self.weeks:
            if any(post.opted_out_on and post.opted_out_on <= last for post in self.posts):
                continue
            chosen = [
                monday for back in range(length) if (monday := last - timedelta(weeks=back)) in self.recorded
            ]
            sessions = frozenset(
                session.number for monday in chosen for session in self.weeks.get(monday, ())
            )
            known = sum(self._known(monday) for monday in chosen) + self.committed(sessions)
            yield Stretch(last, sessions, known, sum(self._most(monday) for monday in chosen))

    def committed(self, sessions: frozenset[int]) -> int:
        """Add up what is fixed already in some sessions."""
        fixed = (each for post in self.posts for each in post.commitments if each.session in sessions)
        return sum(commitment.minutes for commitment in fixed)

    def _known(self, monday: date) -> int:
        elsewhere = max(post.elsewhere_minutes for post in self.posts) * self._present(monday) // 100
        return elsewhere + sum(post.history.minutes_by_week.get(monday, 0) for post in self.posts)

    def _most(self, monday: date) -> int:
        return self.hours * HOUR * self._present(monday) // 100

    def _present(self, monday: date) -> int:
        """Say how much of a week, in hundredths, leave has left."""
        contract = sum(post.weekly_minutes for post in self.posts)
        numbers = {session.number for session in self.weeks.get(monday, ())}
        away = sum(
            minutes for post in self.posts for session, minutes in post.credits.items() if session in numbers
        ) + sum(post.history.leave_by_week.get(monday, 0) for post in self.posts)
        return 100 - 100 * min(away, contract) // contract if contract else 100


class WorkingWeek(PersonRule):
    card = CARD

    def enforce(self, person: Person, pattern: Pattern) -> None:
        for stretch in self._time(person).stretches(self.number("weeks")):
            # Most people could not work so much if they took every session that is open to them.
            if stretch.known + pattern.most_minutes_in(stretch.sessions) > stretch.most:
                worked = pattern.minutes_in(stretch.sessions) + stretch.known
                name = f"{person.name} average up to week of {stretch.last}"
                pattern.add(self.row(name, worked, stretch.most, unit=HOUR))

    def found_in(self, person: Person, seen: Rota) -> Iterator[Finding]:
        for stretch in self._time(person).stretches(self.number("weeks")):
            yield from told(self, person.name, stretch, [person], seen)

    def _time(self, person: Person) -> WorkingTime:
        return WorkingTime(self.problem.weeks, [person], self.number("hours"))


class WorkingWeekAcrossPosts(TeamRule):
    """R17 again, for a human planned under several engagements: their hours are counted together."""

    card = CARD

    def rows(self, cells: Placements) -> Iterator[Row]:
        for posts, stretch in self._stretches():
            worked = total(cells.pattern_of(post).minutes_in(stretch.sessions) for post in posts)
            name = f"{posts[0].name} average of all posts up to week of {stretch.last}"
            yield self.row(name, worked + stretch.known, stretch.most, unit=HOUR)

    def found_in(self, seen: Rota, scope: Scope) -> Iterator[Finding]:
        for posts, stretch in self._stretches():
            mine = any(scope.has_person(post.key) for post in posts)
            if mine and (scope.sessions is None or scope.sessions & stretch.sessions):
                yield from told(self, f"{posts[0].name} (all posts)", stretch, posts, seen)

    def _stretches(self) -> Iterator[tuple[list[Person], Stretch]]:
        for posts in self.problem.posts_of.values():
            bound = [post for post in posts if self.choice.covers(post.contract)]
            if len(bound) > 1:
                time = WorkingTime(self.problem.weeks, bound, self.number("hours"))
                yield from ((bound, stretch) for stretch in time.stretches(self.number("weeks")))


def told(
    rule: WorkingWeek | WorkingWeekAcrossPosts, name: str, stretch: Stretch, posts: list[Person], seen: Rota
) -> Iterator[Finding]:
    """Tell of an average that is too high."""
    duties = [duty for post in posts for duty in seen.duties_of(post) if duty.session in stretch.sessions]
    beyond = stretch.known + sum(duty.minutes for duty in duties) - stretch.most
    if size := begun(beyond, HOUR):
        last = stretch.last
        said = (
            f"{name} works {hours_said(beyond)} more than the average of {rule.number('hours')} hours a week "
            f"allows up to the week of {last.day} {last:%B}, within what is recorded here."
        )
        yield rule.finding(size, name, said, person=posts[0].key if len(posts) == 1 else None)
