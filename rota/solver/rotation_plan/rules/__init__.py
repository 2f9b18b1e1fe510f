"""The rules of a plan of rotations, in the order in which a rotation lead would give them."""

from rota.solver.rotation_plan.problem import Problem
from rota.solver.rotation_plan.rules.base import ContinuityClinic, FixedBase, TeachingDays
from rota.solver.rotation_plan.rules.breadth import Breadth, ExposureSessions, NamedDisciplines
from rota.solver.rotation_plan.rules.calendar import (
    ApprovedThere,
    Away,
    EveryWeekPaid,
    LengthOfStay,
    NotInParts,
    OnTheGrid,
)
from rota.solver.rotation_plan.rules.company import NotThere, NotWith, Peers, Reciprocity
from rota.solver.rotation_plan.rules.kinds import RotationRule, StayRule
from rota.solver.rotation_plan.rules.one_stay import EveryBlock, OneStay, PastIsPast, Pins
from rota.solver.rotation_plan.rules.order import Following, OncePerHost, Precedence, Prerequisite
from rota.solver.rotation_plan.rules.places import (
    LeastLearners,
    MostLearners,
    OpenToThem,
    ServiceFloor,
    Stagger,
)
from rota.solver.rotation_plan.rules.reach import EasyTravel, RuledOut, TooFar
from rota.solver.rotation_plan.rules.requirements import (
    CountsForSomething,
    FirmMost,
    LeastTime,
    LessThanFullTime,
    MostTime,
    NoMoreOfGroup,
    SomeOfGroup,
)
from rota.solver.rotation_plan.rules.steadiness import Assessments, FewChanges, NoticeKept
from rota.solver.rotation_plan.rules.supervision import RolesApart, SupervisorMinutes
from rota.solver.rotation_plan.rules.wishes import WishesMet, WishesShared
from rota.solver.rule import Card, RuleChoice

HARD: tuple[type[RotationRule], ...] = (
    RuledOut,
    NotThere,
    Away,
    OpenToThem,
    ApprovedThere,
    FixedBase,
    CountsForSomething,
    RolesApart,
    TeachingDays,
    ContinuityClinic,
    TooFar,
    EveryWeekPaid,
    PastIsPast,
    OnTheGrid,
    LengthOfStay,
    NotInParts,
    OneStay,
    Pins,
    NoticeKept,
    OncePerHost,
    Prerequisite,
    Precedence,
    Following,
    FirmMost,
    NoMoreOfGroup,
    MostLearners,
    SupervisorMinutes,
    NotWith,
    LessThanFullTime,
)

SOFT: tuple[type[RotationRule], ...] = (
    LeastTime,
    SomeOfGroup,
    EveryBlock,
    FewChanges,
    MostTime,
    Breadth,
    NamedDisciplines,
    ExposureSessions,
    LeastLearners,
    ServiceFloor,
    Assessments,
    WishesShared,
    Reciprocity,
    WishesMet,
    EasyTravel,
    Stagger,
    Peers,
)

# A rule that speaks in several ways has a class for each, and one card.
CARDS = {rule.card.code: rule.card for rule in sorted(HARD + SOFT, key=lambda rule: rule.card.code)}
CATALOGUE: tuple[Card, ...] = tuple(CARDS.values())


# All whose years are planned are engaged as learners.
CONTRACT = "learner"


def choices_of(problem: Problem) -> dict[str, RuleChoice]:
    """Give the rules that a problem has chosen, by code.

    Nobody is in two places: that holds whether chosen or not, and is never soft, for other rules count on
    it. What is set not to bind learners is left out.
    """
    chosen = {choice.code: choice for choice in problem.rules if choice.covers(CONTRACT)}
    return chosen | {OneStay.card.code: OneStay.card.as_choice()}


def rules_of(problem: Problem) -> tuple[RotationRule, ...]:
    """Build the rules that a problem has chosen, in the lead's order."""
    chosen = choices_of(problem)
    rules = tuple(rule(chosen[rule.card.code], problem) for rule in HARD + SOFT if rule.card.code in chosen)
    for rule in rules:
        if isinstance(rule, NoticeKept):
            rule.others = [each for each in rules if isinstance(each, StayRule) and each.is_hard]
    return rules
