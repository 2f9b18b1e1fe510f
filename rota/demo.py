"""The workforce wing's part of the demo: members, patterns, leave, demand, rules, and two rotas of four weeks.

Made through commands, from the fixed seed of the invented people. The first rota is filled and published; the second
waits for whoever tries the demo.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from network.access.rules import SYSTEM
from network.demo import Made, session_minutes
from network.invented import SATURDAY, SEED, WORKDAYS, Invented
from network.organisations.records import Site
from network.people.records import Engagement
from network.plumbing.database import today
from network.vocabulary import (
    Activity,
    ContractType,
    FundingStream,
    JobRole,
    OrganisationKind,
    RoleGroup,
    RoomKind,
    SessionKind,
)
from rota.demand.commands import add_demand, close_on_bank_holidays
from rota.demand.rules import Want
from rota.leave.commands import Away, approve_leave, report_sickness, request_leave
from rota.leave.rules import AbsenceKind
from rota.planning.commands import ask_to_fill
from rota.rotas.commands import open_period
from rota.rulebook.commands import accept_rules, ensure_rulebook
from rota.staff.commands import (
    add_member,
    approve_supervision,
    record_credential,
    record_induction,
    set_working_pattern,
    sign_off_competency,
    split_funding,
)
from rota.staff.queries import competencies
from rota.staff.records import RotaMember
from rota.staff.rules import (
    Availability,
    CredentialKind,
    PatternChoice,
    PatternSlot,
    Planning,
    required_credentials,
)

WEEKS = 4
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
    members = [_member(made, person, engagement, draw) for person, engagement in made.posts]
    for place, site in enumerate(made.surgeries):
        for want in surgery_wants(place):
            add_demand(SYSTEM, site.id, want)
    for want in hub_wants():
        add_demand(SYSTEM, made.hub.id, want)
    for want in base_wants():
        add_demand(SYSTEM, made.base.id, want)
    ends_on = monday() + timedelta(weeks=3 * WEEKS)
    close_on_bank_holidays(SYSTEM, [site.id for site in made.sites], monday(), ends_on)
    _leave(members, draw)


def open_rotas(made: Made) -> None:
    """Open the weeks that run now and those that come after, and ask for the first to be filled."""
    version_id = open_period(SYSTEM, monday(), WEEKS)
    open_period(SYSTEM, monday() + timedelta(weeks=WEEKS), WEEKS)
    ask_to_fill(SYSTEM, version_id)


def monday() -> date:
    """Return the Monday of this week."""
    return today() - timedelta(days=today().weekday())


def _member(made: Made, person: Invented, engagement: Engagement, draw: random.Random) -> RotaMember:
    post, home = person.post, made.home_of(person.post)
    is_registrar = post.role is JobRole.GP_REGISTRAR
    planning = Planning(
        planned_from=monday() - timedelta(weeks=26),
        home_site_id=home.id,
        tolerance_minutes=session_minutes(post),
        stage=post.stage,
        supervision_minutes=STAGES.get(post.stage),
        most_clinical_minutes=CLINICAL_WEEK if is_registrar else None,
        least_educational_minutes=EDUCATIONAL_WEEK if is_registrar else None,
    )
    member = add_member(SYSTEM, engagement.id, planning=planning)
    place = [other.post.role for other, _ in made.posts].index(post.role)
    is_second = made.posts[min(place + 1, len(made.posts) - 1)][1].id == engagement.id
    _pattern(member, person, draw)
    _papers(member, person, is_second, draw)
    for site in _inducted_at(made, person, home):
        record_induction(SYSTEM, member.id, site.id, inducted_on=monday() - timedelta(weeks=20))
    split_funding(SYSTEM, member.id, dict(post.streams))
    if post.role is JobRole.GP and post.contract is ContractType.PARTNER:
        approve_supervision(
            SYSTEM,
            member.id,
            JobRole.GP_REGISTRAR,
            minutes_per_session=60,
            most_learners=1,
            starts_on=monday() - timedelta(weeks=52),
        )
    return member


def _pattern(member: RotaMember, person: Invented, draw: random.Random) -> None:
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
        SYSTEM, member.id, choices, starts_on=monday() - timedelta(weeks=24), cycle_weeks=CYCLE
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


def _papers(member: RotaMember, person: Invented, is_second: bool, draw: random.Random) -> None:
    role = person.post.role
    needed = sorted(required_credentials(role))
    for kind in needed:
        runs_out = today() + timedelta(days=draw.randrange(200, 800))
        if is_second and kind == needed[0] and role in RUNS_OUT:
            runs_out = today() + timedelta(days=RUNS_OUT[role])
        record_credential(SYSTEM, member.id, CredentialKind(kind), expires_on=runs_out)
    for competency in competencies().values():
        if role in competency.roles and draw.random() < 0.7:
            sign_off_competency(
                SYSTEM,
                member.id,
                competency.code,
                signed_off_on=monday() - timedelta(weeks=30),
                signed_off_by="Clinical lead",
            )


def _inducted_at(made: Made, person: Invented, home: Site) -> Iterator[Site]:
    post = person.post
    if post.employer is OrganisationKind.NETWORK and post.practice is None:
        yield from (*made.surgeries, made.hub)
    elif post.practice is None:
        yield from {home.id: home, made.hub.id: made.hub}.values()
    else:
        neighbour = made.surgeries[(post.practice + 1) % len(made.surgeries)]
        yield from (home, neighbour, made.hub)


def _leave(members: list[RotaMember], draw: random.Random) -> None:
    """Give a fifth of the people a week off, some single days, one request that waits, and one who is ill today."""
    away = draw.sample(members, len(members) // 3)
    for place, member in enumerate(away[2:]):
        starts_on = monday() + timedelta(
            weeks=draw.randrange(2 * WEEKS), days=draw.randrange(3) if place % 2 else 0
        )
        days = 0 if place % 2 else 4
        kind = AbsenceKind.STUDY if place % 5 == 4 else AbsenceKind.ANNUAL
        approve_leave(
            SYSTEM, request_leave(SYSTEM, member.id, Away(kind, starts_on, starts_on + timedelta(days=days)))
        )
    asked = monday() + timedelta(weeks=WEEKS + 1)
    request_leave(SYSTEM, away[0].id, Away(AbsenceKind.ANNUAL, asked, asked + timedelta(days=4)))
    report_sickness(SYSTEM, away[1].id, Away(AbsenceKind.SICKNESS, today(), today() + timedelta(days=1)))


GP, NURSE, CONSULTING, TREATMENT = RoleGroup.GP, RoleGroup.NURSE, RoomKind.CONSULTING, RoomKind.TREATMENT
ADDITIONAL, ACCESS = FundingStream.ADDITIONAL_ROLES, FundingStream.ENHANCED_ACCESS


def surgery_wants(place: int) -> Iterator[Want]:
    """Yield the weekly demand of a practice; the first three are the larger ones."""
    large = place < 3
    for weekday in WORKDAYS:
        for kind in (AM, PM):
            # Mondays are the busiest mornings everywhere.
            busy = large or (weekday == 0 and kind is AM)
            yield Want(weekday, kind, GP, Activity.DUTY, 1, 1, 1, room=CONSULTING)
            yield Want(weekday, kind, GP, Activity.SURGERY, 1, 2 if busy else 1, 4, room=CONSULTING)
            yield Want(
                weekday, kind, NURSE, Activity.CLINIC, 1, 2 if large and kind is AM else 1, 2, room=TREATMENT
            )
            yield Want(
                weekday,
                kind,
                RoleGroup.HEALTHCARE_ASSISTANT,
                Activity.CLINIC,
                1 if kind is AM else 0,
                1,
                2,
                room=TREATMENT,
            )
        if (weekday + place) % 5 < 4:
            yield Want(
                weekday,
                AM,
                RoleGroup.PHARMACIST,
                Activity.MEDICATION_REVIEW,
                0,
                1,
                2,
                room=CONSULTING,
                funding=ADDITIONAL,
            )
        if (weekday + place) % 5 < 2:
            yield Want(
                weekday,
                PM,
                RoleGroup.PHARMACY_TECHNICIAN,
                Activity.MEDICATION_REVIEW,
                0,
                1,
                1,
                funding=ADDITIONAL,
            )
            yield Want(
                weekday,
                AM,
                RoleGroup.LINK_WORKER,
                Activity.CLINIC,
                0,
                1,
                1,
                room=RoomKind.INTERVIEW,
                funding=ADDITIONAL,
            )
            yield Want(
                weekday,
                PM,
                RoleGroup.MENTAL_HEALTH,
                Activity.CLINIC,
                0,
                1,
                1,
                room=CONSULTING,
                funding=ADDITIONAL,
            )


def hub_wants() -> Iterator[Want]:
    """Yield the weekly demand of the hub: the shared roles by day, enhanced access in the evening and on Saturday."""
    for weekday in WORKDAYS:
        for kind in (AM, PM):
            yield Want(
                weekday,
                kind,
                RoleGroup.PHYSIOTHERAPIST,
                Activity.CLINIC,
                1,
                2,
                3,
                room=CONSULTING,
                funding=ADDITIONAL,
            )
            yield Want(weekday, kind, RoleGroup.PARAMEDIC, Activity.HOME_VISITS, 1, 2, 2, funding=ADDITIONAL)
            yield Want(
                weekday,
                kind,
                RoleGroup.PHARMACIST,
                Activity.MEDICATION_REVIEW,
                0,
                1,
                3,
                room=CONSULTING,
                funding=ADDITIONAL,
            )
            yield Want(
                weekday,
                kind,
                RoleGroup.PHARMACY_TECHNICIAN,
                Activity.MEDICATION_REVIEW,
                0,
                1,
                2,
                funding=ADDITIONAL,
            )
            yield Want(
                weekday, kind, RoleGroup.LINK_WORKER, Activity.HOME_VISITS, 0, 2, 3, funding=ADDITIONAL
            )
            yield Want(
                weekday,
                kind,
                RoleGroup.MENTAL_HEALTH,
                Activity.CLINIC,
                0,
                1,
                2,
                room=CONSULTING,
                funding=ADDITIONAL,
            )
        yield Want(weekday, EVENING, GP, Activity.ENHANCED_ACCESS, 1, 1, 2, room=CONSULTING, funding=ACCESS)
        yield Want(weekday, EVENING, NURSE, Activity.ENHANCED_ACCESS, 0, 1, 1, room=TREATMENT, funding=ACCESS)
        yield from _sight_and_mouth(weekday)
    for kind in (SessionKind.SATURDAY_MORNING, SessionKind.SATURDAY_AFTERNOON):
        yield Want(SATURDAY, kind, GP, Activity.ENHANCED_ACCESS, 1, 2, 3, room=CONSULTING, funding=ACCESS)
        yield Want(SATURDAY, kind, NURSE, Activity.ENHANCED_ACCESS, 1, 1, 2, room=TREATMENT, funding=ACCESS)
        yield Want(
            SATURDAY,
            kind,
            RoleGroup.HEALTHCARE_ASSISTANT,
            Activity.ENHANCED_ACCESS,
            0,
            1,
            1,
            room=TREATMENT,
            funding=ACCESS,
        )


def _sight_and_mouth(weekday: int) -> Iterator[Want]:
    dental, sight = FundingStream.DENTAL_CONTRACT, FundingStream.OPTOMETRIC_CONTRACT
    if weekday in {1, 3}:
        yield Want(
            weekday,
            AM,
            RoleGroup.OPTOMETRIST,
            Activity.SIGHT_TESTS,
            0,
            1,
            1,
            room=RoomKind.DARK_ROOM,
            funding=sight,
        )
        yield Want(
            weekday,
            AM,
            RoleGroup.DENTIST,
            Activity.DENTAL,
            0,
            1,
            1,
            room=RoomKind.DENTAL_SURGERY,
            funding=dental,
        )
        yield Want(
            weekday,
            PM,
            RoleGroup.DENTAL_THERAPIST,
            Activity.DENTAL,
            0,
            1,
            1,
            room=RoomKind.DENTAL_SURGERY,
            funding=dental,
        )


def base_wants() -> Iterator[Want]:
    """Yield the weekly demand of the council's team."""
    for weekday in WORKDAYS:
        for kind in (AM, PM):
            yield Want(
                weekday,
                kind,
                RoleGroup.SOCIAL_WORKER,
                Activity.SOCIAL_CARE,
                1,
                2,
                2,
                funding=FundingStream.LOCAL_AUTHORITY,
            )
