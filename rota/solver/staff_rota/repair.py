"""Mending a rota that people know after somebody fell out: who else changes, and as few as can be."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from rota.solver.limits import Limits
from rota.solver.staff_rota.absence import Away, Gaps
from rota.solver.staff_rota.problem import Placement, Problem
from rota.solver.staff_rota.solution import Plan

USUAL_LIMITS = Limits(seconds=2.0)


class Budget(NamedTuple):
    """How much a repair may change: how many people leave a duty they were told of, and how many hear of
    anything new, those called in among them.
    """

    name: str
    moved: int
    touched: int


NOBODY_MOVES = Budget("nobody moves", 0, 3)
ONE_MOVES = Budget("one person moves", 1, 3)
BEST_COVER = Budget("best cover", 3, 3)
BUDGETS = (NOBODY_MOVES, ONE_MOVES, BEST_COVER)


class Move(NamedTuple):
    """One session of one person that changes: the duty before and after, None where there is none."""

    person: str
    session: int
    before: int | None
    after: int | None


@dataclass(frozen=True)
class Repair:
    """A way to go on without those who are away: the whole plan, who else changes, and what stays open.

    `cost_by_tier` counts what the absence costs still, and the changes in TS; `is_best` says that no other
    repair within the budget is better, `seconds` how long it took to find.
    """

    budget: Budget
    plan: Plan
    moves: tuple[Move, ...]
    left: Gaps
    cost_by_tier: dict[str, int]
    is_best: bool
    seconds: float

    @property
    def people(self) -> frozenset[str]:
        """Those who hear of something new."""
        return frozenset(move.person for move in self.moves)


def repairs(problem: Problem, plan: Plan, away: Away, limits: Limits = USUAL_LIMITS) -> tuple[Repair, ...]:
    """Find one repair for each change budget, the smallest first; a larger one is never worse.

    `plan` is what people were told, `away` who cannot work in which sessions, of which `problem` need not
    know. Only the days concerned are looked at, from the first session lost on; pins stay. Learners left
    alone come first, then minimum cover, then that few people change, then all else. What was short or
    broken before stays as it was: it is not what fell out. The limits hold for each repair.
    """
    # OR-Tools takes half a second and 90 MB to import: only those who mend pay for it.
    from rota.solver.staff_rota.mending import mended

    return mended(problem, plan, away, BUDGETS, limits)


def moves_between(problem: Problem, before: Plan, after: Plan) -> Iterator[Move]:
    """Tell two plans apart, session by session."""
    known = problem.duty_by_number

    def by_cell(placements: frozenset[Placement]) -> dict[tuple[int, str], int]:
        return {(known[each.duty].session, each.person): each.duty for each in placements}

    gone = by_cell(before.placements - after.placements)
    new = by_cell(after.placements - before.placements)
    for session, person in sorted(gone.keys() | new.keys()):
        cell = session, person
        yield Move(person, session, gone.get(cell), new.get(cell))
