"""The staff rota as a problem to be solved, and what others may ask of it."""

from rota.solver.limits import Limits
from rota.solver.result import Result, Watch
from rota.solver.rule import Card, RuleChoice
from rota.solver.staff_rota.ask import Answer, Ask
from rota.solver.staff_rota.clinics import Level, level_of, missing_from
from rota.solver.staff_rota.explanation import Candidate, candidates
from rota.solver.staff_rota.looking import (
    Breach,
    Memory,
    Shortfall,
    breaches,
    breaches_seen,
    costs,
    shortfalls,
    takers,
)
from rota.solver.staff_rota.problem import (
    Bundle,
    Cadence,
    ClinicKind,
    Clinics,
    Commitment,
    Credential,
    Duty,
    History,
    Kit,
    Learner,
    Meeting,
    MeetingNeed,
    Opening,
    Pairing,
    Part,
    Payer,
    Person,
    Placement,
    Problem,
    Seat,
    Served,
    Session,
    Site,
    Supervision,
    Wish,
    WorkTerms,
)
from rota.solver.staff_rota.rules import CARDS, CATALOGUE
from rota.solver.staff_rota.solution import Plan, Scope

__all__ = [
    "CARDS",
    "CATALOGUE",
    "Answer",
    "Ask",
    "Breach",
    "Bundle",
    "Cadence",
    "Candidate",
    "Card",
    "ClinicKind",
    "Clinics",
    "Commitment",
    "Credential",
    "Duty",
    "History",
    "Kit",
    "Learner",
    "Level",
    "Meeting",
    "MeetingNeed",
    "Memory",
    "Opening",
    "Pairing",
    "Part",
    "Payer",
    "Person",
    "Placement",
    "Plan",
    "Problem",
    "RuleChoice",
    "Scope",
    "Seat",
    "Served",
    "Session",
    "Shortfall",
    "Site",
    "Supervision",
    "Wish",
    "WorkTerms",
    "answer",
    "breaches",
    "breaches_seen",
    "candidates",
    "costs",
    "fill",
    "level_of",
    "missing_from",
    "shortfalls",
    "takers",
]


def fill(
    problem: Problem,
    limits: Limits | None = None,
    watch: Watch[Plan] | None = None,
    start: Plan | None = None,
) -> Result[Plan]:
    """Fill a rota as well as the limits allow. There always is a plan, and it always holds the pins.

    The watcher is asked and told on the calling thread. `start` is a plan to go on from, where it is better
    than a first one made by hand.
    """
    # OR-Tools takes half a second and 90 MB to import: only those who fill pay for it.
    from rota.solver.staff_rota.filling import Filler

    return Filler(problem, limits or Limits(), watch, start).fill()


def answer(problem: Problem, plan: Plan, ask: Ask, seconds: float = 2.0) -> Answer:
    """Say whether an ask can be met beside pins and hard rules: how, or why not and what would help.

    Where the time does not suffice the answer says so.
    """
    from rota.solver.staff_rota.answering import Answering

    return Answering(problem, plan, ask, seconds).answer()
