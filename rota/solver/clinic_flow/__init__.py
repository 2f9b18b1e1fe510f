"""The flow of patients through one clinic session: in which order each of them sees whom, and when."""

from collections.abc import Sequence
from datetime import datetime

from rota.solver.clinic_flow.problem import Chair, ClinicHours, FlowProblem, PlaceNeed, in_order
from rota.solver.clinic_flow.solution import Flow, Unplaced, Visit, wrong_with_flow
from rota.solver.limits import Limits

__all__ = ["Chair", "Flow", "PlaceNeed", "Unplaced", "Visit", "flow", "in_order", "wrong_with"]

# In the solver's own time, so that what reception printed is there when the page is opened again.
USUAL_LIMITS = Limits(seconds=1.0, deterministic=True)


def flow(
    places: Sequence[PlaceNeed],
    chairs: Sequence[Chair],
    starts: datetime,
    ends: datetime,
    longest_wait: int,
    longest_stay: int,
    limits: Limits = USUAL_LIMITS,
) -> Flow:
    """Give every place its visits, as many places as can be, with little waiting.

    Nobody is in two places at once. No wait between two visits is longer than `longest_wait` minutes, no stay
    longer than `longest_stay`. A place that finds no times is told with the reason.
    """
    # OR-Tools takes half a second to import: only those who plan a session pay for it.
    from rota.solver.clinic_flow.model import solved

    hours = ClinicHours(starts, ends, longest_wait, longest_stay)
    return solved(FlowProblem(hours, tuple(chairs), tuple(places)), limits)


def wrong_with(
    found: Flow,
    places: Sequence[PlaceNeed],
    chairs: Sequence[Chair],
    starts: datetime,
    ends: datetime,
    longest_wait: int,
    longest_stay: int,
) -> tuple[str, ...]:
    """Tell what is wrong with a flow; no solver is needed."""
    hours = ClinicHours(starts, ends, longest_wait, longest_stay)
    return wrong_with_flow(FlowProblem(hours, tuple(chairs), tuple(places)), found)
