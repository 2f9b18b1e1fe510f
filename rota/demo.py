"""The workforce wing's part of the demo: members, patterns, leave, demand, rules and two rotas of four weeks.

Made through commands, from the fixed seed of the invented people. The first rota is filled and published; the
second waits for whoever tries the demo.
"""

import random
import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from network.access.rules import SYSTEM
from network.demo import Engaged, Made, session_minutes
from network.invented import SATURDAY, SEED, WORKDAYS, Invented
from network.plumbing.database import today
from network.vocabulary import (
    Activity,
    ContractType,
    Discipline,
    JobRole,
    OrganisationKind,
    SessionKind,
)
from rota import exposure_demo, hosts_demo, rotations_demo, training_demo
from rota.bundles.commands import add_bundle
from rota.bundles.rules import Need
from rota.clinic_examples.queries import examples
from rota.clinic_seats.commands import start_series
from rota.clinic_series.rules import Pattern
from rota.clinics.commands import add_type
from rota.demand.commands import add_demand, close_on_bank_holidays
from rota.invented import BASE, HUB, NEIGHBOURHOODS, surgery_lines, wants_of
from rota.jobs.tasks import solve
from rota.leave.commands import approve_leave, report_sickness, request_leave
from rota.leave.rules import AbsenceKind, Away
from rota.neighbourhoods.commands import add_neighbourhood
from rota.planning.commands import ask_to_fill
from rota.premises.commands import add_premises
from rota.publishing.commands import publish_version
from rota.requests.commands import make_request
from rota.requests.rules import Asked, Span
from rota.rotas.commands import open_period
from rota.rotas.queries import get_version_for
from rota.rulebook.commands import accept_rules, ensure_rulebook
from rota.solver.limits import Limits
from rota.staff.commands import (
    add_member,
    approve_supervision,
    record_credential,
    record_induction,
    set_working_pattern,
    sign_off_competency,
    split_funding,
)
from rota.staff.queries import competencies, members_for_planning
from rota.staff.rules import (
    Availability,
    CredentialKind,
    PatternChoice,
    PatternSlot,
    Planning,
    required_credentials,
)

WEEKS = 4
FILLING_SECONDS = 8
CYCLE = 4
AM, PM, EVENING = SessionKind.MORNING, SessionKind.AFTERNOON, SessionKind.EVENING
AVAILABLE = PatternChoice(Availability.AVAILABLE)
STAGES = {"ST1": 60, "ST2": 45, "ST3": 30}
TAUGHT = {
    (1, PM): Activity.TEACHING,
    (2, AM): Activity.TEACHING,
    (3, PM): Activity.SELF_DIRECTED_LEARNING,
}
CLINICAL_WEEK, EDUCATIONAL_WEEK = 28 * 60, 12 * 60
WORKS_OUT_OF_HOURS = frozenset({JobRole.GP, JobRole.NURSE, JobRole.HEALTHCARE_ASSISTANT, JobRole.PHARMACIST})
GOES_TO_CLINICS = frozenset({JobRole.OPTOMETRIST, JobRole.SOCIAL_WORKER})
# Days from today on which the registration of the second person in this role runs out.
RUNS_OUT = {
    JobRole.NURSE: 10,
    JobRole.PHYSIOTHERAPIST: 25,
    JobRole.PHARMACIST: -3,
    JobRole.HEALTHCARE_ASSISTANT: 55,
}


def make(made: Made) -> None:
    """Make the workforce wing's part of one invented network, all but its rotas."""
    draw = random.Random(SEED + made.number)
    ensure_rulebook(SYSTEM)
    accept_rules(SYSTEM)
    members = [_member(made, engaged, draw) for engaged in made.people]
    lines = {site_id: surgery_lines(place) for place, site_id in enumerate(made.surgeries)}
    for site_id, weekly in (lines | {made.hub: HUB, made.base: BASE}).items():
        for want in wants_of(weekly):
            add_demand(SYSTEM, site_id, replace(want, starts_on=monday() - timedelta(weeks=24)))
    ends_on = monday() + timedelta(weeks=3 * WEEKS)
    close_on_bank_holidays(SYSTEM, [*made.surgeries, made.hub, made.base], monday(), ends_on)
    _leave(members, draw)
    _clinics(made)
    trained = training_demo.make(made)
    exposure_demo.make(trained, hosts_demo.make(made, trained))


