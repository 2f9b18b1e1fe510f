"""The linear program that mixes people's patterns: a column is one person's pattern (Dantzig, Wolfe 1960)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from ortools.math_opt.python import mathopt

from rota.solver.search.division import Column, Division
from rota.solver.search.shared import DEAR
from rota.solver.search.stages import Stage
from rota.solver.search.walks import Prices

# So many of each person's patterns go into a smaller master: what is missing is priced again.
KEPT = 100
# Whoever is fixed to a pattern gets so much for it: a program with other prices is solved on from where it
# was, one with other bounds from the beginning, which takes twice as long over a dive.
REWARD = 2000.0


class Imprecise(Exception):
    """A program whose numbers no solver here can tell apart."""


@dataclass(frozen=True)
class Duals:
    """Prices of the shared rows and of held stages (none above nought), and of each person's one pattern."""

    rows: Prices
    held: Mapping[Stage, float]
    people: Mapping[int, float]

    def towards(self, other: "Duals", share: float) -> "Duals":
        """Go part of the way to other duals."""
        held = {stage: (1 - share) * mine + share * other.held[stage] for stage, mine in self.held.items()}
        return Duals((1 - share) * self.rows + share * other.rows, held, self.people)


class Master:
    """Chooses a mix of patterns for some people at the least cost in one stage, the stages before it held.

    All others keep the pattern that `columns` gives them.
    """

    def __init__(
        self,
        division: Division,
        stage: Stage,
        held: Mapping[Stage, int],
        columns: Sequence[Column],
        active: Sequence[int],
    ) -> None:
        self.division, self.stage, self.active = division, stage, list(active)
        self.columns, self._limits = columns, held
        self.fixed: dict[int, Column] = {}
        self._bound: set[int] = set()
        self.solved = 0
        at_rest = [columns[person] for person in set(range(len(columns))) - set(active)]
        self._rest = [cell for column in at_rest for cell in column]
        rest = self._costs_at_rest(columns)
        self.constant = rest.get(stage, 0.0)
        self.most = division.shared.most - division.shared.sums(self._rest)
        self.held = {each: most - rest.get(each, 0.0) for each, most in held.items()}
        self._program = mathopt.Model()
        self._lay_rows()
        self.variables: dict[int, dict[Column, mathopt.Variable]] = {person: {} for person in self.active}
        self._patterns: dict[mathopt.Variable, tuple[int, Column]] = {}
        self._solver = mathopt.IncrementalSolver(self._program, mathopt.SolverType.GLOP)
        # Reading a solution takes longer than finding it: only what is asked for.
        self._wanted = mathopt.ModelSolveParameters(
            variable_values_filter=mathopt.VariableFilter(skip_zero_values=True),
            reduced_costs_filter=mathopt.VariableFilter(filtered_items=()),
        )
        for person in self.active:
            self.add(person, columns[person])

    def add(self, person: int, column: Column) -> bool:
        """Offer a pattern; say whether it is new."""
        if column in self.variables[person]:
            return False
        variable = self._program.add_variable(lb=0)
        self.variables[person][column] = variable
        self._patterns[variable] = person, column
        costs = self.division.cost_of(person, column)
        self._program.objective.set_linear_coefficient(variable, costs.get(self.stage, 0.0))
        for stage, row in self._held_rows.items():
            row.set_coefficient(variable, costs.get(stage, 0.0))
        self._one_each[person].set_coefficient(variable, 1)
        weights: dict[int, float] = {}
        for cell in column:
            for row_number, weight in self.division.shared.terms_of[cell]:
                weights[row_number] = weights.get(row_number, 0.0) + weight
        for row_number, weight in weights.items():
            if row_number in self._rows:
                self._rows[row_number].set_coefficient(variable, weight)
        return True

    def solve(self) -> float:
        """Solve; keep duals and the weight of each pattern. Return the cost, all that rests included."""
        self.solved += 1
        result = self._solved()
        if loose := self._loose(result.variable_values()):
            for person in loose:
                self._bind(person)
            result = self._solved()
        rows = self._row_duals(result.dual_values())
        held = {stage: min(0.0, result.dual_values(row)) for stage, row in self._held_rows.items()}
        people = {person: result.dual_values(row) for person, row in self._one_each.items()}
        self.duals = Duals(rows, held, people)
        self._values = result.variable_values()
        return float(result.objective_value()) + REWARD * len(self.fixed) + self.constant

    def mix(self) -> list[tuple[float, int, Column]]:
        """Give the patterns in the mix of people who are not fixed, each with its weight."""
        found = []
        for variable, weight in self._values.items():
            person, column = self._patterns.get(variable, (-1, ()))
            if person >= 0 and person not in self.fixed and weight > 1e-6:
                found.append((weight, person, column))
        return found

    def fix(self, person: int, column: Column) -> None:
        """Hold a person to a pattern."""
        self.fixed[person] = column
        self._reward(person, column, REWARD)

    def free(self, people: Iterable[int]) -> None:
        """Hold some people no more."""
        for person in people:
            self._reward(person, self.fixed.pop(person), 0.0)
            if person in self._bound:
                self._bound.remove(person)
                for variable in self.variables[person].values():
                    variable.lower_bound, variable.upper_bound = 0.0, float("inf")

    def without_fixed(self) -> "Master":
        """Make a smaller master of those who are free, with the best of their patterns; all others rest."""
        columns = [self.fixed.get(person, column) for person, column in enumerate(self.columns)]
        free = [person for person in self.active if person not in self.fixed]
        smaller = Master(self.division, self.stage, self._limits, columns, free)
        prices, times = self.prices(self.duals), self.times(self.duals)
        for person in free:
            by_price = sorted(
                (self.division.price_of(person, column, prices, times), column)
                for column in self.variables[person]
            )
            for _, column in by_price[:KEPT]:
                smaller.add(person, column)
        return smaller

    def times(self, duals: Duals) -> dict[Stage, float]:
        """Give how much each stage counts in a pattern's price."""
        return {self.stage: 1.0} | {stage: -dual for stage, dual in duals.held.items()}

    def prices(self, duals: Duals) -> Prices:
        """Give what each cell costs, the shared rows' duals taken off."""
        shared = self.division.shared
        prices = self.division.prices(self.times(duals))
        return prices - shared.per_cell(duals.rows[shared.row_of] * shared.weights)

    def bound(self, duals: Duals, least: float) -> float:
        """Give the bound that duals and the sum of least reduced costs prove (Lagrange)."""
        done = [cell for column in self.fixed.values() for cell in column]
        shared = self.division.shared
        rows = float((duals.rows * (self.most - shared.sums(done))).sum())
        kept, limits = 0.0, dict(self.held)
        for person, column in self.fixed.items():
            for stage, cost in self.division.cost_of(person, column).items():
                kept += cost if stage == self.stage else 0.0
                if stage in limits:
                    limits[stage] -= cost
        held = sum(dual * limits[stage] for stage, dual in duals.held.items())
        gained = shared.gained(duals.rows, self.times(duals))
        return rows + held + least + kept + gained + self.constant

    def _reward(self, person: int, column: Column, reward: float) -> None:
        cost = self.division.cost_of(person, column).get(self.stage, 0.0)
        variable = self.variables[person][column]
        self._program.objective.set_linear_coefficient(variable, cost - reward)

    def _loose(self, values: Mapping[mathopt.Variable, float]) -> list[int]:
        """Give those whom the reward does not hold to their pattern."""
        return [
            person
            for person, column in self.fixed.items()
            if person not in self._bound and values.get(self.variables[person][column], 0.0) < 1 - 1e-6
        ]

    def _bind(self, person: int) -> None:
        self._bound.add(person)
        for column, variable in self.variables[person].items():
            variable.lower_bound = variable.upper_bound = float(column == self.fixed[person])

    def _solved(self) -> mathopt.SolveResult:
        """Solve from the last basis, or anew where rounding has led astray from there."""
        try:
            result = self._solver.solve(model_params=self._wanted)
            if result.has_dual_feasible_solution():
                return result
        # The library means to raise the second, and stumbles over its own words.
        except (AttributeError, mathopt.InternalMathOptError):
            pass
        self._solver.close()
        self._solver = mathopt.IncrementalSolver(self._program, mathopt.SolverType.GLOP)
        for way in (mathopt.LPAlgorithm.DUAL_SIMPLEX, mathopt.LPAlgorithm.PRIMAL_SIMPLEX):
            parameters = mathopt.SolveParameters(lp_algorithm=way)
            result = self._solver.solve(params=parameters, model_params=self._wanted)
            if result.has_dual_feasible_solution():
                return result
        raise Imprecise

    def _lay_rows(self) -> None:
        shared, program = self.division.shared, self._program
        # Rows that bound one sum from both sides are one row here: the program is solved many times.
        self._both = shared.opposites
        below = set(self._both.values())
        self._rows = {
            number: program.add_linear_constraint(ub=float(most))
            for number, most in enumerate(self.most)
            if number not in below
        }
        for above, other in self._both.items():
            self._rows[above].lower_bound = -float(self.most[other])
        self._held_rows = {stage: program.add_linear_constraint(ub=most) for stage, most in self.held.items()}
        # What is fixed on the way may break more than may be broken; it is dear, but there always is a mix.
        broken = [number for number, slack in enumerate(shared.slack_of) if shared.slacks[slack].is_hard]
        for row in (*self._held_rows.values(), *(self._rows[number] for number in broken)):
            beyond = program.add_variable(lb=0)
            row.set_coefficient(beyond, -1)
            program.objective.set_linear_coefficient(beyond, DEAR)
        self._one_each = {person: program.add_linear_constraint(lb=1, ub=1) for person in self.active}
        slacks = [program.add_variable(lb=0, ub=slack.most) for slack in shared.slacks]
        side = {other: above for above, other in self._both.items()}
        for number, slack in enumerate(shared.slack_of):
            sign = 1 if number in side else -1
            self._rows[side.get(number, number)].set_coefficient(slacks[slack], sign * shared.units[number])
        for variable, slack in zip(slacks, shared.slacks, strict=True):
            if slack.stage in (None, self.stage):
                price = DEAR if slack.stage is None else slack.weight
                program.objective.set_linear_coefficient(variable, price)
            elif slack.stage in self._held_rows:
                self._held_rows[slack.stage].set_coefficient(variable, slack.weight)

    def _row_duals(self, duals: Mapping[mathopt.LinearConstraint, float]) -> Prices:
        """Give each row's dual, none above nought: one row of the program may stand for two."""
        found = np.zeros(len(self.most))
        for number, row in self._rows.items():
            dual = duals[row]
            found[number] = min(0.0, dual)
            if number in self._both:
                found[self._both[number]] = min(0.0, -dual)
        return found

    def _costs_at_rest(self, columns: Sequence[Column]) -> dict[Stage, float]:
        costs = {stage: float(amount) for stage, amount in self.division.constants.items()}
        for person in set(range(len(columns))) - set(self.active):
            for stage, cost in self.division.cost_of(person, columns[person]).items():
                costs[stage] = costs.get(stage, 0.0) + cost
        return costs
