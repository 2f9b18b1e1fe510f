"""Makers of small problems with clinics: each takes only what its test is about."""

from dataclasses import replace

from rota.solver.staff_rota import (
    Bundle,
    ClinicKind,
    Clinics,
    Opening,
    Placement,
    Plan,
    Seat,
    Served,
    breaches,
    costs,
)
from tests.rota.solver.makers import make_duty, make_person, make_problem, make_sessions, make_site

DOCTOR = Seat("GP", "medicine", needed=1, safe=1, degraded=1, most=1, throughput=4)
NURSE = Seat("Nurse", "nursing", needed=1, safe=1, degraded=0, most=2, throughput=3)
ROLES = {"g": "GP", "n": "Nurse", "d": "Dentist", "r": "Registrar"}


def make_kind(key="heart", seats=(DOCTOR, NURSE), **given):
    return ClinicKind(key, f"{key.title()} one-stop", tuple(seats), **given)


HEART, LUNGS = make_kind(), make_kind("lungs")
# The people of HEART in clinic 0.
BOTH = (("gus", 100), ("nia", 101))
NEAR = make_site("ELM", rooms={"clinic": 2}, travel={"OAK": 20}), make_site("OAK", travel={"ELM": 20})
FAR = make_site("ELM", travel={"OAK": 90}), make_site("OAK", travel={"ELM": 90})


def make_bundle(number=0, disciplines=("medicine", "nursing"), count=3, area="North", **given):
    given.setdefault("weight", 1)
    given.setdefault("due", None)
    given.setdefault("home", "ELM")
    given.setdefault("longest_minutes", 60)
    return Bundle(number, area, frozenset(disciplines), count, **given)


def make_team(*names):
    """Make people whose first letter says their role: gus is a GP, nia a nurse, dan a dentist."""
    return [make_person(name, role=ROLES[name[0]]) for name in names]


def make_clinics(people, held, *rules, sessions=None, duties=(), seat=None, **given):
    """Make a problem of clinics that could be held, as (type, site, session number), and of other duties.

    The seats of clinic 0 are duties 100 and 101, those of clinic 1 are 110 and 111, and so on.
    """
    calendar = sessions or make_sessions()
    seats, openings = list(duties), []
    for number, (kind, site, session) in enumerate(held):
        mine = [
            make_duty(
                100 + 10 * number + place,
                calendar[session],
                site=site,
                roles=frozenset({each.group, "Registrar"}),
                maximum=each.most,
                **(seat or {}),
            )
            for place, each in enumerate(kind.seats)
        ]
        openings.append(
            Opening(number, kind.key, site, session, "North", tuple(duty.number for duty in mine))
        )
        seats += mine
    kinds = {kind.key: kind for kind, _, _ in held}
    names = ("bundles", "kit", "licences", "step_free", "blueprint_weeks")
    about = {name: given.pop(name) for name in names if name in given}
    clinics = Clinics(tuple(kinds.values()), tuple(openings), **about)
    return make_problem(people, seats, calendar, *rules, clinics=clinics, **given)


def with_openings(problem, **changes):
    """Give the problem with something changed of each of its clinics; fixed ones ask for their people."""
    held = tuple(replace(opening, **changes) for opening in problem.clinics.openings)
    needed = {duty: seat.needed for duty, (_, seat) in problem.clinics.seat_of.items()}
    if not changes.get("is_fixed"):
        needed = {}
    duties = tuple(
        replace(duty, minimum=needed[duty.number], desired=needed[duty.number])
        if duty.number in needed
        else duty
        for duty in problem.duties
    )
    return replace(problem, duties=duties, clinics=replace(problem.clinics, openings=held))


def plan_with(*placements, openings=(), served=()):
    """Make a plan of placements, clinics that are opened, and people of a bundle who are sent there."""
    return Plan(
        frozenset(Placement(*each) for each in placements),
        frozenset(openings),
        frozenset(Served(*each) for each in served),
    )


def one_clinic(*rules, people=("gus", "nia"), kind=HEART, **given):
    """Make a problem of one clinic that could be held at Elm in the morning."""
    return make_clinics(make_team(*people), [(kind, "ELM", 0)], *rules, **given)


def broken(problem, plan):
    """Tell the breaches of a plan in sentences."""
    return [breach.said for breach in breaches(problem, plan)]


def told(problem, plan):
    """Tell what a plan costs."""
    return [(cost.tier, cost.amount, cost.said) for cost in costs(problem, plan)]
