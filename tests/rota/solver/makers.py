"""Makers of small staff rota problems: each takes only what its test is about."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from rota.solver.staff_rota import CARDS, Duty, Person, Placement, Plan, Problem, RuleChoice, Session, Site

MONDAY = date(2027, 3, 1)
HOURS = {"EAM": (7, 8), "AM": (9, 13), "PM": (14, 18), "EVE": (19, 21), "SAT_AM": (9, 13), "SAT_PM": (13, 17)}


def make_sessions(days=1, kinds=("AM", "PM"), first=MONDAY):
    half_days = [(first + timedelta(day), kind) for day in range(days) for kind in kinds]
    return tuple(Session(number, day, kind) for number, (day, kind) in enumerate(half_days))


def make_duty(number, session, site="ELM", starts=None, ends=None, **given):
    first, last = HOURS[session.kind]
    given.setdefault("roles", frozenset({"GP"}))
    return Duty(
        number=number,
        session=session.number,
        site=site,
        activity="Surgery",
        role_group=given.pop("role_group", "GP"),
        starts=starts or datetime.combine(session.day, time(first)),
        ends=ends or datetime.combine(session.day, time(last)),
        **given,
    )


def make_person(key, **given):
    given.setdefault("inductions", {"ELM": date(2026, 1, 1), "OAK": date(2026, 1, 1)})
    given.setdefault("role", "GP")
    given.setdefault("contract", "salaried")
    given.setdefault("weekly_minutes", 480)
    return Person(key=key, name=f"{key.title()} Example", discipline="medicine", session_minutes=240, **given)


def make_site(code, organisation=None, rooms=None, travel=None):
    return Site(code, f"{code.title()} Surgery", organisation or code, rooms or {}, travel or {})


def make_rule(code, **parameters):
    choice = CARDS[code].as_choice()
    given = {
        name: parameters.pop(name) for name in list(parameters) if name in RuleChoice.__dataclass_fields__
    }
    return replace(choice, parameters={**choice.parameters, **parameters}, **given)


def make_problem(people, duties, sessions, *rules, **given):
    given.setdefault("sites", (make_site("ELM"), make_site("OAK")))
    given.setdefault("today", MONDAY - timedelta(60))
    return Problem(
        sessions=tuple(sessions), people=tuple(people), duties=tuple(duties), rules=tuple(rules), **given
    )


def plan_of(*placements):
    return Plan.of(Placement(person, duty) for person, duty in placements)
