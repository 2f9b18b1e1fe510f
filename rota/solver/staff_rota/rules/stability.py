"""R35: what was published changes as little as can be, the less the nearer it is."""

from collections.abc import Iterator

from rota.solver.row import Sum
from rota.solver.rule import Card, Finding
from rota.solver.staff_rota.placements import Pattern
from rota.solver.staff_rota.problem import Person
from rota.solver.staff_rota.rules.kinds import PersonRule
from rota.solver.staff_rota.solution import Rota

WORDS_OF_NOTICE = {
    "beyond_6_weeks": "cost of a change with more than six weeks of notice",
    "within_6_weeks": "cost of a change within six weeks",
    "within_2_weeks": "cost of a change within two weeks",
    "within_48_hours": "cost of a change within 48 hours",
}


class Stability(PersonRule):
    """A person's session has changed when a published duty is gone, or there is work where none was
    published.
    """

    card = Card(
        code="R35",
        name="Minimum change of a published rota",
        words="Each change of a published session costs, more at short notice; so does each person touched.",
        source="Code of practice for doctors in training: 12, 8 and 6 weeks; local notice for others",
        severity="soft",
        tier="TS",
        weight=1,
        parameters={
            "beyond_6_weeks": 1,
            "within_6_weeks": 3,
            "within_2_weeks": 8,
            "within_48_hours": 20,
            "person_touched": 5,
        },
        parameter_words=WORDS_OF_NOTICE | {"person_touched": "cost of each person who has any change"},
    )

    def enforce(self, person: Person, pattern: Pattern) -> None:
        if not self.problem.published:
            return
        published = self._published(person)
        for name, session, changed in self._changes(pattern, published):
            pattern.add(self.row(name, changed, 0, times=self._price(session)))
            touched, times = f"{person.name} touched", self.number("person_touched")
            pattern.add(self.row(f"{name}, so touched", changed, 0, slack=touched, times=times))

    def found_in(self, person: Person, seen: Rota) -> Iterator[Finding]:
        if not self.problem.published:
            return
        published, now = self._published(person), {duty.number for duty in seen.duties_of(person)}
        gone = [self._session(number) for number in published - now]
        new = {self._session(number) for number in now} - {self._session(number) for number in published}
        for session in sorted([*gone, *new]):
            said = f"{person.name} has a change on {self.when(session)}, which was published."
            price = self._price(session)
            yield self.finding(1, person.name, said, times=price, person=person.key, session=session)
        if gone or new:
            said = f"{person.name} has {len(gone) + len(new)} changes to be told of."
            times = self.number("person_touched")
            yield self.finding(1, person.name, said, times=times, person=person.key)

    def _published(self, person: Person) -> set[int]:
        return {each.duty for each in self.problem.published if each.person == person.key}

    def _changes(self, pattern: Pattern, published: set[int]) -> Iterator[tuple[str, int, Sum]]:
        """Give what may change: a name, the session, and a sum that is one when it does."""
        name = pattern.person.name
        cells = {duty.number: cell for cell, duty in pattern.cells}
        for number in sorted(published):
            kept = Sum.of([cells[number]], -1) if number in cells else Sum()
            yield f"{name} leaves duty {number}", self._session(number), kept + 1
        was = {self._session(number) for number in published}
        for session in sorted({duty.session for _, duty in pattern.cells} - was):
            yield f"{name} is called in for session {session}", session, pattern.takes_duty(session)

    def _session(self, number: int) -> int:
        return self.problem.duty_by_number[number].session

    def _price(self, session: int) -> int:
        return self.number(notice_of((self.problem.session_by_number[session].day - self.problem.today).days))


def notice_of(days: int) -> str:
    """Name the notice that a change in so many days is made with.

    >>> notice_of(1), notice_of(2), notice_of(13), notice_of(41), notice_of(42)
    ('within_48_hours', 'within_2_weeks', 'within_2_weeks', 'within_6_weeks', 'beyond_6_weeks')
    """
    for most, name in ((1, "within_48_hours"), (13, "within_2_weeks"), (41, "within_6_weeks")):
        if days <= most:
            return name
    return "beyond_6_weeks"
