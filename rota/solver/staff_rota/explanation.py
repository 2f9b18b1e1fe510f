"""Who could take a duty, best first, and for everyone else the first rule that stops them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from rota.solver.result import TIERS
from rota.solver.rule import Finding
from rota.solver.staff_rota.looking import findings_in
from rota.solver.staff_rota.problem import Duty, Person, Problem
from rota.solver.staff_rota.rules import rules_of
from rota.solver.staff_rota.rules.kinds import CellRule
from rota.solver.staff_rota.rules.single_place import overlap
from rota.solver.staff_rota.solution import Plan, Rota, Scope


@dataclass(frozen=True)
class Candidate:
    """A person looked at for a duty. `rank` counts from 1 for those who can; `rule` names what stops the
    others.

    `change_by_tier` is what placing them would change (below nought is a gain), `costs` says what of it
    speaks against them. Show peers only `said_to_peers`.
    """

    person: str
    name: str
    rank: int | None
    rule: str | None
    said: str
    said_to_peers: str
    change_by_tier: tuple[tuple[str, int], ...] = ()
    costs: tuple[str, ...] = ()

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
        self.duty = duty
        self.seen = Rota(problem, plan)
        self.rules = rules_of(problem)
        self.cell_rules = [rule for rule in self.rules if isinstance(rule, CellRule) and rule.is_hard]
        self._known: dict[str, tuple[list[Finding], list[Finding]]] = {}
        # Someone with two posts may meet themselves on a duty that began in the session before.
        self.near = frozenset(
            {duty.session, *(other.session for other in problem.duties if overlap(other, duty))}
        )

    def stopped(self, person: Person) -> tuple[str, str, str] | None:
        """Give the code of the first rule that stops a person and both sentences; None when nothing does."""
        if person in self.seen.people_on(self.duty):
            said = f"{person.name} is on this duty already."
            return "", said, said
        for rule in self.cell_rules:
            if rule.binds(person) and (reason := rule.stops(person, self.duty)):
                return rule.card.code, reason, rule.peers_are_told(person)
        known, found = self._found(person)
        worse = sizes(found) - sizes(known)
        told_already = {each.said for each in known}
        stopping = [each for each in found if each.code in worse and each.is_breach]
        # What is new says more; but a breach that only gets larger, under the same sentence, stops as well.
        for each in sorted(stopping, key=lambda each: each.said in told_already):
            return each.code, each.said, each.said_to_peers
        return None

    def change(self, person: Person) -> tuple[int, ...]:
        """Say what placing a person changes in each tier, as far as their plan and this session show it."""
        change = dict.fromkeys(TIERS, 0)
        for times, found in zip((-1, 1), self._found(person), strict=True):
            for each in found:
                change[each.tier] += times * each.amount
        return tuple(change.values())

    def able(self, person: Person, change: tuple[int, ...], rank: int) -> Candidate:
        """Give someone who can take the duty."""
        said = f"{person.name} can take this duty."
        by_tier = tuple((tier, amount) for tier, amount in zip(TIERS, change, strict=True) if amount)
        return Candidate(person.key, person.name, rank, None, said, said, by_tier, self.costs(person))

    def costs(self, person: Person) -> tuple[str, ...]:
        """Tell what placing a person would cost that it does not cost now."""
        before, found = self._found(person)
        known = {each.said for each in before}
        return tuple(dict.fromkeys(each.said for each in found if each.amount and each.said not in known))

    def _found(self, person: Person) -> tuple[list[Finding], list[Finding]]:
        """Give what is found of a person and the sessions near the duty, without them on it and with them."""
        if person.key not in self._known:
            scope = Scope(frozenset({person.key}), self.near)
            placed = self.seen.adding(person, self.duty)
            without, on_it = (list(findings_in(seen, scope, self.rules)) for seen in (self.seen, placed))
            self._known[person.key] = without, on_it
        return self._known[person.key]


def sizes(found: Iterable[Finding]) -> Counter[str]:
    """Sum the sizes of breaches by rule: a rule that is broken already may be broken less."""
    sums: Counter[str] = Counter()
    for each in found:
        if each.is_breach:
            sums[each.code] += each.size
    return sums
