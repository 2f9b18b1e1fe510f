"""The demand of a bench network: duties in the measure of what its people can give."""

from collections import Counter
from random import Random
from typing import NamedTuple

from bench.calendar import HALVES, span
from bench.staffing import GENERAL_PRACTITIONERS
from rota.solver.staff_rota import Duty, Person, Session


class Service(NamedTuple):
    """A kind of duty: who covers it, where, in which kind of room."""

    activity: str
    group: str
    roles: frozenset[str]
    sites: tuple[str | None, ...]
    room: str | None
    competencies: frozenset[str] = frozenset()


def services(practices: list[str], hub: str, council: str) -> tuple[Service, ...]:
    """Give the services of one network."""
    everywhere = tuple(practices)

    def only(role: str) -> frozenset[str]:
        return frozenset({role})

    return (
        Service("Surgery", "GP", GENERAL_PRACTITIONERS, everywhere, "consulting"),
        Service("Nurse clinic", "Nurse", only("Practice nurse"), (*everywhere, hub), "treatment"),
        Service("Bloods", "HCA", only("Healthcare assistant"), (*everywhere, hub), "treatment"),
        Service("Medication review", "Pharmacist", only("Clinical pharmacist"), (*everywhere, None), None),
        Service("Prescription desk", "Technician", only("Pharmacy technician"), (*everywhere, None), None),
        Service("Physiotherapy", "Physio", only("First contact physiotherapist"), everywhere, "consulting"),
        Service("Social prescribing", "Link worker", only("Link worker"), (*everywhere, council), None),
        Service("Adult social care", "Social worker", only("Social worker"), (council, hub), None),
        Service("Sight tests", "Optometrist", only("Optometrist"), (hub,), "dark room"),
        Service("Dental clinic", "Dentist", only("Dentist"), (hub,), "dental"),
        Service("Dental hygiene", "Therapist", only("Dental therapist"), (hub,), "dental"),
        Service("Home visits", "Paramedic", only("Paramedic"), (None,), None),
        Service("Talking clinic", "MH", only("Mental health practitioner"), everywhere, "consulting"),
    )


def duties(
    chance: Random,
    offered: tuple[Service, ...],
    people: list[Person],
    sessions: tuple[Session, ...],
    load: float,
    hub: str,
    first: int,
) -> list[Duty]:
    """Make the duties of one network; `load` is the part of the people's contracts that demand asks for."""
    made: list[Duty] = []
    weeks = len({session.day.isocalendar().week for session in sessions})
    for service in offered:
        weekly = sum(weekly_sessions(each, weeks) for each in people if each.role in service.roles)
        leads = len(service.sites) * 10 if service.group == "GP" else 0
        wanted = spread(chance, service, max(0, round(weekly * load) - leads))
        for session in sessions:
            for site in service.sites:
                asked = wanted[site, session.day.weekday(), session.kind]
                if asked:
                    # A third of the places are wished for rather than needed.
                    needed = asked - int(chance.random() < 0.33)
                    made.append(duty(first + len(made), service, session, site, needed, asked))
                if leads and session.kind in HALVES:
                    made.append(duty(first + len(made), service, session, site, 1, 1, lead=True))
    for session in sessions:
        made += extended_access(first + len(made), offered, session, hub)
        made += learning(first + len(made), people, session)
    return made


def weekly_sessions(person: Person, weeks: int) -> int:
    """Count the sessions a week that a person gives to duties, leave aside."""
    minutes = person.weekly_minutes or person.tolerance_minutes // 2
    closed = sum(person.credits.values()) // weeks
    return max(0, minutes - closed) // person.session_minutes - person.protected_sessions


def spread(chance: Random, service: Service, number: int) -> Counter[tuple[str | None, int, str]]:
    """Spread so many people a week over sites and half-days, as evenly as chance allows."""
    cells = [(site, day, half) for site in service.sites for day in range(5) for half in HALVES]
    wanted: Counter[tuple[str | None, int, str]] = Counter()
    while number > 0:
        chosen = chance.sample(cells, min(number, len(cells)))
        wanted.update(chosen)
        number -= len(chosen)
    return wanted


def duty(
    number: int,
    service: Service,
    session: Session,
    site: str | None,
    minimum: int,
    desired: int,
    lead: bool = False,
) -> Duty:
    """Make one duty."""
    starts, ends = span(session)
    return Duty(
        number=number,
        session=session.number,
        site=site,
        activity="Duty doctor" if lead else service.activity,
        role_group=service.group,
        roles=service.roles,
        starts=starts,
        ends=ends,
        minimum=minimum,
        desired=desired,
        maximum=desired if lead else desired + 1,
        competencies=service.competencies,
        room=service.room,
        streams=("Core",),
        lead=lead,
    )


def extended_access(first: int, offered: tuple[Service, ...], session: Session, hub: str) -> list[Duty]:
    """Make the evening and Saturday duties of the hub."""
    groups = {"EVE": ("GP", "Nurse"), "SAT-AM": ("GP", "Nurse", "HCA"), "SAT-PM": ("GP", "Nurse")}
    asked = [service for service in offered if service.group in groups.get(session.kind, ())]
    return [duty(first + place, service, session, hub, 1, 1) for place, service in enumerate(asked)]


def learning(first: int, people: list[Person], session: Session) -> list[Duty]:
    """Make a place for each learner at each of their sites; no cover is expected of them."""
    if session.kind not in HALVES:
        return []
    places = sorted({(each.role, site) for each in people if each.learner for site in each.inductions})
    made = []
    for place, (role, site) in enumerate(places):
        service = Service("Supervised clinic", role, frozenset({role}), (site,), "consulting")
        made.append(duty(first + place, service, session, site, 0, 0))
    return made
