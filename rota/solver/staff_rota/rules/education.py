"""R14 and R15: time for learning stays free, and learners' weeks are split as their programme says."""

from collections.abc import Iterator, Mapping
from datetime import date

from rota.solver.row import Sum, begun, total
from rota.solver.rule import Card, Finding
from rota.solver.staff_rota.placements import Pattern
from rota.solver.staff_rota.problem import Duty, Person, Session
from rota.solver.staff_rota.rules.kinds import CellRule, PersonRule
from rota.solver.staff_rota.rules.single_place import overlap
from rota.solver.staff_rota.rules.skill_mix import listed
from rota.solver.staff_rota.solution import Rota

HOUR = 60


class ProtectedTime(CellRule):
    card = Card(
        code="R14",
        name="Protected time",
        words="Protected time (CPD, study) stays free of duties, at fixed times or so many sessions a week.",
        source="Salaried GP model contract; BMA and COGPED guide to the training week; ASYE framework",
        severity="H1",
        tier="T2",
        weight=20,
        parameters={"kinds": "AM,PM"},
        parameter_words={"kinds": "kinds of session, on weekdays, in which protected sessions may fall"},
    )

    def stops(self, person: Person, duty: Duty) -> str | None:
        for commitment in person.commitments:
            if commitment.protected and overlap(commitment, duty):
                return (
                    f"{person.name} has protected time ({commitment.activity}) on {self.when(duty.session)}."
                )
        return None

    def enforce(self, person: Person, pattern: Pattern) -> None:
        super().enforce(person, pattern)
        for monday, numbers, most in self._weeks(person):
            worked = total(pattern.works(number) for number in numbers)
            pattern.add(self.row(f"{person.name} keeps time free in week of {monday}", worked, most))

    def found_in(self, person: Person, seen: Rota) -> Iterator[Finding]:
        yield from super().found_in(person, seen)
        sessions = seen.sessions_of(person) if person.protected_sessions else set()
        for monday, numbers, most in self._weeks(person):
            if (over := len(sessions.intersection(numbers)) - most) > 0:
                week = f"the week of {monday.day} {monday:%B}"
                said = (
                    f"{person.name} lacks {over} of {person.protected_sessions} protected sessions in {week}."
                )
                yield self.finding(over, person.name, said, person=person.key, session=min(numbers))

    def _weeks(self, person: Person) -> Iterator[tuple[date, list[int], int]]:
        """Give each week's open sessions, and how many of them may be worked."""
        if not person.protected_sessions:
            return
        taken = {commitment.session for commitment in person.commitments} | set(person.unavailable)
        for monday, sessions in self.problem.weeks.items():
            if numbers := [
                each.number for each in sessions if self._may_fall(each) and each.number not in taken
            ]:
                yield monday, numbers, max(0, len(numbers) - person.protected_sessions)

    def _may_fall(self, session: Session) -> bool:
        return session.kind in listed(self.text("kinds")) and session.day.weekday() < 5


class LearningSplit(PersonRule):
    card = Card(
        code="R15",
        name="Clinical and educational split",
        words="Each week a learner has no more clinical, no less educational time than the programme says.",
        source="GP registrars: 28 hours clinical and 12 educational of 40, pro rata",
        severity="H0",
        tier="T2",
        weight=20,
    )

    def enforce(self, person: Person, pattern: Pattern) -> None:
        for monday, sessions in self._weeks(person):
            numbers = {session.number for session in sessions}
            if person.learner and person.learner.most_clinical_minutes is not None:
                cells = (
                    (cell, person.counted_minutes(duty))
                    for cell, duty in pattern.cells
                    if duty.clinical and duty.session in numbers
                )
                amount = Sum.weighted(cells, self._committed(person, numbers, "clinical"))
                name = f"{person.name} clinical in week of {monday}"
                pattern.add(self.row(name, amount, person.learner.most_clinical_minutes, unit=HOUR))
            short = Sum(constant=self._short_of_education(person, numbers))
            pattern.add(self.row(f"{person.name} education in week of {monday}", short, 0, unit=HOUR))

    def found_in(self, person: Person, seen: Rota) -> Iterator[Finding]:
        for monday, sessions in self._weeks(person):
            numbers = {session.number for session in sessions}
            if over := begun(self._over_clinical(person, numbers, seen), HOUR):
                yield self._tell(person, monday, min(numbers), over, "too much clinical time")
            if short := begun(self._short_of_education(person, numbers), HOUR):
                yield self._tell(person, monday, min(numbers), short, "too little educational time")

    def _weeks(self, person: Person) -> Iterator[tuple[date, tuple[Session, ...]]]:
        if person.learner:
            yield from ((monday, sessions) for monday, sessions in self.problem.weeks.items() if sessions)

    def _over_clinical(self, person: Person, numbers: set[int], seen: Rota) -> int:
        if person.learner is None or person.learner.most_clinical_minutes is None:
            return 0
        duties = [duty for duty in seen.duties_of(person) if duty.clinical and duty.session in numbers]
        worked = sum(person.counted_minutes(duty) for duty in duties)
        return worked + self._committed(person, numbers, "clinical") - person.learner.most_clinical_minutes

    def _short_of_education(self, person: Person, numbers: set[int]) -> int:
        if person.learner is None:
            return 0
        least = person.learner.least_educational_minutes
        # A week with leave owes education only for the part that is worked, and none that leave fell on.
        present = max(0, person.weekly_minutes - minutes_in(person.credits, numbers))
        in_part = least * present // max(1, person.weekly_minutes)
        owed = min(in_part, least - minutes_in(person.missed_education, numbers))
        return owed - self._committed(person, numbers, "educational")

    def _committed(self, person: Person, numbers: set[int], kind: str) -> int:
        chosen = [each for each in person.commitments if each.session in numbers and getattr(each, kind)]
        return sum(commitment.minutes for commitment in chosen)

    def _tell(self, person: Person, monday: date, session: int, hours: int, what: str) -> Finding:
        said = f"{person.name} has {what} in the week of {monday.day} {monday:%B}: by {hours} begun hours."
        return self.finding(hours, person.name, said, person=person.key, session=session)


def minutes_in(minutes_of: Mapping[int, int], numbers: set[int]) -> int:
    """Add up the minutes of some sessions."""
    return sum(minutes for session, minutes in minutes_of.items() if session in numbers)
