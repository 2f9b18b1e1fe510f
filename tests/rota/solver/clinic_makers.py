"""Makers of small problems with clinics: each takes only what its test is about."""

from rota.solver.staff_rota import Bundle, ClinicKind, Clinics, Opening, Seat
from tests.rota.solver.makers import make_duty, make_person, make_problem, make_rule, make_sessions, make_site

ROLES = {"Nurse": "nursing", "Dentist": "dentistry"}
CODES = ("R01", "R02", "R03", "R06", "R07", "C01", "C02", "C03", "C08", "C11", "C12", "C14", "C22")


def make_seat(group, safe=1, degraded=0, throughput=4):
    return Seat(group, ROLES[group], 1, safe, degraded, 1, throughput)


def make_kind(*seats, **given):
    return ClinicKind("mouth", "Mouth and foot", seats or (make_seat("Nurse"), make_seat("Dentist")), **given)


def make_bundle(number=0, count=4, **given):
    given.setdefault("home", "ELM")
    given.setdefault("longest_minutes", 60)
    needs = frozenset(ROLES.values())
    return Bundle(number=number, area="North", disciplines=needs, count=count, weight=1, due=None, **given)


def make_clinics(kind, bundles, sessions, sites, first=0):
    """Make an opening at each site in each session, and the duties of their seats."""
    openings, duties = [], []
    for session in sessions:
        for site in sites:
            numbers = tuple(range(first + len(duties), first + len(duties) + len(kind.seats)))
            for number, seat in zip(numbers, kind.seats, strict=True):
                duties.append(
                    make_duty(
                        number, session, site=site, roles=frozenset({seat.group}), role_group=seat.group
                    )
                )
            openings.append(Opening(len(openings), kind.key, site, session.number, "North", numbers))
    return Clinics(kinds=(kind,), openings=tuple(openings), bundles=tuple(bundles)), duties


def make_clinic_problem(kind=None, bundles=None, days=5, people=None, ordinary=(), sites=("ELM", "OAK")):
    """Make a problem of two nurses and a dentist, who could hold a clinic in any half-day at either site."""
    sessions = make_sessions(days=days)
    bundles = (make_bundle(),) if bundles is None else bundles
    clinics, seats = make_clinics(kind or make_kind(), bundles, sessions, sites, first=len(ordinary))
    staff = people or [make_person("ann", role="Nurse"), make_person("bea", role="Nurse"), dentist()]
    return make_problem(
        staff,
        [*ordinary, *seats],
        sessions,
        *(make_rule(code) for code in CODES),
        sites=(make_site("ELM", travel={"OAK": 15}), make_site("OAK", travel={"ELM": 15})),
        clinics=clinics,
    )


def dentist(key="dan", **given):
    return make_person(key, role="Dentist", **given)
