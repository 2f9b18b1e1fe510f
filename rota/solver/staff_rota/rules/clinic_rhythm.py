"""C08, C09, C10, C21 and C22: how often, how regularly and how steadily clinics are held."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from functools import cached_property

from rota.solver.row import AnyOf, Row, Sum, begun, total
from rota.solver.rule import Card, Finding
from rota.solver.staff_rota.placements import Placements
from rota.solver.staff_rota.problem import Opening
from rota.solver.staff_rota.rules.clinics import ClinicRule, Series
from rota.solver.staff_rota.rules.stability import WORDS_OF_NOTICE, notice_of
from rota.solver.staff_rota.solution import Rota, Scope

WEEK = 7
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class SeriesRule(ClinicRule):
    """A rule about all clinics of a type for an area."""

    def opened(self, cells: Placements, series: Series) -> Sum:
        """Count the clinics of a series."""
        return total(cells.clinics.opened(opening) for opening in series.openings)

    def held(self, seen: Rota, series: Series) -> list[Opening]:
        """Give the clinics of a series that are held."""
        return [opening for opening in series.openings if seen.is_open(opening)]

    def tell_of(self, series: Series, size: int, said: str) -> Finding:
        """Tell of a series."""
        sentence = f"{series.said} {said}."
        return self.finding(size, series.kind.name, sentence, peers=sentence)


class HowOften(SeriesRule):
    card = Card(
        code="C08",
        name="How often clinics are held",
        words="Each type of clinic is held for an area as often as was agreed.",
        source="The network's plan of its clinics",
        severity="soft",
        tier="T2",
        weight=20,
    )

    def rows(self, cells: Placements) -> Iterator[Row]:
        for series, least, most in self._agreed():
            held = self.opened(cells, series)
            yield self.row(f"{series.said} too seldom", held * -1, -least)
            yield self.row(f"{series.said} too often", held, most)

    def found_in(self, seen: Rota, scope: Scope) -> Iterator[Finding]:
        for series, least, most in self._agreed() if scope.is_everything else ():
            held = len(self.held(seen, series))
            if size := max(least - held, held - most, 0):
                wanted = f"at least {least}" if held < least else f"at most {most}"
                said = f"is held {held} time{'' if held == 1 else 's'}, and should be {wanted}"
                yield self.tell_of(series, size, said)

    def _agreed(self) -> Iterator[tuple[Series, int, int]]:
        for series in self.series():
            if series.kind.every:
                yield series, *series.kind.every


class DaysApart(SeriesRule):
    """Each run of so many days should see one clinic at most: the nearer two are, the more runs see both."""

    card = Card(
        code="C09",
        name="Days between clinics",
        words="Two clinics of one type for an area are not too near each other.",
        source="The network's plan of its clinics",
        severity="soft",
        tier="T4",
        weight=5,
    )

    def rows(self, cells: Placements) -> Iterator[Row]:
        for series in self._spaced():
            for number, days in enumerate(self._runs(series.kind.fewest_days_apart)):
                held = total(
                    cells.clinics.opened(opening)
                    for opening in series.openings
                    if self._day_of(opening) in days
                )
                yield self.row(f"{series.said} too near in run {number}", held, 1)

    def found_in(self, seen: Rota, scope: Scope) -> Iterator[Finding]:
        for series in self._spaced() if scope.is_everything else ():
            held = [self._day_of(opening) for opening in self.held(seen, series)]
            runs = self._runs(series.kind.fewest_days_apart)
            if size := sum(begun(sum(day in days for day in held) - 1, 1) for days in runs):
                said = f"is held sooner than {series.kind.fewest_days_apart} days after the one before"
                yield self.tell_of(series, size, f"{said}, by {size} days in all")

    def _spaced(self) -> Iterator[Series]:
        yield from (series for series in self.series() if series.kind.fewest_days_apart > 1)

    def _day_of(self, opening: Opening) -> date:
        return self.problem.session_by_number[opening.session].day

    def _runs(self, length: int) -> list[Collection[date]]:
        """Give every run of so many days; in a blueprint the last day is followed by the first."""
        first, last = self.problem.days[0], self.problem.days[-1]
        weeks = self.problem.clinics.blueprint_weeks
        if not weeks:
            starts = [first + timedelta(number) for number in range(1 - length, (last - first).days + 1)]
            return [{start + timedelta(number) for number in range(length)} for start in starts]
        cycle = weeks * WEEK
        return [
            {first + timedelta((start + number) % cycle) for number in range(min(length, cycle))}
            for start in range(cycle)
        ]


class SamePattern(SeriesRule):
    card = Card(
        code="C10",
        name="Regular clinics",
        words="Clinics of one type for an area are held on the same weekday and half-day, at the same site.",
        source="The network's plan of its clinics",
        severity="soft",
        tier="T4",
        weight=8,
    )

    def rows(self, cells: Placements) -> Iterator[Row]:
        for series in self.series():
            used = total(
                self._any(f"{series.said} on {said}", [cells.clinics.opened(each) for each in openings])
                for said, openings in self._patterns(series.openings).items()
            )
            yield self.row(f"{series.said} patterns", used, 1)

    def found_in(self, seen: Rota, scope: Scope) -> Iterator[Finding]:
        for series in self.series() if scope.is_everything else ():
            used = sorted(self._patterns(self.held(seen, series)))
            if len(used) > 1:
                yield self.tell_of(
                    series, len(used) - 1, f"is held in {len(used)} patterns: {', '.join(used)}"
                )

    def _any(self, said: str, held: list[Sum]) -> Sum:
        if any(each.constant for each in held):
            return Sum(constant=1)
        cells = [cell for each in held for cell in each.cells]
        return Sum.of([AnyOf(said, tuple((cell,) for cell in cells))] if len(cells) > 1 else cells)

    def _patterns(self, openings: Collection[Opening]) -> dict[str, list[Opening]]:
        found: dict[str, list[Opening]] = {}
        for opening in openings:
            session = self.problem.session_by_number[opening.session]
            where = self.problem.site_by_code[opening.site].name
            said = f"{WEEKDAYS[session.day.weekday()]} {session.kind} at {where}"
            found.setdefault(said, []).append(opening)
        return found


class ClinicStability(ClinicRule):
    card = Card(
        code="C21",
        name="Published clinics stay",
        words="To move or close a published clinic costs ten times what a person's change does.",
        source="Patients have places in it; as R35",
        severity="soft",
        tier="TS",
        weight=10,
        parameters={"beyond_6_weeks": 1, "within_6_weeks": 3, "within_2_weeks": 8, "within_48_hours": 20},
        parameter_words=WORDS_OF_NOTICE,
    )

    def rows(self, cells: Placements) -> Iterator[Row]:
        for opening in self._published:
            closed = cells.clinics.opened(opening) * -1
            yield self.row(f"clinic {opening.number} is closed", closed, -1, times=self._price(opening))

    def found_in(self, seen: Rota, scope: Scope) -> Iterator[Finding]:
        for opening in self._published:
            if not seen.is_open(opening) and (scope.sessions is None or opening.session in scope.sessions):
                yield self.tell(opening, 1, "was published and is closed", times=self._price(opening))

    @cached_property
    def _published(self) -> list[Opening]:
        return [opening for opening in self.problem.clinics.openings if opening.is_published]

    def _price(self, opening: Opening) -> int:
        days = (self.problem.session_by_number[opening.session].day - self.problem.today).days
        return self.number(notice_of(days))


class FewClinics(ClinicRule):
    card = Card(
        code="C22",
        name="Few, full clinics",
        words="Each clinic costs its fixed effort: fewer and fuller ones are better.",
        source="Local practice",
        severity="soft",
        tier="T5",
        weight=5,
    )

    def rows(self, cells: Placements) -> Iterator[Row]:
        for opening in self.openings(Scope()):
            yield self.row(f"clinic {opening.number} held", cells.clinics.opened(opening), 0)

    def found_in(self, seen: Rota, scope: Scope) -> Iterator[Finding]:
        for opening in self.openings(scope):
            if seen.is_open(opening):
                yield self.tell(opening, 1, "is held")
