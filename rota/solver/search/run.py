"""One run of CP-SAT, watched.

The search has a thread of its own, so that the watcher is asked and told on the thread that called: whoever
holds a database session need not share it. A call to stop before the search has begun is lost, hence again
and again.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from math import isfinite
from threading import Lock
from time import monotonic

from ortools.sat.python import cp_model

from rota.solver.limits import Limits

TICK = 0.1
# Reading a solution takes the search's own time, so it is done seldom.
LOOK_EVERY = 0.5
FOR_PARTS = ("max_lp", "quick_restart")

OnValues = Callable[[list[int], int], None]
ShouldStop = Callable[[], bool]


@dataclass(frozen=True)
class Outcome:
    """How one run ended: the bound it proved, and the values of all variables, if there are any."""

    bound: int
    values: list[int] | None
    deterministic: float


class Recorder(cp_model.CpSolverSolutionCallback):
    """Keeps the latest solution and bound as numbers, and nothing else: the search waits while this runs."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = Lock()
        self._latest: list[int] | None = None
        self._objective: float | None = None
        self.bound = -float("inf")

    def on_solution_callback(self) -> None:
        values = list(self.response_proto.solution)
        with self._lock:
            self._latest, self._objective = values, self.objective_value

    def note_bound(self, bound: float) -> None:
        """Keep a better bound."""
        self.bound = max(self.bound, bound)

    def take(self) -> list[int] | None:
        """Give the latest solution once."""
        with self._lock:
            latest, self._latest = self._latest, None
            return latest

    def is_within(self, gap: float) -> bool:
        """Say whether the best solution is proved to be this near to the best there can be."""
        return self._objective is not None and self._objective - self.bound <= gap * abs(self._objective)


def whole(bound: float) -> int:
    """Round a bound on whole costs up to the next whole number; costs are never below nought."""
    return max(0, -int(-(bound - 1e-6) // 1)) if isfinite(bound) else 0


def solver_for(limits: Limits, seconds: float, small: bool) -> cp_model.CpSolver:
    """Set a solver up, for a whole model or a small part of one."""
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    # Signals belong to the process: CP-SAT would take Ctrl+C for itself and never give it back.
    parameters.catch_sigint_signal = False
    parameters.random_seed = limits.seed
    if limits.deterministic:
        parameters.num_workers = 1
        parameters.max_deterministic_time = seconds
        return solver
    parameters.num_workers = limits.workers
    parameters.max_time_in_seconds = seconds
    if small and limits.workers > 1:
        # Measured on two cores: parts are solved in 1.5 s of CPU by these two, in 4 s by eight workers, in
        # 7 to 35 s by two of CP-SAT's choice. A whole model needs the eight: fewer leave strategies out.
        parameters.num_workers = len(FOR_PARTS)
        parameters.subsolvers.extend(FOR_PARTS)
    return solver


def run(
    model: cp_model.CpModel,
    limits: Limits,
    seconds: float,
    gap: float,
    on_values: OnValues,
    should_stop: ShouldStop,
    small: bool = False,
) -> Outcome:
    """Solve a model within some seconds; tell of better values, and stop when asked or near enough.

    CP-SAT's own gap limit calls what is near enough optimal, bound and all, so the gap is watched here.
    """
    solver, recorder = solver_for(limits, seconds, small), Recorder()
    solver.best_bound_callback = recorder.note_bound
    near_enough, looked = False, monotonic()
    with ThreadPoolExecutor(1) as threads:
        search = threads.submit(solver.solve, model, recorder)
        try:
            while not wait([search], timeout=TICK).done:
                if monotonic() - looked >= LOOK_EVERY and (values := recorder.take()) is not None:
                    looked = monotonic()
                    on_values(values, whole(recorder.bound))
                near_enough = near_enough or (not limits.deterministic and recorder.is_within(gap))
                if should_stop() or near_enough:
                    solver.stop_search()
        finally:
            while not wait([search], timeout=TICK).done:
                solver.stop_search()
    return outcome_of(solver, search.result())


def outcome_of(solver: cp_model.CpSolver, status: cp_model.CpSolverStatus) -> Outcome:
    """Read how a run ended."""
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return Outcome(
        bound=whole(solver.best_objective_bound),
        values=list(solver.response_proto.solution) if found else None,
        deterministic=solver.deterministic_time,
    )
