"""A plan of stays, and the questions that rules ask of it. No solver is needed to answer them."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from rota.solver.rotation_plan.problem import Learner, Offer, Problem, Stay


@dataclass(frozen=True)
class Plan:
    """Who is where, and when."""

    stays: frozenset[Stay] = frozenset()

    @classmethod
    def of(cls, stays: Iterable[Stay]) -> "Plan":
        return cls(frozenset(stays))

    def adding(self, stay: Stay) -> "Plan":
        """Give this plan with one more stay."""
        return Plan(self.stays | {stay})

    def without(self, stay: Stay) -> "Plan":
        """Give this plan with one stay less."""
        return Plan(self.stays - {stay})

    def with_instead(self, stay: Stay) -> "Plan":
        """Give this plan with a stay, and without what else its learner does in that time."""
        kept = (each for each in self.stays if each.learner != stay.learner or not each.meets(stay))
        return Plan.of([*kept, stay])


@dataclass(frozen=True)
class Scope:
    """A part of a plan to look at: some learners. None means all of them.

    What ties learners together is looked at where it touches one of them.
    """

    learners: frozenset[str] | None = None

    def has(self, learner: str) -> bool:
        return self.learners is None or learner in self.learners

    def touches(self, stays: Iterable[Stay]) -> bool:
        """Say whether one of these stays is looked at."""
        return self.learners is None or any(stay.learner in self.learners for stay in stays)


EVERYTHING = Scope()


class Rotations:
    """A plan looked at: who is where, when, and beside whom."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem = problem
        self.plan = plan

    def stays_of(self, learner: Learner) -> list[Stay]:
        """Give a learner's stays in order of time."""
        return self._of.get(learner.key, [])

    def offer(self, stay: Stay) -> Offer:
        return self.problem.offer_by_number[stay.offer]

    def learner(self, stay: Stay) -> Learner:
        return self.problem.learner_by_key[stay.learner]

    def at_offer(self, number: int) -> list[Stay]:
        """Give the stays with an offer."""
        return self._at_offer.get(number, [])

    def at_host(self, host: str) -> list[Stay]:
        """Give the stays with a host, over all its offers."""
        return self._at_host.get(host, [])

    @cached_property
    def _of(self) -> dict[str, list[Stay]]:
        found: dict[str, list[Stay]] = {}
        for stay in sorted(self.plan.stays, key=lambda stay: (stay.first, stay)):
            found.setdefault(stay.learner, []).append(stay)
        return found

    @cached_property
    def _at_offer(self) -> dict[int, list[Stay]]:
        found: dict[int, list[Stay]] = {}
        for stay in sorted(self.plan.stays):
            found.setdefault(stay.offer, []).append(stay)
        return found

    @cached_property
    def _at_host(self) -> dict[str, list[Stay]]:
        found: dict[str, list[Stay]] = {}
        for stay in sorted(self.plan.stays):
            found.setdefault(self.offer(stay).host, []).append(stay)
        return found
