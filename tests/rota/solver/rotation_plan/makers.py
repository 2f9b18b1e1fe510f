"""Makers of rotation problems that take only what a test is about."""

from datetime import date

from rota.solver.rotation_plan import (
    CARDS,
    Host,
    Learner,
    Offer,
    Plan,
    Problem,
    Programme,
    Requirement,
    RuleChoice,
    Stay,
    Supervisor,
    breaches,
    costs,
)

MONDAY = date(2027, 8, 2)
WEEKS = 12
ALL_YEAR = ("amy", 1, 0, 12)


def make_requirement(key="practice", **given):
    return Requirement(**{"key": key, "name": key.capitalize(), "fulfilled_by": frozenset({key}), **given})


def make_programme(*requirements, **given):
    usual = {
        "key": "gp",
        "name": "GP training",
        "requirements": requirements or (make_requirement(),),
        "starts": tuple(range(0, WEEKS, 4)),
        "block": 4,
        "needs_approval": False,
    }
    return Programme(**{**usual, **given})


def make_learner(key="amy", **given):
    usual = {"key": key, "name": key.capitalize(), "programme": "gp", "first": 0, "last": WEEKS - 1}
    return Learner(**{**usual, **given})


def make_offer(number=1, setting="practice", places=2, **given):
    usual = {
        "number": number,
        "host": "elm",
        "name": f"Offer {number}",
        "settings": {setting: 100},
        "most": (places,) * WEEKS,
    }
    return Offer(**{**usual, **given})


def make_supervisor(key="dr_ash", minutes=60, **given):
    usual = {"key": key, "name": f"Dr {key.removeprefix('dr_').capitalize()}", "minutes": (minutes,) * WEEKS}
    return Supervisor(**{**usual, **given})


def make_problem(*rules, learners=(), offers=(), programmes=(), hosts=(), **given):
    hosts = hosts or tuple(Host(key, key.capitalize()) for key in ("elm", "oak", "ash"))
    return Problem(
        periods=WEEKS,
        programmes=programmes or (make_programme(),),
        learners=tuple(learners) or (make_learner(),),
        hosts=hosts,
        offers=tuple(offers) or (make_offer(),),
        rules=tuple(each if isinstance(each, RuleChoice) else CARDS[each].as_choice() for each in rules),
        **{"monday": MONDAY, **given},
    )


def plan_of(*stays):
    """Make a plan of stays, each as learner, offer, first week and weeks."""
    return Plan.of(Stay(*stay) for stay in stays)


def broken(problem, *stays):
    """Tell the breaches of a plan of stays."""
    return [breach.said for breach in breaches(problem, plan_of(*stays))]


def told(problem, *stays):
    """Tell the costs of a plan of stays, each with its amount."""
    return [(cost.amount, cost.said) for cost in costs(problem, plan_of(*stays))]
