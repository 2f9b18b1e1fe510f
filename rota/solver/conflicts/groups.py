"""Rows that belong together: what somebody would name in one breath, and could let go as one."""

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass

from rota.solver.row import Row


@dataclass(frozen=True, eq=False)
class Group:
    """Hard rows under one name. Each may be broken by as many units as `allowed` says, else by none."""

    key: Hashable
    rows: tuple[Row, ...]
    allowed: Mapping[Row, int]

    @property
    def cells(self) -> set[int]:
        return {cell for row in self.rows for cell in row.sum.cells}

    def is_kept_in(self, chosen: Collection[int]) -> bool:
        """Say whether a choice of cells breaks none of the rows further than is allowed."""
        return all(row.excess(chosen) <= self.allowed.get(row, 0) for row in self.rows)

    def most_of(self, row: Row) -> int:
        """Give what the sum of a row may come to."""
        return row.most + row.unit * self.allowed.get(row, 0)

    @property
    def shut_cells(self) -> set[int]:
        """Give the cells that the group closes, whatever else is chosen."""
        return {cell for row in self.rows for cell in _shut_by(row, self.most_of(row))}

    @property
    def only_shuts(self) -> bool:
        """Say whether the group does nothing but close cells."""
        return all(set(row.sum.cells) == _shut_by(row, self.most_of(row)) for row in self.rows)


def _shut_by(row: Row, most: int) -> set[int]:
    rest = row.sum.least
    return {
        cell for cell in row.sum.cells if row.sum.terms.get(cell, 0) > 0 and rest + row.sum.terms[cell] > most
    }


def without_echoes(groups: Iterable[Group], shut: Iterable[int] = ()) -> list[Group]:
    """Leave out groups that do nothing but close cells which those before them close already."""
    told: set[int] = set(shut)
    kept = []
    for group in groups:
        if group.only_shuts and group.shut_cells <= told:
            continue
        told |= group.shut_cells
        kept.append(group)
    return kept
