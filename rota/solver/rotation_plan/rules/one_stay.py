"""P01, P02, P30: one stay at a time, no idle time, and what is pinned stays."""

from collections import Counter
from collections.abc import Iterator

from rota.solver.rotation_plan.problem import Learner, Offer, Stay
from rota.solver.rotation_plan.rules.kinds import LearnerRule, StayRule, number_of
from rota.solver.rotation_plan.solution import Rotations
from rota.solver.rotation_plan.stays import Pattern
from rota.solver.row import Sum
from rota.solver.rule import Card, Finding


class OneStay(LearnerRule):
    """Other rules rely on this one: it always holds, and counts the worst of each stretch."""

    card = Card(
        code="P01",
        name="One placement at a time",
        words="A learner has one placement at a time; a split week is one offer that counts as several.",
        source="Physics; block schedules of training programmes",
        severity="H0",
        tier="T1",
    )

    def enforce(self, person: Learner, pattern: Pattern) -> None:
        for segment in self.problem.segments[person.key]:
            name = f"{person.name} is in one place in {segment.start}"
            pattern.add(self.row(name, Sum.of(pattern.within(segment)), 1))

    def found_in(self, person: Learner, seen: Rotations) -> Iterator[Finding]:
        worked = Counter(period for stay in seen.stays_of(person) for period in stay.span)
        told = set()
        for segment in self.problem.segments[person.key]:
            told |= {*segment}
            yield from self._over(person, segment.start, max(worked[period] for period in segment) - 1)
        # What was set by hand may lie outside the time to be planned.
        for period in sorted(worked.keys() - told):
            yield from self._over(person, period, worked[period] - 1)

    def _over(self, person: Learner, period: int, over: int) -> Iterator[Finding]:
        if over > 0:
            said = f"{person.name} has {over + 1} placements at once in {self.problem.when(period)}."
            yield self.tell(person, over, said, period=period)


class EveryBlock(LearnerRule):
    card = Card(
        code="P02",
        name="Every block assigned",
        words="No week of a learner is left without a placement.",
        source="Block schedules of training programmes; local practice",
        severity="soft",
        tier="T1",
        weight=50,
    )

    def enforce(self, person: Learner, pattern: Pattern) -> None:
        for segment in self._to_fill(person):
            placed = Sum.of(pattern.within(segment))
            name = f"{person.name} is placed in {segment.start}"
            pattern.add(self.row(name, placed * -1 + 1, 0, times=len(segment)))

    def found_in(self, person: Learner, seen: Rotations) -> Iterator[Finding]:
        worked = {period for stay in seen.stays_of(person) for period in stay.span}
        for segment in self._to_fill(person):
            if not worked.issuperset(segment):
                weeks, when = len(segment), self.problem.while_in(segment.start, segment.stop)
                said = f"{person.name} has no placement {when}."
                yield self.tell(person, 1, said, times=weeks, period=segment.start)

    def _to_fill(self, person: Learner) -> Iterator[range]:
        yield from (each for each in self.problem.segments[person.key] if each.stop > self.problem.now)


class PastIsPast(StayRule):
    card = Card(
        code="P30",
        name="Pinned and past",
        words="A placement that was pinned, or has begun, stays as it is; nothing new begins in the past.",
        source="The rotation lead's hand; the calendar",
        severity="H0",
        tier="TS",
    )

    def minds_stays(self, learner: Learner, offer: Offer) -> bool:
        return learner.first < self.problem.now

    def refuses_stay(self, learner: Learner, offer: Offer, stay: Stay) -> str | None:
        if stay.first >= self.problem.now or stay in self.problem.pins:
            return None
        return f"Nothing new can begin in {self.problem.when(stay.first)}, which is past."


class Pins(LearnerRule):
    card = PastIsPast.card

    def enforce(self, person: Learner, pattern: Pattern) -> None:
        for cell, stay in pattern.cells:
            if stay in self.problem.pins:
                name = f"{person.name} kept with {stay.offer} from {stay.first}"
                pattern.add(self.row(name, Sum({cell: -1}), -1))

    def found_in(self, person: Learner, seen: Rotations) -> Iterator[Finding]:
        mine = {pin for pin in self.problem.pins if pin.learner == person.key}
        for pin in sorted(mine.difference(seen.stays_of(person))):
            offer = self.problem.offer_by_number[pin.offer]
            weeks, when = number_of(pin.periods, "week"), self.problem.when(pin.first)
            said = f"{person.name} is pinned to {offer.name} for {weeks} from {when}, but not placed there."
            yield self.tell(person, 1, said, period=pin.first, offer=pin.offer)
