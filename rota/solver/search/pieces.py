"""A piece of a problem: some cells free, all others held as chosen; a small model of its own."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from rota.solver.row import Row
from rota.solver.search.fixing import around
from rota.solver.search.model import Model
from rota.solver.search.stages import Stage


class Pieces:
    """Cuts pieces out of a problem's rows."""

    def __init__(self, rows: Sequence[Row], cells: int) -> None:
        self.rows = rows
        self._of_cell: list[list[int]] = [[] for _ in range(cells)]
        self._of_slack: dict[str, list[int]] = defaultdict(list)
        for number, row in enumerate(rows):
            for cell in set(row.sum.cells):
                self._of_cell[cell].append(number)
            if row.slack:
                self._of_slack[row.slack].append(number)

    def cut(self, free: Collection[int], chosen: Collection[int]) -> "Piece":
        """Free these cells and hold all others."""
        return Piece(self._touching(free), frozenset(free), frozenset(chosen))

    def _touching(self, free: Collection[int]) -> list[Row]:
        """Give the rows that hang on free cells, and those that share what they may exceed."""
        numbers = {number for cell in free for number in self._of_cell[cell]}
        slacks = {self.rows[number].slack for number in numbers} - {""}
        numbers |= {number for slack in slacks for number in self._of_slack[slack]}
        return [self.rows[number] for number in sorted(numbers)]


class Piece:
    """A model of the free cells; it never gets worse in a stage that is held."""

    def __init__(self, rows: Sequence[Row], free: frozenset[int], chosen: frozenset[int]) -> None:
        self._cells = sorted(free)
        numbers = {cell: number for number, cell in enumerate(self._cells)}
        self._held = chosen - free
        self.start = frozenset(numbers[cell] for cell in chosen & free)
        names = (f"cell {cell}" for cell in self._cells)
        self.model = Model(names, around(rows, self._held, numbers), self.start)

    def minimise(self, stage: Stage, held: Collection[Stage]) -> None:
        """Ask for the least cost in a stage, the stages held kept as good as they are."""
        now = self.model.costs(self.start)
        for each in held:
            if each in now:
                self.model.cp.add(self.model.price(each) <= now[each])
        self.model.cp.minimize(self.model.price(stage))
        self.model.hint(self.start)

    def is_priced(self, stage: Stage) -> bool:
        """Say whether anything in the piece costs something in a stage."""
        return self.model.costs(self.start).get(stage, 0) > 0

    def whole(self, values: list[int]) -> frozenset[int]:
        """Give the choice of all cells from the values of the piece's variables."""
        return self._held | {self._cells[number] for number in self.model.chosen_in(values)}
