"""One year for each learner out of those that are known, chosen by CP-SAT."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from rota.solver.limits import Limits
from rota.solver.rotation_plan.years.mix import Year
from rota.solver.rotation_plan.years.ties import Ties
from rota.solver.search.run import run


@dataclass(frozen=True)
class Weights:
    """What missing points cost: each of them, the most that anybody misses once more, and a broken hard tie.

    `ahead` are points that count as missed by each learner when the most is sought.
    """

    each: float
    worst: float
    ahead: Sequence[float]
    dear: float


class Choice:
    """Chooses among known years: `known` gives by learner the points that are missed in each."""

    def __init__(self, ties: Ties, known: Sequence[Mapping[Year, int]], weights: Weights) -> None:
        self.model = cp_model.CpModel()
        self.years = [list(each) for each in known]
        self.vars = [
            [self.model.new_bool_var(f"year {place} of {learner}") for place in range(len(years))]
            for learner, years in enumerate(self.years)
        ]
        self._cost: list[cp_model.LinearExpr | cp_model.IntVar] = []
        self._lay_years(known, weights)
        self._lay_ties(ties, weights)
        self.model.minimize(sum(self._cost))

    def best(
        self, hinted: Sequence[Year], limits: Limits, seconds: float, should_stop: Callable[[], bool]
    ) -> list[Year] | None:
        """Choose, beginning with a choice that is known; None where nothing was found."""
        for years, variables, hint in zip(self.years, self.vars, hinted, strict=True):
            for year, variable in zip(years, variables, strict=True):
                self.model.add_hint(variable, int(year == hint))
        outcome = run(self.model, limits, seconds, 0.0, lambda values, bound: None, should_stop)
        if outcome.values is None:
            return None
        values = outcome.values
        return [
            next(year for year, variable in zip(years, variables, strict=True) if values[variable.index])
            for years, variables in zip(self.years, self.vars, strict=True)
        ]

    def _lay_years(self, known: Sequence[Mapping[Year, int]], weights: Weights) -> None:
        most = max((max(each.values()) for each in known), default=0) + int(max(weights.ahead, default=0))
        worst = self.model.new_int_var(0, max(0, most), "the most that anybody misses")
        self._cost.append(round(weights.worst) * worst)
        for learner, variables in enumerate(self.vars):
            self.model.add_exactly_one(variables)
            missing = cp_model.LinearExpr.weighted_sum(
                variables, [known[learner][year] for year in self.years[learner]]
            )
            self._cost.append(round(weights.each) * missing)
            if weights.worst:
                self.model.add(missing + int(weights.ahead[learner]) <= worst)

    def _lay_ties(self, ties: Ties, weights: Weights) -> None:
        terms: dict[int, list[tuple[cp_model.IntVar, int]]] = {}
        for years, variables in zip(self.years, self.vars, strict=True):
            for year, variable in zip(years, variables, strict=True):
                for number, weight in ties.of(year).items():
                    terms.setdefault(number, []).append((variable, int(weight)))
        for number, most in enumerate(ties.most.tolist()):
            members = terms.get(number, [])
            greatest = sum(max(0, weight) for _, weight in members)
            if greatest <= most:
                continue
            over = self.model.new_int_var(0, int(greatest - most), f"tie {number}")
            amount = cp_model.LinearExpr.weighted_sum(
                [variable for variable, _ in members], [weight for _, weight in members]
            )
            self.model.add(amount - over <= int(most))
            self._cost.append(round(ties.prices[number] or weights.dear) * over)
