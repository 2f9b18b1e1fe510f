"""The kinds of rotation rules: about one stay, about one learner, about learners together."""

from collections.abc import Iterator

from rota.solver.rotation_plan.problem import Learner, Offer, Problem, Requirement, Stay
from rota.solver.rotation_plan.solution import Rotations, Scope
from rota.solver.rotation_plan.stays import Pattern, Stays
from rota.solver.row import Sum
from rota.solver.rule import Finding, LinkingRule, PersonalRule, RuleChoice

NOT_AVAILABLE = "Not available."


class LearnerRule(PersonalRule[Learner, Pattern, Rotations]):
    """A rule about one learner's stays."""

    def __init__(self, choice: RuleChoice, problem: Problem) -> None:
        super().__init__(choice)
        self.problem = problem

    def tell(
        self,
        learner: Learner,
        size: int,
        said: str,
        *,
        peers: str = "",
        soft: bool = False,
        times: int = 1,
        tier: str = "",
        severity: str = "",
        period: int | None = None,
        offer: int | None = None,
    ) -> Finding:
        """Tell of this learner; others hear the same unless they are told something else."""
        return self.finding(
            size,
            learner.name,
            said,
            peers=peers or said,
            soft=soft,
            times=times,
            tier=tier,
            severity=severity,
            person=learner.key,
            session=period,
            duty=offer,
        )


class StayRule(LearnerRule):
    """A rule about one stay, whatever else is planned: it says why it may not be."""

    def refuses(self, learner: Learner, offer: Offer) -> str | None:
        """Say in a sentence why this offer is closed to this learner at any time, or None."""
        return None

    def refuses_stay(self, learner: Learner, offer: Offer, stay: Stay) -> str | None:
        """Say why this very stay may not be, or None."""
        return None

    def minds_stays(self, learner: Learner, offer: Offer) -> bool:
        """Say whether some stays with an offer on a learner's calendar may be refused, and others not."""
        return False

    def stops(self, learner: Learner, stay: Stay) -> str | None:
        """Say why a stay may not be, or None."""
        offer = self.problem.offer_by_number[stay.offer]
        return self.refuses(learner, offer) or self.refuses_stay(learner, offer, stay)

    def peers_are_told(self, said: str) -> str:
        """Say the same to others; some reasons are known to few."""
        return said

    def enforce(self, person: Learner, pattern: Pattern) -> None:
        for cell, stay in pattern.cells:
            if self.stops(person, stay):
                name = f"keeps {person.name} off {stay.offer} from {stay.first} for {stay.periods}"
                pattern.add(self.row(name, Sum.of([cell]), 0))

    def found_in(self, person: Learner, seen: Rotations) -> Iterator[Finding]:
        for stay in seen.stays_of(person):
            if said := self.stops(person, stay):
                peers = self.peers_are_told(said)
                yield self.tell(person, 1, said, peers=peers, period=stay.first, offer=stay.offer)


class TogetherRule(LinkingRule[Stays, Rotations, Scope]):
    """A rule that ties learners together."""

    def __init__(self, choice: RuleChoice, problem: Problem) -> None:
        super().__init__(choice)
        self.problem = problem


def number_of(count: int, unit: str) -> str:
    """Say a number of things: '1 week', '2 weeks'."""
    return f"{count} {unit}{'' if count == 1 else 's'}"


def part_of(requirement: Requirement, offer: Offer) -> int:
    """Say which part of a week with an offer counts for a requirement, in per cent."""
    return min(100, sum(part for key, part in offer.settings.items() if key in requirement.fulfilled_by))


RotationRule = LearnerRule | TogetherRule
