"""R18, R19, R20 and R29 for a human planned under several engagements: their posts are looked at as one."""

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from rota.solver.row import Row
from rota.solver.rule import Finding, RuleChoice
from rota.solver.staff_rota.person import History
from rota.solver.staff_rota.placements import Placements
from rota.solver.staff_rota.problem import Person, Problem
from rota.solver.staff_rota.rules.kinds import HumanRule, TeamRule
from rota.solver.staff_rota.rules.long_days import LongDay
from rota.solver.staff_rota.rules.rest import DailyRest, WeeklyRest
from rota.solver.staff_rota.rules.travel import SiteHop
from rota.solver.staff_rota.solution import Rota, Scope


class AcrossPosts(TeamRule):
    """A rule about what one human works, for those whom it leaves to us: they have several posts."""

    own: ClassVar[type[HumanRule]]

    def __init__(self, choice: RuleChoice, problem: Problem) -> None:
        super().__init__(choice, problem)
        self.rule = self.own(choice, problem)

    def rows(self, cells: Placements) -> Iterator[Row]:
        for human, posts in self._humans():
            pattern = cells.pattern_of_all(human, posts)
            self.rule.enforce(human, pattern)
            yield from pattern.rows

    def found_in(self, seen: Rota, scope: Scope) -> Iterator[Finding]:
        if scope.sessions == frozenset():
            return
        for human, posts in self._humans():
            is_looked_at = any(scope.has_person(post.key) for post in posts)
            for finding in self.rule.found_in(human, seen.of_one(human, posts)):
                is_here = scope.sessions is None or finding.session in scope.sessions
                if is_looked_at if finding.session is None else is_here:
                    # It is about several of those who are planned.
                    yield replace(finding, person=None)

    def _humans(self) -> Iterator[tuple[Person, list[Person]]]:
        for posts in self.problem.posts_of.values():
            if bound := [post for post in posts if self.choice.covers(post.contract)]:
                yield as_one(bound), bound


class DailyRestAcrossPosts(AcrossPosts):
    own, card = DailyRest, DailyRest.card


class WeeklyRestAcrossPosts(AcrossPosts):
    own, card = WeeklyRest, WeeklyRest.card


class LongDayAcrossPosts(AcrossPosts):
    own, card = LongDay, LongDay.card


class SiteHopAcrossPosts(AcrossPosts):
    own, card = SiteHop, SiteHop.card


def as_one(posts: list[Person]) -> Person:
    """Give the human behind some posts, with what is fixed and was worked under any of them."""
    fixed = dict.fromkeys(commitment for post in posts for commitment in post.commitments)
    ends = [post.history.last_end for post in posts if post.history.last_end]
    history = History(
        last_end=max(ends, default=None),
        worked_days=frozenset().union(*(post.history.worked_days for post in posts)),
    )
    return replace(
        posts[0],
        name=f"{posts[0].name} (all posts)" if len(posts) > 1 else posts[0].name,
        commitments=tuple(fixed),
        history=history,
        young=any(post.young for post in posts),
    )
