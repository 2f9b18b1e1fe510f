"""Which offers a learner could have in some weeks, best first, and for all others the first rule that stops
it.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from rota.solver.result import TIERS
from rota.solver.rotation_plan.looking import findings_in
from rota.solver.rotation_plan.problem import Learner, Problem, Stay
from rota.solver.rotation_plan.rules import rules_of
from rota.solver.rotation_plan.rules.kinds import StayRule
from rota.solver.rotation_plan.solution import Plan, Rotations, Scope
from rota.solver.rule import Finding


@dataclass(frozen=True)
class Reason:
    """A rule that stops a stay: its code, a sentence for leads and one for others."""

    rule: str
    said: str
    said_to_peers: str


@dataclass(frozen=True)
class Option:
    """An offer looked at for a learner in some weeks. `rank` counts from 1 for those that can be; `reasons`
    say what stops the others, the first rule first.

    `change_by_tier` is what it would change (below nought is a gain), `costs` says what of it speaks
    against it.
    """

    offer: int
    rank: int | None
    reasons: tuple[Reason, ...]
    said: str
    said_to_peers: str
    change_by_tier: tuple[tuple[str, int], ...] = ()
    costs: tuple[str, ...] = ()

    @property
    def can(self) -> bool:
        return self.rank is not None

    @property
    def rule(self) -> str | None:
        """The code of the first rule that stops it."""
        return self.reasons[0].rule if self.reasons else None


def options(problem: Problem, plan: Plan, learner: str, first: int, weeks: int) -> tuple[Option, ...]:
    """Look at every offer for a learner in some weeks, in place of what they do then."""
    asked = Asked(problem, plan, problem.learner_by_key[learner])
    stays = [Stay(learner, offer.number, first, weeks) for offer in problem.offers]
    stopped = {stay: asked.stopped(stay) for stay in stays}
    able = sorted((asked.change(stay), stay) for stay in stays if not stopped[stay])
    ranked = [asked.able(stay, rank) for rank, (_, stay) in enumerate(able, 1)]
    unable = [asked.unable(stay, stopped[stay]) for stay in stays if stopped[stay]]
    return (*ranked, *unable)


def why_not(problem: Problem, plan: Plan, stay: Stay) -> tuple[Reason, ...]:
    """Say which rules stop a stay, in place of what its learner does then; nothing where none does."""
    return Asked(problem, plan, problem.learner_by_key[stay.learner]).stopped(stay)


class Asked:
    """One learner for whom a stay is sought."""

    def __init__(self, problem: Problem, plan: Plan, learner: Learner) -> None:
        self.problem, self.plan, self.learner = problem, plan, learner
        self.rules = rules_of(problem)
        self.stay_rules = [rule for rule in self.rules if isinstance(rule, StayRule) and rule.is_hard]
        # What a stay itself breaks is looked at first, and need not be looked at again.
        self.other_rules = [rule for rule in self.rules if rule not in self.stay_rules]
        self.scope = Scope(frozenset({learner.key}))
        self._before = self._found_in(plan)
        self._after: dict[Stay, list[Finding]] = {}

    def stopped(self, stay: Stay) -> tuple[Reason, ...]:
        """Give the rules that stop a stay: those about it alone first."""
        found = []
        for rule in self.stay_rules:
            if said := rule.stops(self.learner, stay):
                found.append(Reason(rule.card.code, said, rule.peers_are_told(said)))
        return tuple(dict.fromkeys(found)) or self._breaks(stay)

    def change(self, stay: Stay) -> tuple[int, ...]:
        """Say what a stay changes in each tier."""
        change = dict.fromkeys(TIERS, 0)
        for times, found in ((-1, self._before), (1, self._found_with(stay))):
            for each in found:
                change[each.tier] += times * each.amount
        return tuple(change.values())

    def able(self, stay: Stay, rank: int) -> Option:
        """Give a stay that can be."""
        name = self.problem.offer_by_number[stay.offer].name
        said = f"{self.learner.name} can be placed with {name}."
        by_tier = tuple(
            (tier, amount) for tier, amount in zip(TIERS, self.change(stay), strict=True) if amount
        )
        known = {each.said for each in self._before}
        new = [each.said for each in self._found_with(stay) if each.amount and each.said not in known]
        return Option(stay.offer, rank, (), said, said, by_tier, tuple(dict.fromkeys(new)))

    def unable(self, stay: Stay, reasons: tuple[Reason, ...]) -> Option:
        """Give a stay that cannot be."""
        return Option(stay.offer, None, reasons, reasons[0].said, reasons[0].said_to_peers)

    def _breaks(self, stay: Stay) -> tuple[Reason, ...]:
        """Give the rules that a plan with a stay breaks further than it does now."""
        with_it = self._found_with(stay)
        worse = sizes(with_it) - sizes(self._before)
        known = {each.said for each in self._before}
        found = [each for each in with_it if each.is_breach and each.code in worse]
        found.sort(key=lambda each: each.said in known)
        return tuple(dict.fromkeys(Reason(each.code, each.said, each.said_to_peers) for each in found))

    def _found_with(self, stay: Stay) -> list[Finding]:
        if stay not in self._after:
            self._after[stay] = self._found_in(self.plan.with_instead(stay))
        return self._after[stay]

    def _found_in(self, plan: Plan) -> list[Finding]:
        return list(findings_in(Rotations(self.problem, plan), self.scope, self.other_rules))


def sizes(found: Iterable[Finding]) -> Counter[str]:
    """Sum the sizes of breaches by rule: a rule that is broken already may be broken less."""
    sums: Counter[str] = Counter()
    for each in found:
        if each.is_breach:
            sums[each.code] += each.size
    return sums
