"""P03, P04 and P20: how long a learner does what, what counts for it, and how part-time learners are
counted.
"""

from collections.abc import Iterator
from dataclasses import replace

from rota.solver.rotation_plan.problem import Learner, Offer, Problem, Requirement, Stay
from rota.solver.rotation_plan.programme import Group
from rota.solver.rotation_plan.rules.kinds import LearnerRule, StayRule, number_of, part_of
from rota.solver.rotation_plan.solution import Rotations
from rota.solver.rotation_plan.stays import Pattern
from rota.solver.row import Sum, begun, total
from rota.solver.rule import Card, Finding, RuleChoice

WEEK = 100  # hundredths


class LeastTime(LearnerRule):
    card = Card(
        code="P03",
        name="Time for each requirement",
        words="A learner does at least the weeks that each requirement asks, and no more than it allows.",
        source="The curriculum of each programme",
        severity="soft",
        tier="T1",
        weight=100,
        parameters={"above": 10},
        parameter_words={"above": "cost of each week above the most"},
    )

    def enforce(self, person: Learner, pattern: Pattern) -> None:
        for each in self.problem.programme_of(person).requirements:
            if needed := self._needed(person, each):
                short = time_for(pattern, each) * -1 + needed
                pattern.add(self.row(f"{person.name} does {each.name}", short, 0, unit=WEEK))

    def found_in(self, person: Learner, seen: Rotations) -> Iterator[Finding]:
        for each, short in self.lacks(person, seen):
            asked = number_of(begun(self._needed(person, each), WEEK), "week")
            said = f"{person.name} lacks {number_of(short, 'week')} of {asked} of {each.name}."
            yield self.tell(person, short, said)

    def lacks(self, person: Learner, seen: Rotations) -> Iterator[tuple[Requirement, int]]:
        """Give the requirements that are not met, each with the weeks that are missing."""
        for each in self.problem.programme_of(person).requirements:
            if short := begun(self._needed(person, each) - time_seen(seen, person, each), WEEK):
                yield each, short

    def _needed(self, person: Learner, requirement: Requirement) -> int:
        left = max(0, requirement.least - person.history.get(requirement.key, 0))
        return WEEK * self.problem.weeks_for(person, left)


class MostTime(LearnerRule):
    """What is above the most costs, where it is not refused."""

    card = LeastTime.card
    firm = False

    def __init__(self, choice: RuleChoice, problem: Problem) -> None:
        above = int(choice.parameters.get("above", self.card.parameters["above"]))
        super().__init__(replace(choice, severity="soft", tier="T2", weight=above), problem)

    def enforce(self, person: Learner, pattern: Pattern) -> None:
        for each, most in self.limited(person):
            done = time_for(pattern, each)
            pattern.add(self.row(f"{person.name} does not exceed {each.name}", done, most, unit=WEEK))

    def found_in(self, person: Learner, seen: Rotations) -> Iterator[Finding]:
        for each, most in self.limited(person):
            if over := begun(time_seen(seen, person, each) - most, WEEK):
                said = f"{person.name} does {number_of(over, 'week')} more of {each.name} than it allows."
                yield self.tell(person, over, said)

    def limited(self, person: Learner) -> Iterator[tuple[Requirement, int]]:
        """Give the requirements with a most, and that in hundredths of weeks."""
        for each in self.problem.programme_of(person).requirements:
            if each.most is not None and each.firm == self.firm:
                left = max(0, each.most - person.history.get(each.key, 0))
                yield each, WEEK * self.problem.most_for(person, left)


class FirmMost(MostTime):
    """A most that is firm is refused."""

    firm = True

    def __init__(self, choice: RuleChoice, problem: Problem) -> None:
        super().__init__(choice, problem)
        self.choice = replace(self.choice, severity="H1")


