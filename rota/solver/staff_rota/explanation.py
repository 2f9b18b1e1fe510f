"""Who could take a duty, best first, and for everyone else the first rule that stops them."""

from collections import Counter
from dataclasses import dataclass

from rota.solver.result import TIERS
from rota.solver.rule import Finding
from rota.solver.staff_rota.looking import findings
from rota.solver.staff_rota.problem import Duty, Person, Placement, Problem
from rota.solver.staff_rota.rules import rules_of
from rota.solver.staff_rota.rules.kinds import CellRule, StaffRule
from rota.solver.staff_rota.solution import Plan, Scope


@dataclass(frozen=True)
class Candidate:
    """A person looked at for a duty. `rank` counts from 1 for those who can; `rule` names what stops the
    others.

    `change_by_tier` is what placing them would change (below nought is a gain). Show peers only
    `said_to_peers`.
    """

    person: str
    name: str
    rank: int | None
    rule: str | None
    said: str
    said_to_peers: str
    change_by_tier: tuple[tuple[str, int], ...] = ()

    @property
    def can(self) -> bool:
        return self.rank is not None


def candidates(problem: Problem, plan: Plan, duty: int) -> tuple[Candidate, ...]:
    """Look at everybody for a duty: those who can, best first, then those who cannot, each with the first
    rule.
    """
    asked = Asked(problem, plan, problem.duty_by_number[duty])
    able, unable = [], []
    for person in problem.people:
        stopped = asked.stopped(person)
        if stopped is None:
            able.append((asked.change(person), person))
        else:
            unable.append(Candidate(person.key, person.name, None, *stopped))
    able.sort(key=lambda each: (each[0], each[1].name))
    ranked = [asked.able(person, change, place) for place, (change, person) in enumerate(able, 1)]
    return (*ranked, *sorted(unable, key=lambda each: (each.rule or "", each.name)))


class Asked:
    """One duty for which people are sought."""

    def __init__(self, problem: Problem, plan: Plan, duty: Duty) -> None:
        self.problem = problem
        self.plan = plan
        self.duty = duty
        self.rules = rules_of(problem)
        self.cell_rules = [rule for rule in self.rules if isinstance(rule, CellRule) and rule.is_hard]

    def stopped(self, person: Person) -> tuple[str, str, str] | None:
        """Give the code of the first rule that stops a person and both sentences; None when nothing does."""
        if Placement(person.key, self.duty.number) in self.plan.placements:
            said = f"{person.name} is on this duty already."
            return "", said, said
        for rule in self.cell_rules:
            if rule.binds(person) and (reason := rule.stops(person, self.duty)):
                return rule.card.code, reason, rule.peers_are_told(person)
        before = Counter(
            (each.code, each.about, each.said) for each in self._found(person, self.plan) if each.is_breach
        )
        for each in self._found(person, self._with(person)):
            if each.is_breach and not before[each.code, each.about, each.said]:
                return each.code, each.said, each.said_to_peers
        return None

    def change(self, person: Person) -> tuple[int, ...]:
        """Say what placing a person changes in each tier, as far as their plan and this session show it."""
        change = dict.fromkeys(TIERS, 0)
        for times, plan in ((-1, self.plan), (1, self._with(person))):
            for each in self._found(person, plan):
                change[each.tier] += times * each.amount
        return tuple(change.values())

    def able(self, person: Person, change: tuple[int, ...], rank: int) -> Candidate:
        """Give someone who can take the duty."""
        said = f"{person.name} can take this duty."
        by_tier = tuple((tier, amount) for tier, amount in zip(TIERS, change, strict=True) if amount)
        return Candidate(person.key, person.name, rank, None, said, said, by_tier)

    def _with(self, person: Person) -> Plan:
        return self.plan.adding(Placement(person.key, self.duty.number))

    def _found(self, person: Person, plan: Plan) -> list[Finding]:
        scope = Scope(frozenset({person.key}), frozenset({self.duty.session}))
        rules: tuple[StaffRule, ...] = self.rules
        return list(findings(self.problem, plan, scope, rules))
