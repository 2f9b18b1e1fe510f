"""Groups of rows made into a CP-SAT model in which each can be held or let go.

The whole rows are told, whoever else is in them: nothing is taken for granted that a group says. So letting a
group go really lets it go, which the model of the search could not promise.
"""

from collections.abc import Collection, Mapping, Sequence
from time import monotonic

from ortools.sat.python import cp_model

from rota.solver.conflicts.groups import Group
from rota.solver.row import AnyOf, Atom, Row, Sum


class NotKnown(Exception):
    """The time is over, or the solver contradicted itself: whoever asked makes a result of it."""


class Deadline:
    """A moment that no solve goes beyond."""

    def __init__(self, seconds: float) -> None:
        self._end = monotonic() + seconds

    @property
    def left(self) -> float:
        return self._end - monotonic()


class Question:
    """Firm rows that always hold, and groups that hold while they are asked to."""

    def __init__(self, firm: Sequence[Row], groups: Sequence[Group], deadline: Deadline) -> None:
        self.cp = cp_model.CpModel()
        self.groups = list(groups)
        self.deadline = deadline
        self._cells: dict[int, cp_model.IntVar] = {}
        self._any: dict[AnyOf, cp_model.IntVar] = {}
        self._literal = {group: self.cp.new_bool_var(str(group.key)) for group in self.groups}
        for row in firm:
            self.cp.add(self._expression(row.sum) <= row.most)
        for group in self.groups:
            for row in group.rows:
                held = self._expression(row.sum) <= group.most_of(row)
                self.cp.add(held).only_enforce_if(self._literal[group])

    @property
    def cells(self) -> Collection[int]:
        """The cells that any row speaks of."""
        return self._cells.keys()

    def choice_with(
        self, held: Collection[Group], near: Collection[int] | None = None
    ) -> frozenset[int] | None:
        """Find a choice that keeps these groups: any, or one near to another; None when there is none."""
        self._hold(held)
        self.cp.clear_objective()  # type: ignore[no-untyped-call]
        if near is not None:
            self.cp.minimize(self._distance(near))
        return self._solved()

    def cheapest(
        self, prices: Mapping[Group, int], weights: Mapping[int, int], near: Collection[int]
    ) -> tuple[frozenset[int], list[Group]] | None:
        """Find a choice that lets go groups of the least price, then moves the least; and what it lets go.

        Groups without a price are held. `weights` say what it costs to move a cell, else one.
        """
        self._hold([group for group in self.groups if group not in prices], free=prices)
        least = 1 + sum(weights.get(cell, 1) for cell in self._cells)
        let_go = sum(price * ~self._literal[group] for group, price in prices.items())
        self.cp.minimize(let_go * least + self._distance(near, weights))
        chosen = self._solved()
        if chosen is None:
            return None
        return chosen, [group for group in prices if not group.is_kept_in(chosen)]

    def first_cut(self) -> list[Group]:
        """Name groups that exclude each other, as CP-SAT sees it: a hint where to look, and no proof.

        With presolve its cores may be wrong or name what was never assumed, and they are not minimal.
        """
        self._hold(self.groups, free=self.groups)
        self.cp.clear_objective()  # type: ignore[no-untyped-call]
        self.cp.clear_assumptions()
        self.cp.add_assumptions([self._literal[group] for group in self.groups])
        solver = self._solver()
        solver.solve(self.cp)
        self.cp.clear_assumptions()
        named = set(solver.sufficient_assumptions_for_infeasibility())
        return [group for group in self.groups if self._literal[group].index in named]

    def _solved(self) -> frozenset[int] | None:
        solver = self._solver()
        status = solver.solve(self.cp)
        if status == cp_model.INFEASIBLE:
            return None
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            raise NotKnown
        return frozenset(cell for cell, var in self._cells.items() if solver.boolean_value(var))

    def _solver(self) -> cp_model.CpSolver:
        if self.deadline.left <= 0:
            raise NotKnown
        solver = cp_model.CpSolver()
        # Measured: these models are solved within milliseconds, in which eight workers only get started.
        solver.parameters.num_workers = 1
        # That seven people do not fit into six rooms is counting: without it, searching takes for ever.
        solver.parameters.linearization_level = 2
        solver.parameters.random_seed = 1
        solver.parameters.catch_sigint_signal = False
        solver.parameters.max_time_in_seconds = self.deadline.left
        return solver

    def _hold(self, held: Collection[Group], free: Collection[Group] = ()) -> None:
        held, free = set(held), set(free)
        for group, literal in self._literal.items():
            literal.proto.domain[0] = int(group in held and group not in free)
            literal.proto.domain[1] = int(group in held or group in free)

    def _distance(
        self, near: Collection[int], weights: Mapping[int, int] | None = None
    ) -> cp_model.LinearExpr:
        weights = weights or {}
        signs = [(-1 if cell in near else 1) * weights.get(cell, 1) for cell in self._cells]
        here = sum(weights.get(cell, 1) for cell in self._cells if cell in near)
        return cp_model.LinearExpr.weighted_sum(list(self._cells.values()), signs) + here

    def _var(self, atom: Atom) -> cp_model.IntVar:
        if isinstance(atom, int):
            if atom not in self._cells:
                self._cells[atom] = self.cp.new_bool_var(f"cell {atom}")
            return self._cells[atom]
        if atom not in self._any:
            # Cell by cell: that at most one of them is chosen is a rule's to say, and may be let go.
            self._any[atom] = var = self.cp.new_bool_var(atom.name)
            cells = [self._var(cell) for cell in atom.cells]
            for cell in cells:
                self.cp.add_implication(cell, var)
            self.cp.add(cp_model.LinearExpr.sum(cells) >= var)
        return self._any[atom]

    def _expression(self, amount: Sum) -> cp_model.LinearExpr:
        atoms = [self._var(atom) for atom in amount.terms]
        return cp_model.LinearExpr.weighted_sum(atoms, list(amount.terms.values())) + amount.constant
