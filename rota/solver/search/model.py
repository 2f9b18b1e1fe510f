"""Rows made into a CP-SAT model that always has a solution.

The baseline is a set of cells known to be choosable together: pins, or the plan around a neighbourhood. Each
hard row may be broken as far as the baseline alone breaks it, for a price in tier T0; so the baseline
satisfies every row, and no set of pins can make the model impossible.
"""

from collections.abc import Collection, Iterable
from itertools import pairwise

from ortools.sat.python import cp_model

from rota.solver.row import AnyOf, Atom, Row, Sum, begun
from rota.solver.search.stages import Stage, by_tier, costs_by_stage
from rota.solver.search.steps import Steps, is_stepped, steps_of, together


class Model:
    """Cells, rows and prices as CP-SAT sees them."""

    def __init__(self, names: Iterable[str], rows: Iterable[Row], baseline: Collection[int]) -> None:
        self.cp = cp_model.CpModel()
        self.cells = [self.cp.new_bool_var(name) for name in names]
        self.rows = list(rows)
        self.baseline = baseline
        self.prices: dict[Stage, list[tuple[cp_model.IntVar, int]]] = {}
        self.constants: dict[Stage, int] = {}
        self._any: dict[AnyOf, cp_model.IntVar] = {}
        self._slacks: dict[str, tuple[cp_model.IntVar, list[Row]]] = {}
        self._steps: list[tuple[cp_model.IntVar, Sum, int]] = []
        # Hard rows that the baseline keeps cost nothing in any choice that the model admits.
        self.priced: list[Row] = []
        priced = [row for row in self.rows if row.sum.greatest > row.most]
        for row in priced:
            if not is_stepped(row):
                self._lay(row, baseline)
        for rows in together(row for row in priced if is_stepped(row)):
            self._lay_steps(rows)

    @property
    def stages(self) -> list[Stage]:
        """Give the stages in which anything has a price, the first first."""
        return sorted({*self.prices, *self.constants}, key=lambda stage: stage.place)

    def price(self, stage: Stage) -> cp_model.LinearExpr:
        """Give what a stage costs, as an expression."""
        priced = self.prices.get(stage, [])
        amount = cp_model.LinearExpr.weighted_sum(
            [var for var, _ in priced], [weight for _, weight in priced]
        )
        return amount + self.constants.get(stage, 0)

    def costs(self, chosen: Collection[int]) -> dict[Stage, int]:
        """Work out what a choice that the model admits costs in each stage, without a solver."""
        return dict.fromkeys(self.stages, 0) | costs_by_stage(self.priced, chosen)

    def hint(self, chosen: Collection[int]) -> None:
        """Hint a whole solution: cells, and all that follows from them."""
        self.cp.clear_hints()  # type: ignore[no-untyped-call]
        for cell, var in enumerate(self.cells):
            self.cp.add_hint(var, int(cell in chosen))
        for any_of, var in self._any.items():
            self.cp.add_hint(var, any_of.value(chosen))
        for var, rows in self._slacks.values():
            self.cp.add_hint(var, max(row.excess(chosen) for row in rows))
        for var, alike, count in self._steps:
            self.cp.add_hint(var, int(alike.value(chosen) >= count))

    def distance(self, chosen: Collection[int]) -> cp_model.LinearExpr:
        """Give the number of cells that differ from a choice, as an expression."""
        signs = [-1 if cell in chosen else 1 for cell in range(len(self.cells))]
        return cp_model.LinearExpr.weighted_sum(self.cells, signs) + len(chosen)

    def chosen_in(self, values: list[int]) -> frozenset[int]:
        """Read which cells a solution chooses from the values of all variables."""
        return frozenset(cell for cell, var in enumerate(self.cells) if values[var.index])

    def _lay(self, row: Row, baseline: Collection[int]) -> None:
        broken = row.excess(baseline)
        if row.tier or broken:
            self.priced.append(row)
        if row.tier is None:
            self._lay_hard(row, broken)
        elif row.unit == 1 and not row.slack and row.sum.least >= row.most:
            self._price_directly(row)
        else:
            var = self._slack(row, begun(row.sum.greatest - row.most, row.unit))
            self.cp.add(self._expression(row.sum) - row.unit * var <= row.most)

    def _lay_hard(self, row: Row, broken: int) -> None:
        members = self._plain_members(row) if not broken else None
        if members is not None:
            self.cp.add_at_most_one(members)
        elif broken:
            var = self._slack(row, broken)
            self.cp.add(self._expression(row.sum) - row.unit * var <= row.most)
        else:
            self.cp.add(self._expression(row.sum) <= row.most)

    def _lay_steps(self, rows: list[Row]) -> None:
        self.priced += rows
        if steps := steps_of(rows):
            self._take_steps(rows[0], steps)
        for row in rows:
            stage = Stage.of(row)
            floor = row.weight * begun(row.sum.least - row.most, row.unit)
            self.constants[stage] = self.constants.get(stage, 0) + floor

    def _take_steps(self, row: Row, steps: Steps) -> None:
        alike = Sum.of(row.sum.terms)
        taken = [self.cp.new_bool_var(f"{row.name}: {count} or more") for count, _ in steps]
        self.cp.add(self._expression(alike) - cp_model.LinearExpr.sum(taken) <= steps[0][0] - 1)
        for before, after in pairwise(taken):
            self.cp.add_implication(after, before)
        for (count, dearer), var in zip(steps, taken, strict=True):
            self._steps.append((var, alike, count))
            for each, units in dearer:
                self.prices.setdefault(Stage.of(each), []).append((var, each.weight * units))

    def _plain_members(self, row: Row) -> list[cp_model.IntVar] | None:
        """Give the variables of a row that says "at most one of these"; None for any other row."""
        if row.most - row.sum.constant != 1 or any(weight != 1 for weight in row.sum.terms.values()):
            return None
        return [self._var(atom) for atom in row.sum.terms]

    def _price_directly(self, row: Row) -> None:
        # What cannot be below its limit costs what it is: no slack variable is needed.
        for atom, weight in row.sum.terms.items():
            base = row.weight * weight
            self.prices.setdefault(Stage.of(row), []).append((self._var(atom), base))
        known = self.constants.get(Stage.of(row), 0)
        self.constants[Stage.of(row)] = known + row.weight * (row.sum.constant - row.most)

    def _slack(self, row: Row, most: int) -> cp_model.IntVar:
        name = row.slack or row.name
        if name not in self._slacks or not row.slack:
            var = self.cp.new_int_var(0, most, name)
            self._slacks[name if row.slack else f"{name} #{len(self._slacks)}"] = (var, [row])
            self.prices.setdefault(Stage.of(row), []).append((var, row.weight))
            return var
        var, rows = self._slacks[name]
        rows.append(row)
        var.proto.domain[1] = max(most, var.proto.domain[1])
        return var

    def _var(self, atom: Atom) -> cp_model.IntVar:
        return self.cells[atom] if isinstance(atom, int) else self._any_var(atom)

    def _any_var(self, any_of: AnyOf) -> cp_model.IntVar:
        if any_of not in self._any:
            var = self.cp.new_bool_var(any_of.name)
            self._any[any_of] = var
            for group in any_of.groups:
                self.cp.add(cp_model.LinearExpr.sum([self.cells[cell] for cell in group]) <= var)
            self.cp.add_bool_or([*(self.cells[cell] for cell in any_of.cells), ~var])
        return self._any[any_of]

    def _expression(self, amount: Sum) -> cp_model.LinearExpr:
        return (
            cp_model.LinearExpr.weighted_sum(
                [self._var(atom) for atom in amount.terms], list(amount.terms.values())
            )
            + amount.constant
        )


def costs_of(rows: Iterable[Row], chosen: Collection[int]) -> dict[str, int]:
    """Work out what a choice of cells costs by tier, from the rows alone."""
    return by_tier(costs_by_stage(rows, chosen))
