"""P05, P09, P13, P18, P28: when a stay may begin and end, for how long, and under whose approval and pay."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from rota.solver.rotation_plan.problem import Learner, Offer, Requirement, Stay
from rota.solver.rotation_plan.rules.kinds import LearnerRule, StayRule, number_of
from rota.solver.rotation_plan.solution import Rotations
from rota.solver.rotation_plan.stays import Pattern
from rota.solver.row import Sum
from rota.solver.rule import Card, Finding


class OnTheGrid(StayRule):
    card = Card(
        code="P09",
        name="Block alignment",
        words="Placements begin and end on the dates of the programme's calendar, or where leave does.",
        source="Intake calendars and blocks of each programme",
        severity="H0",
        tier="T4",
    )

    def refuses_stay(self, learner: Learner, offer: Offer, stay: Stay) -> str | None:
        edges = self.problem.edges[learner.key]
        name = self.problem.programme_of(learner).name
        if not learner.first <= stay.first < stay.end <= learner.last + 1:
            return f"{learner.name} is on the programme only {self._whole_time(learner)}."
        if stay.first not in edges:
            return f"No block of {name} begins in {self.problem.when(stay.first)}."
        if stay.end not in edges:
            return f"No block of {name} ends with {self.problem.when(stay.end - 1)}."
        return None

    def _whole_time(self, learner: Learner) -> str:
        return self.problem.while_in(learner.first, learner.last + 1)


class Away(StayRule):
    card = Card(
        code="P18",
        name="Leave",
        words="No placement covers a week that a learner is away for as a whole.",
        source="Agreed leave; time out of programme; terms at university",
        severity="H0",
        tier="T4",
    )

    def refuses_stay(self, learner: Learner, offer: Offer, stay: Stay) -> str | None:
        away = learner.away.intersection(stay.span) if learner.away else ()
        return f"{learner.name} is away in {self.problem.when(min(away))}." if away else None

    def peers_are_told(self, said: str) -> str:
        return "The learner is not available then."


class ApprovedThere(StayRule):
    card = Card(
        code="P13",
        name="Approved environment",
        words="A host is approved for learners of the programme on every day of a placement.",
        source="GMC, GPhC, GOC, dental and university approval of training environments",
        severity="H0",
        tier="T4",
    )

    def refuses(self, learner: Learner, offer: Offer) -> str | None:
        programme = self.problem.programme_of(learner)
        if programme.needs_approval and not any(each.programme == programme.key for each in offer.approvals):
            return f"{offer.name} is not approved for {programme.name}."
        return None

    def minds_stays(self, learner: Learner, offer: Offer) -> bool:
        return self.problem.programme_of(learner).needs_approval

    def refuses_stay(self, learner: Learner, offer: Offer, stay: Stay) -> str | None:
        programme = self.problem.programme_of(learner)
        if not programme.needs_approval:
            return None
        mine = [(each.first, each.last) for each in offer.approvals if each.programme == programme.key]
        period = first_outside(stay, mine)
        if period is None:
            return None
        return f"{offer.name} is not approved for {programme.name} in {self.problem.when(period)}."


class EveryWeekPaid(StayRule):
    card = Card(
        code="P28",
        name="Every week has a payer",
        words="Somebody pays for the learner in every week of a placement.",
        source="Education and training tariff; agreements with employers",
        severity="H1",
        tier="T4",
    )

    def minds_stays(self, learner: Learner, offer: Offer) -> bool:
        return bool(learner.payments)

    def refuses_stay(self, learner: Learner, offer: Offer, stay: Stay) -> str | None:
        if not learner.payments:
            return None
        period = first_outside(stay, [(each.first, each.last) for each in learner.payments])
        return (
            f"Nobody pays for {learner.name} in {self.problem.when(period)}." if period is not None else None
        )


class LengthOfStay(StayRule):
    card = Card(
        code="P05",
        name="Length of one placement",
        words="A placement is no shorter or longer than its requirements say, scaled for part-time learners.",
        source="Programme standards, such as 13 weeks of a formal pharmacy rotation",
        severity="H1",
        tier="T4",
        weight=20,
    )

    def minds_stays(self, learner: Learner, offer: Offer) -> bool:
        return True

    def refuses_stay(self, learner: Learner, offer: Offer, stay: Stay) -> str | None:
        # What has begun and was cut short, because its host withdrew, is past choosing.
        is_cut = stay.first < self.problem.now and stay in self.problem.pins
        for each in self.problem.requirements_of(learner, offer):
            if stay.periods < self._least(learner, each) and not is_cut:
                return self._said(learner, each, "least", self._least(learner, each))
            if each.longest_run is not None and stay.periods > self._most(learner, each):
                return self._said(learner, each, "most", self._most(learner, each))
        return None

    def bounds(self, learner: Learner, offer: Offer) -> tuple[int, int]:
        """Give the shortest and the longest stay with an offer that this rule lets be."""
        asked = self.problem.requirements_of(learner, offer)
        least = max((self._least(learner, each) for each in asked), default=1)
        return least, min((self._most(learner, each) for each in asked), default=self.problem.periods)

    def _least(self, learner: Learner, requirement: Requirement) -> int:
        return self.problem.weeks_for(learner, requirement.shortest_run)

    def _most(self, learner: Learner, requirement: Requirement) -> int:
        if requirement.longest_run is None:
            return self.problem.periods
        return self.problem.most_for(learner, requirement.longest_run)

    def _said(self, learner: Learner, requirement: Requirement, which: str, limit: int) -> str:
        weeks = number_of(limit, "week")
        return f"A placement for {requirement.name} lasts at {which} {weeks} for {learner.name}."


class NotInParts(LearnerRule):
    """Two stays in a row with one offer are one visit: where a visit has a longest length, none follows."""

    card = LengthOfStay.card

    def enforce(self, person: Learner, pattern: Pattern) -> None:
        for offer in self._limited(person):
            cells = [(cell, stay) for cell, stay in pattern.cells if stay.offer == offer.number]
            for edge in sorted({stay.first for _, stay in cells} & {stay.end for _, stay in cells}):
                amount = Sum.of(cell for cell, stay in cells if edge in (stay.first, stay.end))
                pattern.add(self.row(f"{person.name} goes on with {offer.number} at {edge}", amount, 1))

    def found_in(self, person: Learner, seen: Rotations) -> Iterator[Finding]:
        limited = {offer.number for offer in self._limited(person)}
        for before, after in pairwise(seen.stays_of(person)):
            if before.offer == after.offer and before.end == after.first and after.offer in limited:
                name = seen.offer(after).name
                said = f"{person.name} has two placements in a row with {name}, which count as one."
                yield self.tell(person, 1, said, period=after.first, offer=after.offer)

    def _limited(self, person: Learner) -> list[Offer]:
        return [
            offer
            for offer in self.problem.offers
            if any(each.longest_run for each in self.problem.requirements_of(person, offer))
        ]


def first_outside(stay: Stay, stretches: Iterable[tuple[int, int]]) -> int | None:
    """Find the first period of a stay that is in none of these stretches, each with both its ends."""
    period = stay.first
    for first, last in sorted(stretches):
        if first <= period <= last:
            period = last + 1
    return period if period < stay.end else None
