"""P31 and P32: what learners were told changes as little as can be, and no assessment is split by a move."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from rota.solver.rotation_plan.problem import Learner, Problem, Stay
from rota.solver.rotation_plan.rules.kinds import LearnerRule, StayRule
from rota.solver.rotation_plan.solution import Rotations
from rota.solver.rotation_plan.stays import Pattern
from rota.solver.row import Sum
from rota.solver.rule import Card, Finding, RuleChoice

Told = tuple[range, int | None]


class FewChanges(LearnerRule):
    """A stretch has changed when it is with another offer than was published, with none, or new with one."""

    card = Card(
        code="P31",
        name="Few changes to what was published",
        words="What was published changes little; inside the notice period, only what must or is allowed to.",
        source="Code of practice for doctors in training: 12, 8 and 6 weeks; local notice for others",
        severity="soft",
        tier="TS",
        weight=1,
        parameters={"beyond": 1, "within": 5, "within_last": 20, "person_touched": 5},
        parameter_words={
            "beyond": "cost of a change with more notice than the programme gives",
            "within": "cost of a change inside the notice period",
            "within_last": "cost of a change with less notice than the shortest the programme knows",
            "person_touched": "cost of each learner who has any change",
        },
    )

    def __init__(self, choice: RuleChoice, problem: Problem) -> None:
        super().__init__(replace(choice, severity="soft"), problem)

    def enforce(self, person: Learner, pattern: Pattern) -> None:
        for segment, offer in told_to(self.problem, person):
            changed, name = change_of(pattern, segment, offer), f"{person.name} changes in {segment.start}"
            pattern.add(self.row(name, changed, 0, times=self._price(person, segment)))
            touched, times = f"{person.name} touched", self.number("person_touched")
            pattern.add(self.row(f"{name}, so touched", changed, 0, slack=touched, times=times))

    def found_in(self, person: Learner, seen: Rotations) -> Iterator[Finding]:
        changed = [
            segment
            for segment, offer in told_to(self.problem, person)
            if has_changed(seen.stays_of(person), segment, offer)
        ]
        for segment in changed:
            when = self.problem.while_in(segment.start, segment.stop)
            said = f"{person.name} has a change {when}, which was published."
            yield self.tell(person, 1, said, times=self._price(person, segment), period=segment.start)
        if changed:
            said = f"{person.name} has a change to be told of."
            yield self.tell(person, 1, said, times=self.number("person_touched"))

    def _price(self, person: Learner, segment: range) -> int:
        return self.number(notice_of(self.problem, person, segment.start))


class NoticeKept(LearnerRule):
    """Inside the notice period nothing changes that could stay, unless a learner is let off it by name.

    `others` are the hard rules about single stays: what they stop, such as a place its host took back, cannot
    stay.
    """

    card = FewChanges.card
    others: Sequence[StayRule] = ()

    def __init__(self, choice: RuleChoice, problem: Problem) -> None:
        super().__init__(replace(choice, severity="H1"), problem)

    def enforce(self, person: Learner, pattern: Pattern) -> None:
        for segment, offer in self._kept(person):
            changed = change_of(pattern, segment, offer)
            pattern.add(self.row(f"{person.name} has notice in {segment.start}", changed, 0))

    def found_in(self, person: Learner, seen: Rotations) -> Iterator[Finding]:
        for segment, offer in self._kept(person):
            if has_changed(seen.stays_of(person), segment, offer):
                when = self.problem.while_in(segment.start, segment.stop)
                weeks = self.problem.programme_of(person).notice[0]
                said = f"{person.name} was told where to be {when}, and has {weeks} weeks of notice."
                yield self.tell(person, 1, said, period=segment.start)

    def _kept(self, person: Learner) -> Iterator[Told]:
        if person.key in self.problem.waived:
            return
        for segment, offer in told_to(self.problem, person):
            stands = offer is None or segment.start in self._standing[person.key]
            if stands and notice_of(self.problem, person, segment.start) != "beyond":
                yield segment, offer

    @cached_property
    def _standing(self) -> dict[str, set[int]]:
        """Give the periods of each learner's published stays that nothing stops."""
        found: dict[str, set[int]] = {learner.key: set() for learner in self.problem.learners}
        for stay in self.problem.published:
            learner = self.problem.learner_by_key[stay.learner]
            if stay in self.problem.pins or not any(rule.stops(learner, stay) for rule in self.others):
                found[stay.learner] |= {*stay.span}
        return found


class Assessments(LearnerRule):
    card = Card(
        code="P32",
        name="Assessments not split",
        words="No move falls within the weeks of an assessment.",
        source="ARCP, the visits of optometry, ASYE reviews at 3, 6, 9 and 12 months",
        severity="soft",
        tier="T2",
        weight=20,
    )

    def enforce(self, person: Learner, pattern: Pattern) -> None:
        for window in person.windows:
            moves = [cell for cell, stay in pattern.cells if splits(person, stay, window.first, window.last)]
            pattern.add(self.row(f"{person.name} does not move within {window.name}", Sum.of(moves), 0))

    def found_in(self, person: Learner, seen: Rotations) -> Iterator[Finding]:
        for window in person.windows:
            for stay in seen.stays_of(person):
                if splits(person, stay, window.first, window.last):
                    when = self.problem.when(stay.first)
                    said = f"{person.name} moves in {when}, within {window.name}."
                    yield self.tell(person, 1, said, period=stay.first, offer=stay.offer)


def splits(person: Learner, stay: Stay, first: int, last: int) -> bool:
    """Say whether a stay that begins splits some weeks; a learner's first one does not."""
    return first < stay.first <= last and stay.first > person.first


def told_to(problem: Problem, person: Learner) -> Iterator[Told]:
    """Give the stretches that a learner was told of and that are to come, each with its offer, or None."""
    mine = [stay for stay in problem.published if stay.learner == person.key]
    if not mine:
        return
    known = range(min(stay.first for stay in mine), max(stay.end for stay in mine))
    for segment in problem.segments[person.key]:
        if segment.start in known and segment.start >= problem.now:
            offers = [stay.offer for stay in mine if stay.covers(segment.start)]
            yield segment, offers[0] if offers else None


def change_of(pattern: Pattern, segment: range, offer: int | None) -> Sum:
    """Is one when a stretch is not as it was told, else nought."""
    placed = pattern.within(segment)
    if offer is None:
        return Sum.of(placed)
    same = {cell for cell, stay in pattern.cells if stay.offer == offer}
    return Sum.of((cell for cell in placed if cell in same), -1) + 1


def has_changed(stays: list[Stay], segment: range, offer: int | None) -> bool:
    """Say the same of a plan."""
    there = {period: stay.offer for stay in stays for period in stay.span if period in segment}
    return any(there.get(period) != offer for period in segment)


def notice_of(problem: Problem, person: Learner, period: int) -> str:
    """Name the notice with which a change in a period is made."""
    weeks, notice = period - problem.now, problem.programme_of(person).notice
    if weeks >= notice[0]:
        return "beyond"
    return "within" if weeks >= notice[-1] else "within_last"