def open_rotas(made: Made) -> None:
    """Open the weeks that run now, fill and publish them, and open those that come after.

    Before that, the year of rotations: learners work in the rota where they are placed.
    """
    rotations_demo.make(made)
    version_id = open_period(SYSTEM, monday(), WEEKS)
    job_id = ask_to_fill(SYSTEM, version_id, Limits(seconds=FILLING_SECONDS))
    # In this process: what waits in the queue finds the job ended. The next weeks wait for the newcomer.
    solve(made.network_id, job_id=job_id)
    publish_version(SYSTEM, version_id)
    _wish(open_period(SYSTEM, monday() + timedelta(weeks=WEEKS), WEEKS))


def _wish(version_id: uuid.UUID) -> None:
    """Let every sixth person wish for a weekday of the next rota: most to be off, some to work."""
    period = get_version_for(SYSTEM, version_id).period
    for place, member in enumerate(members_for_planning(period.starts_on, period.ends_on)[::6]):
        offered = sorted(
            (slot.weekday, slot.kind)
            for slot, choice in member.patterns[-1].value.choices.items()
            if slot.week == 1 and choice == AVAILABLE and slot.kind in (AM, PM)
        )
        weekday, kind = offered[place * 3 % len(offered)]
        wish = Asked(works=place % 4 == 3, points=1 + place % 3, span=Span(weekday=weekday, kind=kind))
        make_request(SYSTEM, period.id, member.id, wish)


def monday() -> date:
    """Return the Monday of this week."""
    return today() - timedelta(days=today().weekday())


def _member(made: Made, engaged: Engaged, draw: random.Random) -> uuid.UUID:
    person = engaged.invented
    post, home = person.post, made.home_of(person.post)
    is_registrar = post.role is JobRole.GP_REGISTRAR
    planning = Planning(
        planned_from=monday() - timedelta(weeks=26),
        home_site_id=home,
        tolerance_minutes=session_minutes(post),
        stage=post.stage,
        supervision_minutes=STAGES.get(post.stage),
        most_clinical_minutes=CLINICAL_WEEK if is_registrar else None,
        least_educational_minutes=EDUCATIONAL_WEEK if is_registrar else None,
    )
    member_id = add_member(SYSTEM, engaged.engagement_id, planning=planning)
    colleagues = [one for one in made.people if one.invented.post.role is post.role]
    _pattern(member_id, person, draw)
    _papers(member_id, person, colleagues.index(engaged) == 1, draw)
    for site_id in _inducted_at(made, person, home):
        record_induction(SYSTEM, member_id, site_id, inducted_on=monday() - timedelta(weeks=20))
    split_funding(SYSTEM, member_id, dict(post.streams))
    if post.role is JobRole.GP and post.contract is ContractType.PARTNER:
        approve_supervision(
            SYSTEM,
            member_id,
            JobRole.GP_REGISTRAR,
            minutes_per_session=60,
            most_learners=1,
            starts_on=monday() - timedelta(weeks=52),
        )
    return member_id


def _pattern(member_id: uuid.UUID, person: Invented, draw: random.Random) -> None:
    slots = _weekly_slots(person, draw)
    choices = {
        PatternSlot(week, weekday, kind): choice
        for week in range(1, CYCLE + 1)
        for (weekday, kind), choice in slots.items()
    }
    if person.post.role in WORKS_OUT_OF_HOURS:
        evening, saturday = draw.choice(WORKDAYS), draw.randrange(1, CYCLE + 1)
        for week in range(1, CYCLE + 1):
            choices[PatternSlot(week, evening, EVENING)] = AVAILABLE
        for kind in (SessionKind.SATURDAY_MORNING, SessionKind.SATURDAY_AFTERNOON):
            choices[PatternSlot(saturday, SATURDAY, kind)] = AVAILABLE
    set_working_pattern(
        SYSTEM, member_id, choices, starts_on=monday() - timedelta(weeks=24), cycle_weeks=CYCLE
    )


