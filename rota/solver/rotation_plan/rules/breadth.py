"""P15 and P16: the disciplines that a learner sees, and the half-days with others."""

from collections.abc import Iterator
from dataclasses import replace

from rota.solver.rotation_plan.problem import Learner, Offer, Problem
from rota.solver.rotation_plan.rules.kinds import LearnerRule, number_of
from rota.solver.rotation_plan.solution import Rotations
from rota.solver.rotation_plan.stays import Pattern
from rota.solver.row import Sum, total
from rota.solver.rule import Card, Finding, RuleChoice


class Breadth(LearnerRule):
    card = Card(
        code="P15",
        name="Breadth",
        words="A learner sees as many disciplines as the programme asks, and those that it names.",
        source="Programme standards; the House of Lords on training across professions",
        severity="soft",
        tier="T2",
        weight=120,
        parameters={"named": 60},
        parameter_words={"named": "cost of each discipline asked for by name"},
    )

    def enforce(self, person: Learner, pattern: Pattern) -> None:
        if missing := self._still_to_see(person):
            found = {
                name for _, stay in pattern.cells for name in shown_by(pattern.offer(stay))
            } - person.seen
            seen = total(sees(pattern, name) for name in sorted(found))
            pattern.add(self.row(f"{person.name} sees different disciplines", seen * -1 + missing, 0))

    def found_in(self, person: Learner, seen: Rotations) -> Iterator[Finding]:
        missing = self._still_to_see(person) - len(seen_by(person, seen) - person.seen)
        if missing > 0:
            asked = self.problem.programme_of(person).breadth.distinct
            said = f"{person.name} sees {missing} fewer than the {number_of(asked, 'discipline')} asked for."
            yield self.tell(person, missing, said)

    def _still_to_see(self, person: Learner) -> int:
        return max(0, self.problem.programme_of(person).breadth.distinct - len(person.seen))


class NamedDisciplines(LearnerRule):
    card = Breadth.card

    def __init__(self, choice: RuleChoice, problem: Problem) -> None:
        named = int(choice.parameters.get("named", self.card.parameters["named"]))
        super().__init__(replace(choice, weight=named), problem)

    def enforce(self, person: Learner, pattern: Pattern) -> None:
        for name in self._still_to_see(person):
            pattern.add(self.row(f"{person.name} sees {name}", sees(pattern, name) * -1 + 1, 0))

    def found_in(self, person: Learner, seen: Rotations) -> Iterator[Finding]:
        known = seen_by(person, seen)
        for name in self._still_to_see(person):
            if name not in known:
                yield self.tell(person, 1, f"{person.name} does not see {name.replace('_', ' ')}.")

    def _still_to_see(self, person: Learner) -> list[str]:
        return sorted(self.problem.programme_of(person).breadth.named - person.seen)


class ExposureSessions(LearnerRule):
    card = Card(
        code="P16",
        name="Exposure sessions",
        words="Hosts can give a learner the half-days with other disciplines that the programme asks.",
        source="Programme standards; local practice",
        severity="soft",
        tier="T2",
        weight=5,
    )

    def enforce(self, person: Learner, pattern: Pattern) -> None:
        if missing := self._still_to_do(person):
            given = ((cell, stay.periods * pattern.offer(stay).exposure) for cell, stay in pattern.cells)
            amount = Sum.weighted((cell, number) for cell, number in given if number)
            pattern.add(self.row(f"{person.name} has exposure", amount * -1 + missing, 0))

    def found_in(self, person: Learner, seen: Rotations) -> Iterator[Finding]:
        given = sum(stay.periods * seen.offer(stay).exposure for stay in seen.stays_of(person))
        if (missing := self._still_to_do(person) - given) > 0:
            said = (
                f"{person.name} can be given {missing} fewer half-days with other disciplines than asked for."
            )
            yield self.tell(person, missing, said)

    def _still_to_do(self, person: Learner) -> int:
        return max(0, self.problem.programme_of(person).exposure - person.exposed)


def shown_by(offer: Offer) -> frozenset[str]:
    """Give the disciplines that a learner sees with an offer."""
    return offer.shows | ({offer.discipline} if offer.discipline else frozenset())


def sees(pattern: Pattern, discipline: str) -> Sum:
    """Is one when a learner sees a discipline, else nought."""
    cells = [(cell, stay) for cell, stay in pattern.cells if discipline in shown_by(pattern.offer(stay))]
    return pattern.any_of(f"sees {discipline}", cells)


def seen_by(person: Learner, seen: Rotations) -> frozenset[str]:
    """Give the disciplines that a learner knows or sees."""
    return person.seen.union(*(shown_by(seen.offer(stay)) for stay in seen.stays_of(person)))
