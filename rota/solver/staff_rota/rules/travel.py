"""R29: a change of site within a day must be possible, and is better avoided."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from rota.solver.row import total
from rota.solver.rule import Card, Finding
from rota.solver.staff_rota.placements import Pattern
from rota.solver.staff_rota.problem import Person
from rota.solver.staff_rota.rules.kinds import HumanRule
from rota.solver.staff_rota.solution import Rota, Spell


class SiteHop(HumanRule):
    card = Card(
        code="R29",
        name="Site hop in a day",
        words="Nobody changes site faster than the journey takes; each change of site in a day costs.",
        source="Travel times between sites",
        severity="H0",
        tier="T4",
        weight=4,
        parameters={"unknown_minutes": 20},
        parameter_words={"unknown_minutes": "journey between two sites for which no time is recorded"},
    )

    def enforce(self, person: Person, pattern: Pattern) -> None:
        spells = dict(pattern.spells())
        for one, other in self._unreachable(list(spells)):
            name = f"{person.name} not at {one.site} {one.starts} and {other.site} {other.starts}"
            pattern.add(self.row(name, spells[one] + spells[other], 1))
        by_day: dict[date, set[str]] = {}
        for spell in spells:
            if spell.site:
                by_day.setdefault(spell.starts.date(), set()).add(spell.site)
        for day, sites in by_day.items():
            if len(sites) > 1:
                visits = total(pattern.visits(day, site) for site in sorted(sites))
                pattern.add(self.row(f"{person.name} stays at one site on {day}", visits, 1, soft=True))

    def found_in(self, person: Person, seen: Rota) -> Iterator[Finding]:
        spells = seen.spells_of(person)
        for one, other in self._unreachable(spells):
            said = f"{person.name} cannot get from {self._name(one)} to {self._name(other)} in time"
            where = self.when(other.session)
            yield self.finding(
                1, person.name, f"{said} for {where}.", person=person.key, session=other.session
            )
        by_day: dict[date, set[str]] = {}
        for spell in spells:
            if spell.site:
                by_day.setdefault(spell.starts.date(), set()).add(spell.site)
        for day, sites in sorted(by_day.items()):
            if len(sites) > 1:
                said = f"{person.name} works at {len(sites)} sites on {day:%a} {day.day} {day:%b}."
                yield self.finding(len(sites) - 1, person.name, said, soft=True, person=person.key)

    def _unreachable(self, spells: list[Spell]) -> Iterator[tuple[Spell, Spell]]:
        by_day: dict[date, list[Spell]] = {}
        for spell in spells:
            if spell.site:
                by_day.setdefault(spell.starts.date(), []).append(spell)
        for day in by_day.values():
            for one, other in combinations(day, 2):
                gap = (other.starts - one.ends).total_seconds() / 60
                if (
                    one.session != other.session
                    and one.site != other.site
                    and gap < self._journey(one, other)
                ):
                    yield one, other

    def _journey(self, one: Spell, other: Spell) -> int:
        minutes = self.problem.site_by_code[one.site or ""].travel.get(other.site or "")
        return self.number("unknown_minutes") if minutes is None else minutes

    def _name(self, spell: Spell) -> str:
        return self.problem.site_by_code[spell.site or ""].name
