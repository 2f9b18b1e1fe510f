"""The order in which costs count: tier before tier, and within a tier rank before rank."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from rota.solver.result import TIERS
from rota.solver.row import Row, begun
from rota.solver.rule import HARD_TIER


class Stage(NamedTuple):
    """A tier, or one rank of it: improved as far as it goes, then held while later stages are improved."""

    tier: str
    rank: int = 0

    @classmethod
    def of(cls, row: Row) -> "Stage":
        """Give the stage in which a row costs; what hard rows cost comes before all else."""
        return cls(row.tier, row.rank) if row.tier else cls(HARD_TIER)

    @property
    def place(self) -> tuple[int, int]:
        """Where the stage stands among others: the first comes first."""
        return TIERS.index(self.tier), -self.rank


Costs = Mapping[Stage, int]


def costs_by_stage(rows: Iterable[Row], chosen: Collection[int]) -> dict[Stage, int]:
    """Work out what a choice of cells costs in each stage, from the rows alone."""
    return summed((row, row.excess(chosen)) for row in rows)


def floors_of(rows: Iterable[Row]) -> dict[Stage, int]:
    """Work out what no choice can cost less than in each stage, row by row."""
    return summed((row, begun(row.sum.least - row.most, row.unit)) for row in rows)


def summed(excesses: Iterable[tuple[Row, int]]) -> dict[Stage, int]:
    """Sum what rows cost by stage; of rows that share a slack only the worst counts."""
    costs: dict[Stage, int] = {}
    for stage, amount in _each(excesses):
        if amount:
            costs[stage] = costs.get(stage, 0) + amount
    return costs


def _each(excesses: Iterable[tuple[Row, int]]) -> Iterator[tuple[Stage, int]]:
    worst: dict[str, tuple[int, Stage]] = {}
    for row, excess in excesses:
        stage, amount = Stage.of(row), excess * row.weight
        if row.slack:
            worst[row.slack] = max(worst.get(row.slack, (0, stage)), (amount, stage))
        else:
            yield stage, amount
    for amount, stage in worst.values():
        yield stage, amount


def by_tier(costs: Costs) -> dict[str, int]:
    """Sum the costs of stages by tier."""
    sums: dict[str, int] = {}
    for stage, amount in costs.items():
        sums[stage.tier] = sums.get(stage.tier, 0) + amount
    return sums


def ranks_in(tier: str, stages: Iterable[Stage]) -> int:
    """Count the stages of a tier."""
    return sum(stage.tier == tier for stage in stages)


def is_better(costs: Costs, than: Costs) -> bool:
    """Say whether costs come before others: the first stage that differs decides."""
    for stage in sorted({*costs, *than}, key=lambda stage: stage.place):
        if costs.get(stage, 0) != than.get(stage, 0):
            return costs.get(stage, 0) < than.get(stage, 0)
    return False
