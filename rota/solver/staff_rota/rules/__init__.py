"""The rules of a staff rota, in the order in which a manager would give them."""

from rota.solver.rule import Card
from rota.solver.staff_rota.problem import Problem
from rota.solver.staff_rota.rules.cover import DesiredCover, DutyLead, MinimumCover, OverCover, Supernumerary
from rota.solver.staff_rota.rules.eligibility import Availability, Credentials, Induction, Skills
from rota.solver.staff_rota.rules.kinds import StaffRule
from rota.solver.staff_rota.rules.single_place import Pins, SinglePlace

HARD: tuple[type[StaffRule], ...] = (
    Availability,
    Skills,
    Credentials,
    Induction,
    SinglePlace,
    Pins,
    Supernumerary,
)

SOFT: tuple[type[StaffRule], ...] = (
    MinimumCover,
    DutyLead,
    DesiredCover,
    OverCover,
)

CATALOGUE: tuple[Card, ...] = tuple(sorted((rule.card for rule in HARD + SOFT), key=lambda card: card.code))
CARDS = {card.code: card for card in CATALOGUE}


def rules_of(problem: Problem) -> tuple[StaffRule, ...]:
    """Build the rules that a problem has chosen, in the manager's order."""
    return tuple(
        rule(choice, problem)
        for rule in HARD + SOFT
        for choice in problem.rules
        if choice.code == rule.card.code
    )
