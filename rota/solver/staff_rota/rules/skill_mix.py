"""R09: certain people wherever certain others work."""

from collections.abc import Iterator
from functools import cached_property

from rota.solver.row import Row, Sum, begun
from rota.solver.rule import Card, Finding
from rota.solver.staff_rota.placements import Placements
from rota.solver.staff_rota.problem import Duty, Person
from rota.solver.staff_rota.rules.kinds import TeamRule
from rota.solver.staff_rota.rules.places import Place, cells_by_place, people_by_place
from rota.solver.staff_rota.solution import Rota, Scope


class SkillMix(TeamRule):
    """May stand several times in a rulebook, with other parameters each time."""

    card = Card(
        code="R09",
        name="Skill mix",
        words="Wherever certain people work at a site, so do enough of certain others.",
        source="Local clinical governance",
        severity="soft",
        tier="T1",
        weight=80,
        parameters={"have_roles": "", "have_competency": "", "for_roles": "", "for_learners": 1, "per": 6},
        parameter_words={
            "have_roles": "job roles of those who must be there, with commas; empty is any role",
            "have_competency": "competency they must hold; empty is none",
            "for_roles": "job roles that need them there, with commas; empty is none but learners",
            "for_learners": "1 when learners need them there too",
            "per": "one of them for each so many begun",
        },
    )

    def rows(self, cells: Placements) -> Iterator[Row]:
        if not self._speaks:
            return
        for place, placed in cells_by_place(cells).items():
            needing = Sum.of(cell for cell, person, duty in placed if self._needs(person, duty))
            having = Sum.of(cell for cell, person, _ in placed if self._has(person))
            per = self.number("per")
            yield self.row(f"mix at {place} {self._had}", needing - having * per, 0, unit=per)

    def found_in(self, seen: Rota, scope: Scope) -> Iterator[Finding]:
        if not self._speaks:
            return
        per = self.number("per")
        for place, placed in people_by_place(seen, scope).items():
            needing = sum(self._needs(person, duty) for person, duty in placed)
            having = sum(self._has(person) for person, _ in placed)
            if short := begun(needing - having * per, per):
                yield self._tell(place, short)

    def _tell(self, place: Place, short: int) -> Finding:
        where = self.problem.site_by_code[place.site].name if place.site else "remote"
        said = f"{where} on {self.when(place.session)} needs {short} more {self._had}."
        return self.finding(short, where, said, peers=said, session=place.session)

    @property
    def _speaks(self) -> bool:
        # Without saying who must be there, anybody would do.
        return bool(self.text("have_roles") or self.text("have_competency"))

    @property
    def _had(self) -> str:
        competency = self.text("have_competency")
        return " ".join(filter(None, [self.text("have_roles"), f"with {competency}" if competency else ""]))

    @cached_property
    def _roles(self) -> dict[str, frozenset[str]]:
        return {name: listed(self.text(name)) for name in ("have_roles", "for_roles")}

    def _has(self, person: Person) -> bool:
        roles, competency = self._roles["have_roles"], self.text("have_competency")
        fits = (not roles or person.role in roles) and (not competency or competency in person.competencies)
        return fits and self.problem.counts_as_cover(person)

    def _needs(self, person: Person, duty: Duty) -> bool:
        learns = bool(self.number("for_learners")) and person.learner is not None
        return duty.clinical and (learns or person.role in self._roles["for_roles"])


def listed(text: str) -> frozenset[str]:
    """Read a list that is written with commas."""
    return frozenset(each.strip() for each in text.split(",") if each.strip())
