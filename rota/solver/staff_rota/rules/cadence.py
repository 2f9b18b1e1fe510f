"""R40: people who meet at work every so often, such as a pharmacist and their supervisor each month."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations

from rota.solver.row import AnyOf, Row, Sum, total
from rota.solver.rule import Card, Finding
from rota.solver.staff_rota.placements import Pattern, Placements
from rota.solver.staff_rota.problem import Cadence
from rota.solver.staff_rota.rules.kinds import TeamRule
from rota.solver.staff_rota.rules.pairings import places_of
from rota.solver.staff_rota.solution import Rota, Scope


class MeetsEverySoOften(TeamRule):
    """A rota is asked only for the stretches of days that end in it."""

    card = Card(
        code="R40",
        name="Cadence",
        words="Certain people are at one site in the same session at least once every so many days.",
        source="Supervision minima of the Additional Roles scheme; programmes of learners; local agreements",
        severity="soft",
        tier="T2",
        weight=10,
    )

    def rows(self, cells: Placements) -> Iterator[Row]:
        for cadence, first, last in self._stretches():
            patterns = [cells.pattern_of(self.problem.person_by_key[key]) for key in cadence.people]
            together = total(
                all_at(patterns, session, site)
                for session, site in self._places(patterns)
                if first <= self.problem.session_by_number[session].day <= last
            )
            yield self.row(f"{cadence.name} up to {last}", together * -1, -1)

    def found_in(self, seen: Rota, scope: Scope) -> Iterator[Finding]:
        if not scope.is_everything:
            return
        for cadence, first, last in self._stretches():
            common = set.intersection(*(places_of(seen, key) for key in cadence.people))
            days = (self.problem.session_by_number[session].day for session, _ in common)
            if not any(first <= day <= last for day in days):
                names = " and ".join(self.problem.person_by_key[key].name for key in cadence.people)
                span = f"from {first.day} {first:%B} to {last.day} {last:%B}"
                said = f"{cadence.name}: {names} are never at one site together {span}."
                yield self.finding(1, cadence.name, said, peers=said)

    def _stretches(self) -> Iterator[tuple[Cadence, date, date]]:
        """Give each cadence with the stretches of days that end in this period."""
        for cadence in self.problem.cadences:
            if not self.problem.days or not self.problem.person_by_key.keys() >= set(cadence.people):
                continue
            first, ends = self.problem.days[0], self.problem.days[-1]
            one, length = timedelta(1), timedelta(cadence.days)
            if cadence.last and cadence.last + length >= first:
                first, last = cadence.last + one, cadence.last + length
            else:
                # Overdue, or never as far as is known: once in this rota, even where that is shorter.
                last = min(first + length - one, ends)
            while last <= ends:
                yield cadence, first, last
                first, last = last + one, last + length

    def _places(self, patterns: Sequence[Pattern]) -> list[tuple[int, str]]:
        """Give the sessions and sites at which all could be."""
        found = (
            {(duty.session, duty.site) for _, duty in pattern.cells if duty.site}
            | {(each.session, each.site) for each in pattern.person.commitments if each.site}
            for pattern in patterns
        )
        return sorted(set.intersection(*found))


def all_at(patterns: Sequence[Pattern], session: int, site: str) -> Sum:
    """Is one when everybody is at the site in the session, else nought.

    Rows know "any of these" and no "all of these": the one follows from the other by inclusion and exclusion.
    """
    cells = [
        (pattern.person.name, tuple(pattern.at(session, site).cells))
        for pattern in patterns
        if not pattern.at(session, site).constant
    ]
    if not cells:
        return Sum(constant=1)
    sums = []
    for size in range(1, len(cells) + 1):
        for some in combinations(cells, size):
            names = " or ".join(name for name, _ in some)
            groups = tuple((cell,) for _, own in some for cell in own)
            any_of = AnyOf(f"{names} at {site} in session {session}", groups)
            sums.append(Sum({any_of: 1 if size % 2 else -1}))
    return total(sums)
