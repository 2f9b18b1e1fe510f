"""The linear program that mixes learners' whole years (Dantzig and Wolfe 1960)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from ortools.math_opt.python import mathopt

from rota.solver.rotation_plan.years.errands import Prices
from rota.solver.rotation_plan.years.ties import Ties

NEAR = 1e-6

Year = tuple[int, ...]


@dataclass(frozen=True)
class Duals:
    """Prices of the ties (none above nought), of a learner's missing points, and of a learner's year."""

    ties: Prices
    missing: Prices
    learners: Prices

    def towards(self, other: "Duals", share: float) -> "Duals":
        """Go part of the way to other duals."""
        return Duals(
            (1 - share) * self.ties + share * other.ties,
            (1 - share) * self.missing + share * other.missing,
            self.learners,
        )


class Mix:
    """Chooses a mix of years for each learner at the least cost.

    A year costs `each` for every point that its learner misses. The learner who misses most, of what `ahead`
    puts on top for each, counts `worst` once more. `dear` is what a hard tie costs where it is still broken.
    """

    def __init__(self, ties: Ties, ahead: Sequence[float], each: float, worst: float, dear: float) -> None:
        self.ties, self.each, self.worst = ties, each, worst
        self._ahead, learners = np.array(ahead, float), len(ahead)
        self.dear = dear
        self._program = mathopt.Model()
        self._one = [self._program.add_linear_constraint(lb=1, ub=1) for _ in range(learners)]
        self._most_missing = self._program.add_variable(lb=0)
        self._program.objective.set_linear_coefficient(self._most_missing, worst)
        self._behind = [self._program.add_linear_constraint(ub=-more) for more in (ahead if worst else ())]
        for row in self._behind:
            row.set_coefficient(self._most_missing, -1)
        self._rows: dict[int, mathopt.LinearConstraint] = {}
        self._over: dict[int, mathopt.Variable] = {}
        self.years: list[dict[Year, mathopt.Variable]] = [{} for _ in range(learners)]
        self._adds: dict[Year, dict[int, float]] = {}
        self._missing: list[dict[Year, float]] = [{} for _ in range(learners)]
        self.fixed: dict[int, Year] = {}
        self._solver: mathopt.IncrementalSolver | None = None

    def add(self, learner: int, year: Year, missing: float) -> bool:
        """Offer a year in which a learner misses so many points; say whether it is new."""
        if year in self.years[learner]:
            return False
        variable = self._program.add_variable(lb=0)
        self.years[learner][year], self._missing[learner][year] = variable, missing
        self._program.objective.set_linear_coefficient(variable, self.each * missing)
        self._one[learner].set_coefficient(variable, 1)
        if self._behind:
            self._behind[learner].set_coefficient(variable, missing)
        self._adds[year] = self.ties.of(year)
        for number, weight in self._adds[year].items():
            if number in self._rows:
                self._rows[number].set_coefficient(variable, weight)
        return True

    def solve(self) -> float:
        """Solve, and lay the ties that the mix breaks until it breaks none; keep duals and weights."""
        while True:
            result = self._solved()
            self._values = result.variable_values()
            over = np.flatnonzero(
                self.ties.sums((weight, year) for weight, _, year in self.mix()) > self.ties.most + NEAR
            )
            broken = [number for number in over.tolist() if number not in self._rows]
            if not broken:
                break
            for number in broken:
                self._lay(number)
        self._read(result)
        return float(result.objective_value())

    def mix(self) -> list[tuple[float, int, Year]]:
        """Give the years in the mix, each with its weight."""
        return [
            (weight, learner, year)
            for learner, years in enumerate(self.years)
            for year, variable in years.items()
            if (weight := self._values.get(variable, 0.0)) > NEAR
        ]

    @property
    def broken(self) -> float:
        """How far the mix breaks hard ties."""
        return sum(
            float(self._values.get(variable, 0.0))
            for number, variable in self._over.items()
            if not self.ties.prices[number]
        )

    def make_dearer(self, times: float) -> None:
        """Let broken hard ties cost more."""
        self.dear *= times
        for number, variable in self._over.items():
            if not self.ties.prices[number]:
                self._program.objective.set_linear_coefficient(variable, self.dear)

    def fix(self, years: Mapping[int, Year]) -> None:
        """Hold some learners to a year each."""
        for learner, year in years.items():
            self.years[learner][year].lower_bound = 1.0
            self.fixed[learner] = year

    def free(self, learners: Iterable[int]) -> None:
        """Hold some learners no more."""
        for learner in list(learners):
            self.years[learner][self.fixed.pop(learner)].lower_bound = 0.0

    def times(self, duals: Duals) -> Prices:
        """Give what each learner's points count."""
        return self.each + duals.missing

    def price_of(self, learner: int, year: Collection[int], missing: float, prices: Prices) -> float:
        """Give a year's price under the mix's own duals; `prices` are those of single stays."""
        return float(prices[list(year)].sum()) + float(self.times(self.duals)[learner]) * missing

    def bound(self, duals: Duals, least: Sequence[float]) -> float:
        """Give the bound that duals and the least price of each learner prove (Lagrange)."""
        return float(sum(least)) + float(duals.ties @ self.ties.most) + float(duals.missing @ self._ahead)

    def _lay(self, number: int) -> None:
        row = self._program.add_linear_constraint(ub=float(self.ties.most[number]))
        over = self._program.add_variable(lb=0)
        row.set_coefficient(over, -1)
        self._program.objective.set_linear_coefficient(over, self.ties.prices[number] or self.dear)
        self._rows[number], self._over[number] = row, over
        for years in self.years:
            for year, variable in years.items():
                if weight := self._adds[year].get(number):
                    row.set_coefficient(variable, weight)

    def _read(self, result: mathopt.SolveResult) -> None:
        duals = result.dual_values()
        ties = np.zeros(len(self.ties.rows))
        for number, row in self._rows.items():
            ties[number] = min(0.0, duals[row])
        missing = np.zeros(len(self._one))
        for learner, row in enumerate(self._behind):
            missing[learner] = max(0.0, -duals[row])
        # Rounding must not make the worst count more than it does.
        if (total := float(missing.sum())) > self.worst:
            missing *= self.worst / total
        self.duals = Duals(ties, missing, np.array([duals[row] for row in self._one]))

    def _solved(self) -> mathopt.SolveResult:
        """Solve from the last basis, or anew where rounding has led astray from there."""
        if self._solver is not None:
            try:
                result = self._solver.solve()
                if result.has_dual_feasible_solution():
                    return result
            # The library means to raise the second, and stumbles over its own words.
            except (AttributeError, mathopt.InternalMathOptError):
                pass
            self._solver.close()
        self._solver = mathopt.IncrementalSolver(self._program, mathopt.SolverType.GLOP)
        return self._solver.solve()
