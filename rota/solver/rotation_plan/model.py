"""A plan of rotations put together for the search: its cells, its rows, its learners."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from rota.solver.rotation_plan.problem import Learner, Offer, Problem, Requirement, Stay
from rota.solver.rotation_plan.rules import rules_of
from rota.solver.rotation_plan.rules.calendar import LengthOfStay
from rota.solver.rotation_plan.rules.kinds import LearnerRule, StayRule, TogetherRule, part_of
from rota.solver.rotation_plan.rules.requirements import FirmMost
from rota.solver.rotation_plan.stays import Placed, Stays
from rota.solver.row import Row


class RotationModel:
    """The cells of a problem and the rows that its rules lay on them."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.rules = rules_of(problem)
        self._filters = [rule for rule in self.rules if isinstance(rule, StayRule) and rule.is_hard]
        self.stays = Stays(problem, self._open_to)

    @cached_property
    def rows(self) -> list[Row]:
        """Give the rows of all rules: those of each learner, and those that tie learners together."""
        return [*self._personal_rows(), *self._linking_rows()]

    @property
    def names(self) -> Iterator[str]:
        """Name each cell as a sentence, for the log."""
        known = self.problem.learner_by_key
        for stay in self.stays.cells:
            name = known[stay.learner].name
            yield f"{name} is with offer {stay.offer} from {stay.first} for {stay.periods}"
        for learner in self.problem.learners:
            yield from self.stays.content[learner.key].names

    @cached_property
    def learners(self) -> Sequence[Sequence[int]]:
        """Give each learner's cells in order of time, with those that follow from them."""
        return [
            [*(cell for cell, _ in in_time(cells.cells)), *cells.content.numbers]
            for learner in self.problem.learners
            if (cells := self.stays.pattern_of(learner)).cells
        ]

    def _open_to(self, learner: Learner) -> Iterator[Stay]:
        """Give the stays that no hard rule about single stays closes to a learner."""
        pinned = [pin for pin in self.problem.pins if pin.learner == learner.key]
        firm = [limit for rule in self.rules if isinstance(rule, FirmMost) for limit in rule.limited(learner)]
        runs = runs_of(self.problem.segments[learner.key])
        for offer in self.problem.offers:
            if not any(rule.refuses(learner, offer) for rule in self._filters):
                least, most = self._lengths(learner, offer, firm)
                minding = [rule for rule in self._filters if self._looks(rule, learner, offer)]
                for first, end in stretches_of(runs, least, most):
                    stay = Stay(learner.key, offer.number, first, end - first)
                    refused = any(rule.refuses_stay(learner, offer, stay) for rule in minding)
                    if not refused and not any(pin.meets(stay) for pin in pinned):
                        yield stay

    def _looks(self, rule: StayRule, learner: Learner, offer: Offer) -> bool:
        # What lengths may be is settled before stays are made.
        return not isinstance(rule, LengthOfStay) and rule.minds_stays(learner, offer)

    def _lengths(
        self, learner: Learner, offer: Offer, firm: Sequence[tuple[Requirement, int]]
    ) -> tuple[int, int]:
        """Give the shortest and the longest stay with an offer that could be."""
        least, most = 1, self.problem.periods
        for rule in self._filters:
            if isinstance(rule, LengthOfStay):
                least, most = rule.bounds(learner, offer)
        limits = (limit // part for each, limit in firm if (part := part_of(each, offer)))
        return least, min(most, *limits, self.problem.periods)

    def _personal_rows(self) -> Iterator[Row]:
        personal = [rule for rule in self.rules if isinstance(rule, LearnerRule)]
        for learner in self.problem.learners:
            pattern = self.stays.pattern_of(learner)
            for rule in personal:
                rule.enforce(learner, pattern)
            yield from pattern.rows
            yield from pattern.content.rows()

    def _linking_rows(self) -> Iterator[Row]:
        for rule in self.rules:
            if isinstance(rule, TogetherRule):
                yield from rule.rows(self.stays)


def runs_of(segments: Iterable[range]) -> list[list[int]]:
    """Give the edges of stretches, those without a gap between them together."""
    runs: list[list[int]] = []
    for segment in segments:
        if runs and runs[-1][-1] == segment.start:
            runs[-1].append(segment.stop)
        else:
            runs.append([segment.start, segment.stop])
    return runs


def stretches_of(runs: Iterable[list[int]], least: int, most: int) -> Iterator[tuple[int, int]]:
    """Give the stretches from one edge of a run to a later one that are neither too short nor too long."""
    for run in runs:
        for place, first in enumerate(run):
            for end in run[place + 1 :]:
                if end - first > most:
                    break
                if end - first >= least:
                    yield first, end


def in_time(placed: Iterable[Placed]) -> list[Placed]:
    """Put cells in order of time."""
    return sorted(placed, key=lambda each: (each[1].first, each[1].end, each[0]))
