"""What a change of a rota comes to: who moves, what is short, what is broken, what it costs."""

from collections import Counter
from functools import cached_property

from rota.solver.rule import Finding
from rota.solver.staff_rota.ask import Effect, Move
from rota.solver.staff_rota.looking import findings_in, shortfalls
from rota.solver.staff_rota.problem import Problem
from rota.solver.staff_rota.rules import rules_of
from rota.solver.staff_rota.rules.kinds import PersonRule
from rota.solver.staff_rota.rules.single_place import Pins
from rota.solver.staff_rota.solution import EVERYTHING, Plan, Rota, Scope


class Effects:
    """One rota, and what changes of it would come to."""

    def __init__(self, problem: Problem, now: Plan) -> None:
        self.problem = problem
        self.now = now
        # A pin that is moved has been taken out: that breaks nothing.
        rules = [rule for rule in rules_of(problem) if not isinstance(rule, Pins)]
        self._personal = [rule for rule in rules if isinstance(rule, PersonRule)]
        self._linking = [rule for rule in rules if not isinstance(rule, PersonRule)]

    def of(self, plan: Plan) -> Effect:
        """Say what another plan comes to: rules about one person are asked only of those who change."""
        differ = plan.placements ^ self.now.placements
        people = Scope(frozenset(each.person for each in differ))
        before = [*self._linking_now, *findings_in(self._seen, people, self._personal)]
        seen = Rota(self.problem, plan)
        after = [
            *findings_in(seen, EVERYTHING, self._linking),
            *findings_in(seen, people, self._personal),
        ]
        by_tier = Counter[str]()
        for times, found in ((-1, before), (1, after)):
            for each in found:
                by_tier[each.tier] += times * each.amount
        return Effect(
            short_before=self._short_now,
            short_after=self._short_now + self._shorter(seen, {each.duty for each in differ}),
            breaks=tuple(_broken(after) - _broken(before)),
            mends=tuple(_broken(before) - _broken(after)),
            change_by_tier={tier: amount for tier, amount in sorted(by_tier.items()) if amount},
        )

    @cached_property
    def _seen(self) -> Rota:
        return Rota(self.problem, self.now)

    @cached_property
    def _linking_now(self) -> list[Finding]:
        return list(findings_in(self._seen, EVERYTHING, self._linking))

    @cached_property
    def _short_now(self) -> int:
        return sum(each.missing for each in shortfalls(self.problem, self.now))

    def _shorter(self, seen: Rota, touched: set[int]) -> int:
        """Count by how many more people some duties are short of their minimum."""
        duties = [self.problem.duty_by_number[number] for number in touched]
        return sum(
            times * max(0, duty.minimum - rota.cover_of(duty))
            for times, rota in ((-1, self._seen), (1, seen))
            for duty in duties
        )


def _broken(found: list[Finding]) -> Counter[str]:
    """Give the sentences about hard rules, each once."""
    return Counter(dict.fromkeys((each.said for each in found if each.is_breach), 1))


def moves_between(problem: Problem, before: Plan, after: Plan) -> list[Move]:
    """Give each person's sessions that differ, in order of time."""
    gone, come = before.placements - after.placements, after.placements - before.placements
    duties: dict[tuple[int, str], list[int | None]] = {}
    for place, placements in enumerate((gone, come)):
        for each in sorted(placements):
            session = problem.duty_by_number[each.duty].session
            duties.setdefault((session, each.person), [None, None])[place] = each.duty
    return [
        Move(person, problem.person_by_key[person].name, session, *pair)
        for (session, person), pair in sorted(duties.items())
    ]
