"""R31 and R32: people work near their base, and their wishes are heard."""

from collections.abc import Iterator

from rota.solver.row import Sum, begun, total
from rota.solver.rule import Card, Finding
from rota.solver.staff_rota.placements import Pattern
from rota.solver.staff_rota.problem import Duty, Person, Wish
from rota.solver.staff_rota.rules.kinds import PersonRule
from rota.solver.staff_rota.solution import Rota


class Continuity(PersonRule):
    card = Card(
        code="R31",
        name="Home site and continuity",
        words="People work at their own base where they can.",
        source="Continuity of care",
        severity="soft",
        tier="T4",
        weight=3,
    )

    def enforce(self, person: Person, pattern: Pattern) -> None:
        away = Sum.of(cell for cell, duty in pattern.cells if is_away(person, duty))
        pattern.add(self.row(f"{person.name} away from base", away, 0))

    def found_in(self, person: Person, seen: Rota) -> Iterator[Finding]:
        if away := sum(is_away(person, duty) for duty in seen.duties_of(person)):
            said = f"{person.name} works {away} sessions away from base."
            yield self.finding(away, person.name, said, person=person.key)


def is_away(person: Person, duty: Duty) -> bool:
    """Say whether a duty is at another site than the person's own, or that of a placement."""
    base = person.placed_at.get(duty.session, person.home_site)
    return base is not None and duty.site is not None and duty.site != base


class Requests(PersonRule):
    card = Card(
        code="R32",
        name="Requests",
        words="Wishes to work or be off are met as far as can be, by strength; a long one weighs no more.",
        source="Staff requests",
        severity="soft",
        tier="T4",
        weight=1,
        parameters={"points": 10},
        parameter_words={"points": "points that a full post may spend on wishes for one rota"},
    )

    def enforce(self, person: Person, pattern: Pattern) -> None:
        for place, wish in enumerate(person.wishes):
            works = total(pattern.works(session) for session in sorted(wish.sessions))
            unmet = works * -1 + len(wish.sessions) if wish.works else works
            name = f"{person.name} wish {place + 1}"
            pattern.add(self.row(name, unmet * wish.strength, 0, unit=max(1, len(wish.sessions))))

    def found_in(self, person: Person, seen: Rota) -> Iterator[Finding]:
        sessions = seen.sessions_of(person) if person.wishes else set()
        for wish in person.wishes:
            worked = len(sessions & wish.sessions)
            unmet = len(wish.sessions) - worked if wish.works else worked
            if size := begun(wish.strength * unmet, max(1, len(wish.sessions))):
                yield self._tell(person, wish, unmet, size)

    def _tell(self, person: Person, wish: Wish, unmet: int, size: int) -> Finding:
        wished = "work" if wish.works else "be off"
        said = (
            f"{person.name} wished to {wished}: {unmet} of {len(wish.sessions)} sessions are not as wished."
        )
        return self.finding(size, person.name, said, person=person.key)
