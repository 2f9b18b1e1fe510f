"""Looking at a plan without a solver: breaches, told costs, shortfalls."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rota.solver.result import Cost
from rota.solver.rule import Finding
from rota.solver.staff_rota.problem import Person, Placement, Problem
from rota.solver.staff_rota.rules import rules_of
from rota.solver.staff_rota.rules.kinds import CellRule, PersonRule, StaffRule
from rota.solver.staff_rota.solution import EVERYTHING, Plan, Rota, Scope


@dataclass(frozen=True)
class Breach:
    """A hard rule that a plan breaks: `severity` H0 or H1, how much, a sentence for managers and one for
    peers.
    """

    code: str
    severity: str
    size: int
    about: str
    said: str
    said_to_peers: str
    person: str | None = None
    session: int | None = None
    duty: int | None = None


@dataclass(frozen=True)
class Shortfall:
    """Cover that a duty lacks: how many it has, its minimum and what was desired."""

    duty: int
    session: int
    have: int
    minimum: int
    desired: int
    said: str

    @property
    def missing(self) -> int:
        """Count the people missing to the minimum."""
        return max(0, self.minimum - self.have)


def findings(problem: Problem, plan: Plan, scope: Scope = EVERYTHING) -> Iterator[Finding]:
    """Look at a plan, or a part of it, with every rule that the problem has."""
    return findings_in(Rota(problem, plan), scope, rules_of(problem))


def findings_in(seen: Rota, scope: Scope, rules: Sequence[StaffRule]) -> Iterator[Finding]:
    """Look at a rota, or a part of it, with some rules."""
    people = people_in(scope, seen)
    for rule in rules:
        if not isinstance(rule, PersonRule):
            yield from rule.found_in(seen, scope)
            continue
        for person in people:
            if rule.binds(person):
                yield from rule.found_in(person, seen)


def people_in(scope: Scope, seen: Rota) -> list[Person]:
    """Give the people to look at: those named, or those placed in the sessions named."""
    people = [person for person in seen.problem.people if scope.has_person(person.key)]
    if scope.people is not None or scope.sessions is None:
        return people
    placed = {person.key for session in scope.sessions for person, _ in seen.placed_in(session)}
    return [person for person in people if person.key in placed]


def breaches(problem: Problem, plan: Plan, scope: Scope = EVERYTHING) -> tuple[Breach, ...]:
    """Tell every hard rule that a plan breaks; with a scope, look only at some people and sessions."""
    return breaches_seen(Rota(problem, plan), scope)


def breaches_seen(seen: Rota, scope: Scope = EVERYTHING) -> tuple[Breach, ...]:
    """Tell the same of a plan that is looked at already."""
    # What is soft can cost, but breaks nothing.
    hard = [rule for rule in rules_of(seen.problem) if rule.is_hard]
    found = findings_in(seen, scope, hard)
    return tuple(breach_of(finding) for finding in found if finding.is_breach)


class Memory:
    """What the rules about one person found before: the same placements break the same rules.

    It serves problems that differ in placements, pins, the day, and duties numbered from `fixed` up, and in
    nothing else.
    """

    MOST_KEPT = 20_000

    def __init__(self, fixed: int) -> None:
        self.fixed = fixed
        self._found: dict[object, list[tuple[Finding, ...]]] = {}

    def breaches(self, seen: Rota) -> tuple[Breach, ...]:
        """Tell every hard rule that a plan breaks, looking again only at those whose placements are new."""
        rules = [rule for rule in rules_of(seen.problem) if rule.is_hard]
        bound = _by_person(seen.problem.pins), _by_person(seen.problem.published)
        by_person = [self._of(person, seen, rules, bound) for person in seen.problem.people]
        found: list[Finding] = []
        for place, rule in enumerate(rules):
            if isinstance(rule, PersonRule):
                found += (each for known in by_person for each in known[place])
            else:
                found += rule.found_in(seen, EVERYTHING)
        return tuple(breach_of(finding) for finding in found if finding.is_breach)

    def _of(
        self,
        person: Person,
        seen: Rota,
        rules: Sequence[StaffRule],
        bound: tuple[Mapping[str, list[int]], ...],
    ) -> list[tuple[Finding, ...]]:
        """Give what each rule finds of one person."""
        known = seen.problem.duty_by_number
        mine = [duty.number for duty in seen.duties_of(person)]
        placed = (mine, *(each.get(person.key, []) for each in bound))
        # Numbers from `fixed` up are given anew in every problem: there the duty itself counts.
        marks = (
            tuple(number if number < self.fixed else known[number] for number in each) for each in placed
        )
        key = person.key, seen.problem.today, *marks
        found = self._found.get(key)
        if found is None:
            found = [tuple(_found_of(rule, person, seen)) for rule in rules]
            if len(self._found) >= self.MOST_KEPT:
                self._found.clear()
            self._found[key] = found
        return found


def _found_of(rule: StaffRule, person: Person, seen: Rota) -> Iterator[Finding]:
    if isinstance(rule, PersonRule) and rule.binds(person):
        yield from rule.found_in(person, seen)


def _by_person(placements: Iterable[Placement]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for placement in placements:
        found.setdefault(placement.person, []).append(placement.duty)
    return {person: sorted(numbers) for person, numbers in found.items()}


def costs(problem: Problem, plan: Plan, scope: Scope = EVERYTHING) -> tuple[Cost, ...]:
    """Tell what a plan costs; over the whole plan, the costs of a tier sum to what the search minimises."""
    return tuple(
        Cost(finding.code, finding.about, finding.tier, finding.amount, finding.said)
        for finding in findings(problem, plan, scope)
        if finding.amount
    )


def shortfalls(problem: Problem, plan: Plan) -> tuple[Shortfall, ...]:
    """Tell every duty with fewer people than desired, those below their minimum first."""
    seen = Rota(problem, plan)
    found = []
    for duty in problem.duties:
        have = seen.cover_of(duty)
        if have < duty.desired:
            where = problem.site_by_code[duty.site].name if duty.site else "remote"
            when = problem.session_by_number[duty.session].said
            wanted = f"at least {duty.minimum}" if have < duty.minimum else f"{duty.desired} desired"
            said = f"{duty.activity} ({duty.role_group}, {where}) on {when} has {have} of {wanted}."
            found.append(Shortfall(duty.number, duty.session, have, duty.minimum, duty.desired, said))
    return tuple(sorted(found, key=lambda short: (-short.missing, short.session, short.duty)))


def takers(problem: Problem) -> dict[int, int]:
    """Count, for every duty that must have somebody, those whom no rule about single cells keeps off it."""
    filters = [rule for rule in rules_of(problem) if isinstance(rule, CellRule) and rule.is_hard]
    by_role: dict[str, list[Person]] = {}
    for person in problem.people:
        by_role.setdefault(person.role, []).append(person)
    return {
        duty.number: sum(
            not any(rule.binds(person) and rule.stops(person, duty) for rule in filters)
            for role in sorted(duty.roles)
            for person in by_role.get(role, ())
        )
        for duty in problem.duties
        if duty.minimum and not duty.shut
    }


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
