"""Why a requirement is not met: for each offer that counts for it, what keeps the learner from it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from rota.solver.rotation_plan.explanation import Asked, Reason
from rota.solver.rotation_plan.problem import Learner, Offer, Problem, Requirement, Stay
from rota.solver.rotation_plan.rules.calendar import LengthOfStay
from rota.solver.rotation_plan.rules.requirements import CountsForSomething, LeastTime
from rota.solver.rotation_plan.solution import Plan, Rotations

POSSIBLE = ""


@dataclass(frozen=True)
class Unmet:
    """A requirement of a learner, the weeks it lacks, and what keeps them from each offer that counts for it.

    A reason without a rule says that an offer could be, in place of what the learner does then.
    """

    learner: str
    requirement: str
    name: str
    weeks: int
    reasons: tuple[Reason, ...]


def why_unmet(problem: Problem, plan: Plan, learner: str) -> tuple[Unmet, ...]:
    """Say of each requirement that a learner does not meet why that is so."""
    person, seen = problem.learner_by_key[learner], Rotations(problem, plan)
    sought = Sought(problem, plan, person)
    return tuple(
        Unmet(learner, each.key, each.name, weeks, sought.reasons(each))
        for rule in sought.asked.rules
        if isinstance(rule, LeastTime)
        for each, weeks in rule.lacks(person, seen)
    )


class Sought:
    """One learner for whom time towards a requirement is sought."""

    def __init__(self, problem: Problem, plan: Plan, learner: Learner) -> None:
        self.problem, self.plan, self.learner = problem, plan, learner
        self.asked = Asked(problem, plan, learner)

    def reasons(self, requirement: Requirement) -> tuple[Reason, ...]:
        """Give what keeps the learner from each offer that counts for a requirement."""
        offers = [
            offer
            for offer in self.problem.offers
            if requirement in self.problem.requirements_of(self.learner, offer)
        ]
        if not offers:
            said = f"No offer counts for {requirement.name}."
            return (Reason(CountsForSomething.card.code, said, said),)
        return tuple(dict.fromkeys(self._reason(requirement, offer) for offer in offers))

    def _reason(self, requirement: Requirement, offer: Offer) -> Reason:
        """Give what keeps the learner from an offer: what does so in most of the stretches there are."""
        found: Counter[Reason] = Counter()
        for stay in self._stays(requirement, offer):
            reasons = self.asked.stopped(stay)
            if not reasons:
                when = self.problem.while_in(stay.first, stay.end)
                said = f"{offer.name} could be {when}, in place of what {self.learner.name} does then."
                return Reason(POSSIBLE, said, said)
            found[reasons[0]] += 1
        if not found:
            said = f"No stretch of the calendar is long enough for {offer.name}."
            return Reason(LengthOfStay.card.code, said, said)
        return found.most_common(1)[0][0]

    def _stays(self, requirement: Requirement, offer: Offer) -> Iterator[Stay]:
        """Give the shortest stay from each edge of the learner's calendar."""
        least = self.problem.weeks_for(self.learner, requirement.shortest_run)
        edges = self.problem.edges[self.learner.key]
        # What they have already lacks nothing that it could give again.
        taken = {
            period
            for stay in self.plan.stays
            if (stay.learner, stay.offer) == (self.learner.key, offer.number)
            for period in stay.span
        }
        for first in edges:
            end = next((edge for edge in edges if edge - first >= least), None)
            if end is not None and first >= self.problem.now and not taken & {*range(first, end)}:
                yield Stay(self.learner.key, offer.number, first, end - first)
