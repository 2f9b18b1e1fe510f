"""A plan of rotations as a problem to be solved, and what others may ask of it."""

from rota.solver.limits import Limits
from rota.solver.result import Result, Watch
from rota.solver.rotation_plan.explanation import Option, Reason, options, why_not
from rota.solver.rotation_plan.looking import Breach, breaches, costs, unmet
from rota.solver.rotation_plan.missing import Unmet, why_unmet
from rota.solver.rotation_plan.problem import (
    Approval,
    Breadth,
    Group,
    Host,
    Learner,
    Offer,
    Payment,
    Problem,
    Programme,
    Requirement,
    RuleChoice,
    Stay,
    Supervisor,
    Window,
    Wishes,
)
from rota.solver.rotation_plan.rules import CARDS, CATALOGUE
from rota.solver.rotation_plan.solution import Plan, Scope

__all__ = [
    "CARDS",
    "CATALOGUE",
    "Approval",
    "Breach",
    "Breadth",
    "Group",
    "Host",
    "Learner",
    "Offer",
    "Option",
    "Payment",
    "Plan",
    "Problem",
    "Programme",
    "Reason",
    "Requirement",
    "RuleChoice",
    "Scope",
    "Stay",
    "Supervisor",
    "Unmet",
    "Window",
    "Wishes",
    "breaches",
    "costs",
    "fill",
    "options",
    "unmet",
    "why_not",
    "why_unmet",
]


def fill(
    problem: Problem,
    limits: Limits | None = None,
    watch: Watch[Plan] | None = None,
    start: Plan | None = None,
) -> Result[Plan]:
    """Fill a plan as well as the limits allow. There always is a plan, and it always holds the pins.

    The watcher is asked and told on the calling thread. `start` is a plan to go on from, where it is better
    than the pins alone.
    """
    # OR-Tools takes half a second and 90 MB to import: only those who fill pay for it.
    from rota.solver.rotation_plan.filling import Filler

    return Filler(problem, limits or Limits(), watch, start).fill()
