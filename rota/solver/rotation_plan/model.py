"""A plan of rotations put together for the search: its cells, its rows, its learners."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from rota.solver.rotation_plan.problem import Learner, Offer, Problem, Stay
from rota.solver.rotation_plan.rules import rules_of
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
        self.rows = [*self._personal_rows(), *self._linking_rows()]

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
        for offer in self.problem.offers:
            if not any(rule.refuses(learner, offer) for rule in self._filters):
                yield from self._at_times(learner, offer, pinned)

    def _at_times(self, learner: Learner, offer: Offer, pinned: list[Stay]) -> Iterator[Stay]:
        most = self._longest(learner, offer)
        for run in runs_of(self.problem.segments[learner.key]):
            for place, first in enumerate(run):
                for end in run[place + 1 :]:
                    if end - first > most:
                        break
                    stay = Stay(learner.key, offer.number, first, end - first)
                    if self._is_open(learner, offer, stay) and not any(pin.meets(stay) for pin in pinned):
                        yield stay

    def _is_open(self, learner: Learner, offer: Offer, stay: Stay) -> bool:
        return not any(rule.refuses_stay(learner, offer, stay) for rule in self._filters)

    def _longest(self, learner: Learner, offer: Offer) -> int:
        """Give the longest stay with an offer that no most forbids by itself."""
        longest = self.problem.periods
        for rule in self.rules:
            if isinstance(rule, FirmMost):
                for each, most in rule.limited(learner):
                    if part := part_of(each, offer):
                        longest = min(longest, most // part)
        return longest

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


def in_time(placed: Iterable[Placed]) -> list[Placed]:
    """Put cells in order of time."""
    return sorted(placed, key=lambda each: (each[1].first, each[1].end, each[0]))
