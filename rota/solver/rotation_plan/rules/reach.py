"""P19: whether a learner can get there, and how long that takes."""

from collections.abc import Iterator
from dataclasses import replace

from rota.solver.rotation_plan.problem import Learner, Offer, Problem, Stay
from rota.solver.rotation_plan.rules.kinds import NOT_AVAILABLE, LearnerRule, StayRule
from rota.solver.rotation_plan.solution import Rotations
from rota.solver.rotation_plan.stays import Pattern
from rota.solver.row import Sum, begun
from rota.solver.rule import Card, Finding, RuleChoice

QUARTER = 15  # minutes

CARD = Card(
    code="P19",
    name="Within reach",
    words="A learner can get to a placement in the time that may be asked; near ones are preferred.",
    source="Each learner's travel and caring; adjustments under the Equality Act 2010 are never broken",
    severity="H1",
    tier="T4",
    weight=20,
    parameters={"easy": 30, "quarter": 1},
    parameter_words={
        "easy": "minutes of travel that cost nothing",
        "quarter": "cost of each begun quarter of an hour above, for each block",
    },
)


class RuledOut(StayRule):
    """What an adjustment rules out stays so, however the rule is set."""

    card = CARD

    def __init__(self, choice: RuleChoice, problem: Problem) -> None:
        super().__init__(replace(choice, severity="H0"), problem)

    def refuses(self, learner: Learner, offer: Offer) -> str | None:
        if offer.site and offer.site in learner.unreachable:
            return f"An adjustment rules out {offer.name} for {learner.name}."
        if learner.only is not None and offer.number not in learner.only:
            return f"{offer.name} is not among the offers open to {learner.name}."
        return None

    def peers_are_told(self, said: str) -> str:
        return NOT_AVAILABLE


class TooFar(StayRule):
    card = CARD

    def refuses(self, learner: Learner, offer: Offer) -> str | None:
        minutes = learner.travel.get(offer.site, 0)
        if learner.longest_travel is None or minutes <= learner.longest_travel:
            return None
        most = learner.longest_travel
        return f"{offer.name} is {minutes} minutes away for {learner.name}; {most} is what may be asked."

    def peers_are_told(self, said: str) -> str:
        return NOT_AVAILABLE


class EasyTravel(LearnerRule):
    card = CARD

    def __init__(self, choice: RuleChoice, problem: Problem) -> None:
        price = int(choice.parameters.get("quarter", self.card.parameters["quarter"]))
        super().__init__(replace(choice, severity="soft", tier="T4", weight=price), problem)

    def enforce(self, person: Learner, pattern: Pattern) -> None:
        for cell, stay in pattern.cells:
            if quarters := self._quarters(person, stay):
                name = f"{person.name} travels to {stay.offer} from {stay.first} for {stay.periods}"
                pattern.add(self.row(name, Sum({cell: quarters}), 0))

    def found_in(self, person: Learner, seen: Rotations) -> Iterator[Finding]:
        for stay in seen.stays_of(person):
            if quarters := self._quarters(person, stay):
                offer = seen.offer(stay)
                said = f"{person.name} travels {person.travel[offer.site]} minutes to {offer.name}."
                yield self.tell(
                    person, quarters, said, peers=NOT_AVAILABLE, period=stay.first, offer=stay.offer
                )

    def _quarters(self, person: Learner, stay: Stay) -> int:
        minutes = person.travel.get(self.problem.offer_by_number[stay.offer].site, 0)
        blocks = -(-stay.periods // self.problem.programme_of(person).block)
        return blocks * begun(minutes - self.number("easy"), QUARTER)
