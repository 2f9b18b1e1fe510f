"""Looking at a plan without a solver: breaches, told costs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rota.solver.result import Cost
from rota.solver.rotation_plan.problem import Problem
from rota.solver.rotation_plan.rules import rules_of
from rota.solver.rotation_plan.rules.kinds import LearnerRule, RotationRule
from rota.solver.rotation_plan.solution import EVERYTHING, Plan, Rotations, Scope
from rota.solver.rule import Finding


@dataclass(frozen=True)
class Breach:
    """A hard rule that a plan breaks: `severity` H0 or H1, how much, a sentence for leads and one for
    others.

    `learner`, `period` and `offer` say where, as far as it is one place.
    """

    code: str
    severity: str
    size: int
    about: str
    said: str
    said_to_peers: str
    learner: str | None = None
    period: int | None = None
    offer: int | None = None


def findings(problem: Problem, plan: Plan, scope: Scope = EVERYTHING) -> Iterator[Finding]:
    """Look at a plan, or the part of some learners, with every rule that the problem has."""
    return findings_in(Rotations(problem, plan), scope, rules_of(problem))


def findings_in(seen: Rotations, scope: Scope, rules: Sequence[RotationRule]) -> Iterator[Finding]:
    """Look at a plan with some rules."""
    learners = [learner for learner in seen.problem.learners if scope.has(learner.key)]
    for rule in rules:
        if isinstance(rule, LearnerRule):
            for learner in learners:
                yield from rule.found_in(learner, seen)
        else:
            yield from rule.found_in(seen, scope)


def breaches(problem: Problem, plan: Plan, scope: Scope = EVERYTHING) -> tuple[Breach, ...]:
    """Tell every hard rule that a plan breaks; with a scope, look only at some learners."""
    return tuple(breach_of(each) for each in findings(problem, plan, scope) if each.is_breach)


def costs(problem: Problem, plan: Plan, scope: Scope = EVERYTHING) -> tuple[Cost, ...]:
    """Tell what a plan costs; over the whole plan, the costs of a tier sum to what the search minimises."""
    return tuple(cost_of(each) for each in findings(problem, plan, scope) if each.amount)


def unmet(problem: Problem, plan: Plan) -> tuple[Cost, ...]:
    """Tell what learners miss: requirements and weeks without a placement, the dearest first."""
    missing = (each for each in costs(problem, plan) if each.code in ("P02", "P03"))
    return tuple(sorted(missing, key=lambda cost: (-cost.amount, cost.said)))


def breach_of(finding: Finding) -> Breach:
    """Give a finding of a hard rule as a breach."""
    return Breach(
        finding.code,
        finding.severity,
        finding.size,
        finding.about,
        finding.said,
        finding.said_to_peers,
        finding.person,
        finding.session,
        finding.duty,
    )


def cost_of(finding: Finding) -> Cost:
    """Give a finding as a told cost."""
    return Cost(finding.code, finding.about, finding.tier, finding.amount, finding.said)
