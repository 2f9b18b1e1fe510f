"""C15, C16, C17 and C18: who is in a clinic together, who learns there, and who is there how often."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from rota.solver.row import Row, Sum, begun
from rota.solver.rule import Card, Finding
from rota.solver.staff_rota.placements import Pattern, Placements
from rota.solver.staff_rota.problem import Duty, Opening, Person
from rota.solver.staff_rota.rules.clinics import ClinicRule
from rota.solver.staff_rota.rules.kinds import PersonRule
from rota.solver.staff_rota.solution import Rota, Scope


class WorthTogether(ClinicRule):
    card = Card(
        code="C15",
        name="Disciplines worth having together",
        words="A clinic has both of two disciplines that are worth being there at once.",
        source="The clinic's type",
        severity="soft",
        tier="T2",
        weight=10,
    )

    def rows(self, cells: Placements) -> Iterator[Row]:
        for opening in self.openings(Scope()):
            for pair in self.kind(opening).together:
                missed = f"{' and '.join(pair)} in clinic {opening.number}"
                for discipline in pair:
                    lacks = cells.clinics.opened(opening) - self.present(cells, opening, discipline)
                    yield self.row(f"{missed}, {discipline}", lacks, 0, slack=missed)

    def found_in(self, seen: Rota, scope: Scope) -> Iterator[Finding]:
        for opening in self.openings(scope):
            for pair in self.kind(opening).together if seen.is_open(opening) else ():
                if not all(self.present_seen(seen, opening, discipline) for discipline in pair):
                    yield self.tell(opening, 1, f"does not have {' and '.join(pair)} together")


class Huddle(ClinicRule):
    card = Card(
        code="C16",
        name="Team huddle",
        words="The core of a clinic's team has a time at its start in which all of them are there.",
        source="The clinic's type; local practice of neighbourhood teams",
        severity="soft",
        tier="T2",
        weight=10,
        parameters={"minutes": 30},
        parameter_words={"minutes": "minutes that all core members share"},
    )

    def rows(self, cells: Placements) -> Iterator[Row]:
        for opening in self._huddling(Scope()):
            slot = self._slot(opening)
            if slot is None:
                yield self.row(f"no huddle in clinic {opening.number}", cells.clinics.opened(opening), 0)
                continue
            kept = Sum.of(
                cell
                for duty in self._core(opening)
                for cell, person in cells.present_on(duty)
                if is_kept_from(person, slot)
            )
            yield self.row(f"missing the huddle of clinic {opening.number}", kept, 0)

    def found_in(self, seen: Rota, scope: Scope) -> Iterator[Finding]:
        for opening in self._huddling(scope):
            slot = self._slot(opening)
            if slot is None:
                if seen.is_open(opening):
                    yield self.tell(opening, 1, "has no time at which its whole core is there")
                continue
            there = (person for duty in self._core(opening) for person in seen.present_on(duty))
            if missing := [person.name for person in there if is_kept_from(person, slot)]:
                yield self.tell(opening, len(missing), f"has its huddle without {' and '.join(missing)}")

    def _huddling(self, scope: Scope) -> Iterator[Opening]:
        yield from (opening for opening in self.openings(scope) if self.kind(opening).huddle)

    def _core(self, opening: Opening) -> list[Duty]:
        return [duty for seat, duty in self.seats(opening) if seat.needed]

    def _slot(self, opening: Opening) -> tuple[datetime, datetime] | None:
        """Give the first time in which all core seats are to be taken, if it is long enough."""
        core = self._core(opening)
        starts = max(duty.starts for duty in core)
        ends = starts + timedelta(minutes=self.number("minutes"))
        return (starts, ends) if ends <= min(duty.ends for duty in core) else None


class LearnerPlaces(ClinicRule):
    """As many places as there are learners of the job roles that its seats take."""

    card = Card(
        code="C17",
        name="Learner places used",
        words="The places for learners in a clinic are used.",
        source="Programmes of learners: experience of work in several professions",
        severity="soft",
        tier="T4",
        weight=3,
    )

    def rows(self, cells: Placements) -> Iterator[Row]:
        for opening in self.openings(Scope()):
            if places := self._places(opening):
                unused = cells.clinics.opened(opening) * places - self.learners_in(cells, opening)
                yield self.row(f"learner places of clinic {opening.number}", unused, 0)

    def found_in(self, seen: Rota, scope: Scope) -> Iterator[Finding]:
        for opening in self.openings(scope):
            free = self._places(opening) - self.learners_seen(seen, opening)
            if seen.is_open(opening) and free > 0:
                yield self.tell(opening, free, f"has {free} unused places for learners")

    def _places(self, opening: Opening) -> int:
        roles = frozenset[str]().union(*(duty.roles for _, duty in self.seats(opening)))
        learners = sum(self.learns(person) and person.role in roles for person in self.problem.people)
        return min(self.kind(opening).learners, learners)


class ClinicShare(PersonRule):
    card = Card(
        code="C18",
        name="Share of clinics",
        words="Nobody has more clinic sessions in a month than this without cost.",
        source="Local policy",
        severity="soft",
        tier="T3",
        weight=5,
        parameters={"most": 6},
        parameter_words={"most": "clinic sessions in a calendar month"},
    )

    def enforce(self, person: Person, pattern: Pattern) -> None:
        months: dict[date, list[int]] = {}
        for cell, duty in pattern.cells:
            if duty.number in self.problem.clinics.seat_of:
                months.setdefault(self._month(duty), []).append(cell)
        for month, cells in months.items():
            name = f"{person.name} clinics in {month:%B %Y}"
            pattern.add(self.row(name, Sum.of(cells), self.number("most")))

    def found_in(self, person: Person, seen: Rota) -> Iterator[Finding]:
        seats = self.problem.clinics.seat_of
        worked = Counter(self._month(duty) for duty in seen.duties_of(person) if duty.number in seats)
        for month, number in sorted(worked.items()):
            if over := begun(number - self.number("most"), 1):
                said = (
                    f"{person.name} has {number} clinic sessions in {month:%B}, {over} above the usual most."
                )
                yield self.finding(over, person.name, said, person=person.key)

    def _month(self, duty: Duty) -> date:
        return self.problem.session_by_number[duty.session].day.replace(day=1)


def is_kept_from(person: Person, slot: tuple[datetime, datetime]) -> bool:
    """Say whether other time of a person is kept during a slot."""
    starts, ends = slot
    return any(each.starts < ends and starts < each.ends for each in person.commitments)
