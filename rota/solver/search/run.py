"""One run of CP-SAT, watched.

The search has a thread of its own, so that the watcher is asked and told on the thread that called: whoever
holds a database session need not share it. A call to stop before the search has begun is lost, hence again
and again.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from threading import Lock

from ortools.sat.python import cp_model

from rota.solver.limits import Limits

TICK = 0.1

OnValues = Callable[[list[int], int], None]
ShouldStop = Callable[[], bool]


@dataclass(frozen=True)
class Outcome:
    """How one run ended: whether it proved its best, the bound, and the values of all variables, if there are
    any.
    """

    proved: bool
    bound: int
    values: list[int] | None
    deterministic: float


class Recorder(cp_model.CpSolverSolutionCallback):
    """Keeps the latest solution as numbers, and nothing else: the search waits while this runs."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = Lock()
        self._latest: tuple[list[int], int] | None = None

    def on_solution_callback(self) -> None:
        values = list(self.response_proto.solution)
        with self._lock:
            self._latest = (values, whole(self.best_objective_bound))

    def take(self) -> tuple[list[int], int] | None:
        """Give the latest solution once."""
        with self._lock:
            latest, self._latest = self._latest, None
            return latest


def whole(bound: float) -> int:
    """Round a bound on whole costs up to the next whole number."""
    return -int(-(bound - 1e-6) // 1)


def solver_for(limits: Limits, seconds: float, gap: float) -> cp_model.CpSolver:
    """Set a solver up."""
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.random_seed = limits.seed
    parameters.relative_gap_limit = gap
    if limits.deterministic:
        parameters.num_workers = 1
        parameters.max_deterministic_time = seconds
    else:
        parameters.num_workers = limits.workers
        parameters.max_time_in_seconds = seconds
    return solver


def run(
    model: cp_model.CpModel,
    limits: Limits,
    seconds: float,
    gap: float,
    on_values: OnValues,
    should_stop: ShouldStop,
) -> Outcome:
    """Solve a model within some seconds; tell of better values, and stop when asked."""
    solver = solver_for(limits, seconds, gap)
    recorder = Recorder()
    with ThreadPoolExecutor(1) as threads:
        search = threads.submit(solver.solve, model, recorder)
        try:
            while not wait([search], timeout=TICK).done:
                if latest := recorder.take():
                    on_values(*latest)
                if should_stop():
                    solver.stop_search()
        finally:
            while not wait([search], timeout=TICK).done:
                solver.stop_search()
    return outcome_of(solver, search.result())


def outcome_of(solver: cp_model.CpSolver, status: cp_model.CpSolverStatus) -> Outcome:
    """Read how a run ended."""
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return Outcome(
        proved=status == cp_model.OPTIMAL,
        bound=whole(solver.best_objective_bound),
        values=list(solver.response_proto.solution) if found else None,
        deterministic=solver.deterministic_time,
    )