def _weekly_slots(person: Invented, draw: random.Random) -> dict[tuple[int, SessionKind], PatternChoice]:
    if person.post.role is JobRole.GP_REGISTRAR:
        return {
            (weekday, kind): PatternChoice(Availability.FIXED, TAUGHT[weekday, kind])
            if (weekday, kind) in TAUGHT
            else AVAILABLE
            for weekday in WORKDAYS
            for kind in (AM, PM)
        }
    days, half = divmod(person.post.sessions, 2)
    weekdays = draw.sample(WORKDAYS, days + half)
    slots = {(weekday, kind): AVAILABLE for weekday in weekdays for kind in (AM, PM)}
    if half:
        del slots[weekdays[-1], PM]
    if draw.random() < 0.3:
        slots[weekdays[0], AM] = PatternChoice(Availability.PREFERRED)
    return slots


def _papers(member_id: uuid.UUID, person: Invented, is_second: bool, draw: random.Random) -> None:
    role = person.post.role
    # Registrations first: theirs are the dates that surprise a manager.
    needed = sorted(
        required_credentials(role),
        key=lambda kind: (kind in {CredentialKind.DBS, CredentialKind.INDEMNITY}, kind),
    )
    for kind in needed:
        runs_out = today() + timedelta(days=draw.randrange(200, 800))
        if is_second and kind == needed[0] and role in RUNS_OUT:
            runs_out = today() + timedelta(days=RUNS_OUT[role])
        record_credential(SYSTEM, member_id, CredentialKind(kind), expires_on=runs_out)
    for competency in competencies().values():
        if role in competency.roles and draw.random() < 0.7:
            sign_off_competency(
                SYSTEM,
                member_id,
                competency.code,
                signed_off_on=monday() - timedelta(weeks=30),
                signed_off_by="Clinical lead",
            )


def _inducted_at(made: Made, person: Invented, home: uuid.UUID) -> Iterable[uuid.UUID]:
    post = person.post
    if post.practice is not None:
        return home, made.surgeries[(post.practice + 1) % len(made.surgeries)], made.hub
    # Clinics under one roof bring some of those who are based elsewhere to the surgeries.
    if post.employer is OrganisationKind.NETWORK or post.role in GOES_TO_CLINICS:
        return dict.fromkeys((home, *made.surgeries, made.hub))
    return {home, made.hub}


def _leave(members: list[uuid.UUID], draw: random.Random) -> None:
    """Give a third of the people leave, a week or a day; one request waits, and one person is ill today."""
    away = draw.sample(members, len(members) // 3)
    for place, member_id in enumerate(away[2:]):
        starts_on = monday() + timedelta(
            weeks=draw.randrange(2 * WEEKS), days=draw.randrange(3) if place % 2 else 0
        )
        ends_on = starts_on if place % 2 else starts_on + timedelta(days=4)
        kind = AbsenceKind.STUDY if place % 5 == 4 else AbsenceKind.ANNUAL
        approve_leave(SYSTEM, request_leave(SYSTEM, member_id, Away(kind, starts_on, ends_on)))
    asked = monday() + timedelta(weeks=WEEKS - 1)
    request_leave(SYSTEM, away[0], Away(AbsenceKind.ANNUAL, asked, asked + timedelta(days=4)))
    report_sickness(SYSTEM, away[1], Away(AbsenceKind.SICKNESS, today(), today() + timedelta(days=1)))


def _clinics(made: Made) -> None:
    """Set up kinds of clinic, say where contracts allow which, and count who needs them."""
    kinds = {key: add_type(SYSTEM, each.design, each.seats) for key, each in examples().items()}
    for site_id in (made.hub, *made.surgeries[:3]):
        add_premises(SYSTEM, Discipline.OPTOMETRY, site_id, "General Ophthalmic Services, invented")
    add_premises(SYSTEM, Discipline.DENTISTRY, made.hub, "General Dental Services, invented")
    for name, (home, people) in NEIGHBOURHOODS.items():
        area = add_neighbourhood(SYSTEM, name, made.surgeries[home])
        for each in people:
            need = Need(
                neighbourhood_id=area,
                clinic_type_id=kinds.get(each.clinic),
                disciplines=each.disciplines,
                priority=each.priority,
                due_on=monday() + timedelta(weeks=each.due_in_weeks) if each.due_in_weeks else None,
                needs_step_free=each.needs_step_free,
                longest_minutes=each.longest_minutes,
            )
            add_bundle(SYSTEM, need, each.count)
    # One series is held already; whoever tries the demo plans another.
    often = Pattern(0, PM, 2, monday(), monday() + timedelta(weeks=25))
    start_series(SYSTEM, kinds["diabetes"], area, made.hub, often)
