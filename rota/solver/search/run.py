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
# A part gets a thread for its bound, and one that frees a little of the best so far at a time.
FOR_PARTS, THREADS = "max_lp", 2

OnValues = Callable[[list[int], int], None]
ShouldStop = Callable[[], bool]


@dataclass(frozen=True)
class Outcome:
    """How one run ended: the bound it proved, and the values of all variables, if there are any."""

    bound: int
    values: list[int] | None
    deterministic: float
    is_proved: bool


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
        # Measured on two cores: eight workers need three times the time of two, and two of CP-SAT's choice
        # ten. A whole model needs the eight: fewer leave strategies out.
        parameters.num_workers = THREADS
        parameters.subsolvers.append(FOR_PARTS)
        # What a part may take is a second or two: thorough preparation would take most of it.
        parameters.cp_model_probing_level = 0
        parameters.symmetry_level = 0
        parameters.max_presolve_iterations = 1
    return solver


class Search:
    """CP-SAT at work in a thread of its own."""

    def __init__(
        self,
        model: cp_model.CpModel,
        limits: Limits,
        seconds: float,
        small: bool = False,
        is_linear: bool = False,
    ) -> None:
        self._solver, self._recorder = solver_for(limits, seconds, small), Recorder()
        if is_linear:
            # One worker does not put everything in its linear program of itself. Visits without that took
            # sixty times as long.
            self._solver.parameters.linearization_level = 2
        self._solver.best_bound_callback = self._recorder.note_bound
        self._threads = ThreadPoolExecutor(1)
        self._search = self._threads.submit(self._solver.solve, model, self._recorder)

    def wait(self, seconds: float) -> bool:
        """Wait so long at most; say whether the search is over."""
        return bool(wait([self._search], timeout=seconds).done)

    def take(self) -> tuple[list[int] | None, int]:
        """Give the values of a better solution, once, and the bound so far."""
        return self._recorder.take(), whole(self._recorder.bound)

    def is_within(self, gap: float) -> bool:
        """Say whether the best solution is proved to be this near to the best there can be."""
        return self._recorder.is_within(gap)

    def stop(self) -> None:
        """Ask for an end."""
        self._solver.stop_search()

    def end(self) -> Outcome:
        """See the search end, soon, and tell how."""
        while not self.wait(TICK):
            self.stop()
        self._threads.shutdown()
        return outcome_of(self._solver, self._search.result())


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
    search, looked = Search(model, limits, seconds, small), monotonic()
    try:
        while not search.wait(TICK):
            if monotonic() - looked >= LOOK_EVERY:
                looked = monotonic()
                values, bound = search.take()
                if values is not None:
                    on_values(values, bound)
            if should_stop() or (not limits.deterministic and search.is_within(gap)):
                search.stop()
    finally:
        outcome = search.end()
    return outcome


def outcome_of(solver: cp_model.CpSolver, status: cp_model.CpSolverStatus) -> Outcome:
    """Read how a run ended."""
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return Outcome(
        bound=whole(solver.best_objective_bound),
        values=list(solver.response_proto.solution) if found else None,
        deterministic=solver.deterministic_time,
        is_proved=status in (cp_model.OPTIMAL, cp_model.INFEASIBLE),
    )
