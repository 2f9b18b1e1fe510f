"""Who could take an empty seat of a clinic, best first, and how the clinic would stand with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rota.solver.staff_rota.clinics import ClinicKind, Level, Seat, level_of, missing_from
from rota.solver.staff_rota.explanation import Candidate, candidates
from rota.solver.staff_rota.problem import Problem
from rota.solver.staff_rota.solution import Plan, Rota


@dataclass(frozen=True)
class StandIn:
    """Somebody free who could take a seat while nobody else moves, and the clinic's level with them there."""

    seat: Seat
    duty: int
    candidate: Candidate
    level: Level


@dataclass(frozen=True)
class ClinicStanding:
    """How a clinic stands: its level, whom it lacks in words, who could stand in, and who cannot and why."""

    level: Level
    missing: tuple[str, ...]
    stand_ins: tuple[StandIn, ...]
    others: tuple[Candidate, ...]


def standing_of(problem: Problem, plan: Plan, kind: ClinicKind, duties: Sequence[int]) -> ClinicStanding:
    """Say how a clinic stands, and rank those who could take its empty seats.

    `duties` are those of its seats, in their order. What holds the clinic back comes first; within a seat,
    what placing somebody would change in the rota decides. Who is away sits nowhere.
    """
    return _Standing(problem, plan, kind, duties).told()


class _Standing:
    def __init__(self, problem: Problem, plan: Plan, kind: ClinicKind, duties: Sequence[int]) -> None:
        self.problem = problem
        self.plan = plan
        self.kind = kind
        self.duty_of = {seat.group: duty for seat, duty in zip(kind.seats, duties, strict=True)}

    def told(self) -> ClinicStanding:
        asked = [
            (seat, each)
            for seat in sorted(self.kind.seats, key=self._urgency)
            if self.present[seat.group] < seat.needed
            for each in candidates(self.problem, self.plan, self.duty_of[seat.group])
        ]
        return ClinicStanding(
            level_of(self.kind, self.present),
            missing_from(self.kind, self.present),
            tuple(self._stand_in(seat, each) for seat, each in asked if each.can),
            tuple(each for _, each in asked if not each.can and each.rule),
        )

    @cached_property
    def present(self) -> Mapping[str, int]:
        """How many of each group are there."""
        seen = Rota(self.problem, self.plan)
        return {
            group: seen.cover_of(self.problem.duty_by_number[duty]) for group, duty in self.duty_of.items()
        }

    def _urgency(self, seat: Seat) -> tuple[bool, bool]:
        have = self.present[seat.group]
        return have >= seat.degraded, have >= seat.safe

    def _stand_in(self, seat: Seat, candidate: Candidate) -> StandIn:
        person = self.problem.person_by_key[candidate.person]
        more = int(self.problem.counts_as_cover(person))
        present = {**self.present, seat.group: self.present[seat.group] + more}
        return StandIn(seat, self.duty_of[seat.group], candidate, level_of(self.kind, present))