class SomeOfGroup(LearnerRule):
    """Fewer of a group's requirements than asked cost what the shortest of them would."""

    card = LeastTime.card

    def enforce(self, person: Learner, pattern: Pattern) -> None:
        for group in self.problem.programme_of(person).groups:
            short = self._taken(person, group, pattern) * -1 + group.count
            name = f"{person.name} takes {group.count} of {group.name}"
            pattern.add(self.row(name, short, 0, times=self._times(person, group)))

    def found_in(self, person: Learner, seen: Rotations) -> Iterator[Finding]:
        for group in self.problem.programme_of(person).groups:
            if (short := group.count - self._taken_in(person, group, seen)) > 0:
                said = f"{person.name} lacks {short} of the {group.count} to be taken of {group.name}."
                yield self.tell(person, short, said, times=self._times(person, group))

    def _times(self, person: Learner, group: Group) -> int:
        return min((each.shortest_run for each in self._members(person, group)), default=1)

    def _taken(self, person: Learner, group: Group, pattern: Pattern) -> Sum:
        """Count the requirements of a group that are taken."""
        return total(
            Sum.of(cell for cell, _ in pattern.fulfilling(each))
            if is_once(each)
            else pattern.any_of(f"takes {each.name}", pattern.fulfilling(each))
            for each in self._members(person, group)
        )

    def _taken_in(self, person: Learner, group: Group, seen: Rotations) -> int:
        taken = 0
        for each in self._members(person, group):
            stays = len(fulfilling(seen, person, each))
            taken += stays if is_once(each) else min(1, stays)
        return taken

    def _members(self, person: Learner, group: Group) -> list[Requirement]:
        known = self.problem.programme_of(person).requirement_by_key
        return [known[key] for key in sorted(group.requirements)]


class NoMoreOfGroup(SomeOfGroup):
    """More of a group's requirements than asked are refused."""

    def __init__(self, choice: RuleChoice, problem: Problem) -> None:
        super().__init__(replace(choice, severity="H1"), problem)

    def enforce(self, person: Learner, pattern: Pattern) -> None:
        for group in self.problem.programme_of(person).groups:
            name = f"{person.name} takes no more than {group.count} of {group.name}"
            pattern.add(self.row(name, self._taken(person, group, pattern), group.count))

    def found_in(self, person: Learner, seen: Rotations) -> Iterator[Finding]:
        for group in self.problem.programme_of(person).groups:
            if (over := self._taken_in(person, group, seen) - group.count) > 0:
                said = f"{person.name} takes {over} more of {group.name} than the {group.count} to be taken."
                yield self.tell(person, over, said)


class CountsForSomething(StayRule):
    card = Card(
        code="P04",
        name="What counts",
        words="A placement counts for at least one requirement of the learner's programme.",
        source="The curriculum of each programme: settings that fulfil a requirement",
        severity="H1",
        tier="T4",
        weight=20,
    )

    def refuses(self, learner: Learner, offer: Offer) -> str | None:
        if self.problem.requirements_of(learner, offer):
            return None
        return f"{offer.name} counts for nothing that {self.problem.programme_of(learner).name} asks."


class LessThanFullTime(LearnerRule):
    """P20 has no rows of its own: while it is on, `Problem.weeks_for` scales what others ask."""

    card = Card(
        code="P20",
        name="Less than full time",
        words="Weeks asked of a part-time learner are those of a full-time one, divided by their share.",
        source="Less than full time training: pro rata, as each programme's standards say",
        severity="H0",
        tier="T1",
    )

    def enforce(self, person: Learner, pattern: Pattern) -> None:
        return

    def found_in(self, person: Learner, seen: Rotations) -> Iterator[Finding]:
        return iter(())


def is_once(requirement: Requirement) -> bool:
    """Say whether a requirement never has two stays, so that counting stays counts it."""
    return (
        requirement.firm and requirement.most is not None and requirement.most < 2 * requirement.shortest_run
    )


def fulfilling(seen: Rotations, person: Learner, requirement: Requirement) -> list[Stay]:
    """Give the stays of a learner that count for a requirement, in order of time."""
    return [stay for stay in seen.stays_of(person) if part_of(requirement, seen.offer(stay))]


def time_seen(seen: Rotations, person: Learner, requirement: Requirement) -> int:
    """Add up what a learner's stays count for a requirement, in hundredths of weeks."""
    return sum(stay.periods * part_of(requirement, seen.offer(stay)) for stay in seen.stays_of(person))


def time_for(pattern: Pattern, requirement: Requirement) -> Sum:
    """Add up the same over cells."""
    return Sum.weighted(
        (cell, stay.periods * part_of(requirement, pattern.offer(stay)))
        for cell, stay in pattern.fulfilling(requirement)
    )
