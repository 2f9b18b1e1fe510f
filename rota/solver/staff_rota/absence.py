"""What an absence takes from a rota: the cover and the supervision that were there before it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from rota.solver.staff_rota.looking import Breach, Shortfall, breach_of, findings_in, shortfalls
from rota.solver.staff_rota.problem import Person, Placement, Problem
from rota.solver.staff_rota.rules import rules_of
from rota.solver.staff_rota.solution import Plan, Rota, Scope

# The sessions that somebody cannot work after all, by the person's key.
Away = Mapping[str, frozenset[int]]
# What tells of learners left alone, or with too many others.
OF_LEARNERS = frozenset({"R11", "R12"})


@dataclass(frozen=True)
class Gaps:
    """What an absence leaves: duties below their minimum that had more before, and learners left alone."""

    short: tuple[Shortfall, ...]
    unsupervised: tuple[Breach, ...]

    @property
    def are_none(self) -> bool:
        return not self.short and not self.unsupervised


def with_away(problem: Problem, away: Away) -> Problem:
    """Give the problem in which these people cannot work in these sessions."""
    return replace(problem, people=tuple(_absent(person, away) for person in problem.people))


def with_present(problem: Problem, away: Away) -> Problem:
    """Give the problem as it was before these people were away."""
    return replace(problem, people=tuple(_present(person, away) for person in problem.people))


def lost_by(problem: Problem, plan: Plan, away: Away) -> frozenset[Placement]:
    """Give the placements that nobody is there for any more."""
    known = problem.duty_by_number
    return frozenset(
        each for each in plan.placements if known[each.duty].session in away.get(each.person, ())
    )


def gaps_left(problem: Problem, before: Plan, after: Plan, away: Away) -> Gaps:
    """Say what is worse in a plan than it was before some people were away, in the sessions it touches."""
    known = problem.duty_by_number
    touched = {known[each.duty].session for each in before.placements ^ after.placements}
    scope = Scope(sessions=frozenset(touched))
    then, now = with_present(problem, away), with_away(problem, away)
    was, found = Rota(then, before), Rota(now, after)
    short = tuple(
        each
        for each in shortfalls(now, after)
        if each.missing
        and each.session in touched
        and found.cover_of(known[each.duty]) < was.cover_of(known[each.duty])
    )
    known_alone = {(each.code, each.session, each.about, each.size) for each in _alone(was, scope)}
    alone = {
        # Minutes and numbers may be missing at once: that is one place to look after.
        (each.session, each.about): each
        for each in reversed(list(_alone(found, scope)))
        if (each.code, each.session, each.about, each.size) not in known_alone
    }
    return Gaps(short, tuple(alone[key] for key in sorted(alone, key=lambda key: (key[0] or 0, key[1]))))


def _alone(seen: Rota, scope: Scope) -> Iterator[Breach]:
    """Tell of learners without enough supervision."""
    rules = [rule for rule in rules_of(seen.problem) if rule.is_hard and rule.card.code in OF_LEARNERS]
    yield from (breach_of(finding) for finding in findings_in(seen, scope, rules) if finding.is_breach)


def _absent(person: Person, away: Away) -> Person:
    sessions = away.get(person.key)
    if not sessions:
        return person
    unavailable = {**dict.fromkeys(sorted(sessions), "away"), **person.unavailable}
    return replace(person, unavailable=unavailable, absent=person.absent | sessions)


def _present(person: Person, away: Away) -> Person:
    sessions = away.get(person.key)
    if not sessions:
        return person
    unavailable = {number: why for number, why in person.unavailable.items() if number not in sessions}
    return replace(person, unavailable=unavailable, absent=person.absent - sessions)
