"""P25 and P26: learners get what they wish for, and nobody is left far behind."""

from collections.abc import Iterator
from dataclasses import replace

from rota.solver.rotation_plan.contentment import content_with
from rota.solver.rotation_plan.problem import Learner, Problem, Wishes
from rota.solver.rotation_plan.rules.kinds import LearnerRule, TogetherRule
from rota.solver.rotation_plan.solution import Rotations, Scope
from rota.solver.rotation_plan.stays import Pattern, Stays
from rota.solver.row import Row
from rota.solver.rule import Card, Finding, RuleChoice

NO_WISHES = Wishes()


class WishesMet(LearnerRule):
    card = Card(
        code="P25",
        name="Wishes",
        words="Learners get the placements they wish for most, with few moves and little waiting.",
        source="Learners' ranked wishes",
        severity="soft",
        tier="T4",
        weight=1,
    )

    def enforce(self, person: Learner, pattern: Pattern) -> None:
        if person.wishes != NO_WISHES:
            missing = pattern.content.amount * -1 + person.wishes.most
            pattern.add(self.row(f"{person.name} is content", missing, 0))

    def found_in(self, person: Learner, seen: Rotations) -> Iterator[Finding]:
        if person.wishes == NO_WISHES:
            return
        content = content_with(self.problem, person, seen.stays_of(person))
        if (missing := person.wishes.most - content) > 0:
            said = f"{person.name} gets {content} of {person.wishes.most} points of wishes."
            yield self.tell(person, missing, said)


class WishesShared(TogetherRule):
    """Only the learner who is left furthest behind counts, so this can only cost."""

    card = Card(
        code="P26",
        name="Equity of wishes",
        words="The learner whose wishes are met least gets as much as can be.",
        source="Fairness: a sum hides who pays for it",
        severity="soft",
        tier="T3",
        weight=1,
        parameters={"absolute": 0},
        parameter_words={
            "absolute": "1: who has the fewest points counts; 0: who misses most of their own points"
        },
    )

    def __init__(self, choice: RuleChoice, problem: Problem) -> None:
        super().__init__(replace(choice, severity="soft"), problem)

    def rows(self, cells: Stays) -> Iterator[Row]:
        for learner in self._wishing:
            missing = cells.pattern_of(learner).content.amount * -1 + self._hoped(learner)
            yield self.row(f"{learner.name} is not left behind", missing, 0, slack="left behind")

    def found_in(self, seen: Rotations, scope: Scope) -> Iterator[Finding]:
        missing = [
            (self._hoped(learner) - content_with(self.problem, learner, seen.stays_of(learner)), learner.key)
            for learner in self._wishing
        ]
        worst, key = max(missing, default=(0, ""))
        if worst > 0 and scope.has(key):
            name = self.problem.learner_by_key[key].name
            said = f"{name} is left furthest behind in wishes, by {worst} points."
            yield self.finding(worst, name, said, peers=said, person=key)

    @property
    def _wishing(self) -> list[Learner]:
        return [learner for learner in self.problem.learners if learner.wishes != NO_WISHES]

    def _hoped(self, learner: Learner) -> int:
        if self.number("absolute"):
            return max(each.wishes.most for each in self._wishing)
        return learner.wishes.most
