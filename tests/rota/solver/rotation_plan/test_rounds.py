"""Laying years anew, round after round, ends at the best plan where everybody can have a whole year."""

import pytest

from rota.solver.limits import Limits
from rota.solver.result import Status
from rota.solver.rotation_plan import breaches, fill
from rota.solver.rotation_plan.model import RotationModel
from rota.solver.rotation_plan.years import planner as planning
from rota.solver.rotation_plan.years.planner import YearPlanner
from rota.solver.rotation_plan.years.search import YearSearch
from rota.solver.search.clock import Clock
from rota.solver.search.compiling import Indivisible
from tests.rota.solver.rotation_plan.errand_makers import errand_problem

LIMITS = Limits(seconds=10, deterministic=True)


class FirstYears(YearSearch):
    """Gives everybody some year, and leaves the rest to the rounds."""

    def improve(self):
        self.years = [self._first_year(learner) for learner in self.everybody]


@pytest.mark.parametrize("seed", range(6))
def test_rounds_end_at_the_best_plan_there_is(seed, monkeypatch):
    problem = errand_problem(f"rounds {seed}", periods=4)
    best = fill(problem, LIMITS)
    if breaches(problem, best.plan) or best.cost_by_tier.get("T1", 0):
        # Rounds lay whole years only.
        return
    assert best.status is Status.OPTIMAL
    monkeypatch.setattr(planning, "YearSearch", FirstYears)
    found = YearPlanner(RotationModel(problem))
    try:
        found.improve(Clock(LIMITS), lambda *told: None, lambda: None)
    except Indivisible:
        return
    assert found.status is Status.OPTIMAL
    assert found.costs.get("T4", 0) == best.cost_by_tier.get("T4", 0)
    assert not breaches(problem, found.plan)
