"""The ground floor's part of the demo: organisations, sites, people and accounts, made through commands."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from network import invented
from network.access.rules import SYSTEM, Role
from network.accounts.commands import give_role, open_account, set_sign_in_rules
from network.invented import DemoNetwork, Invented, Post, Practice
from network.organisations.commands import add_organisation, found_network
from network.organisations.rules import Hours, WeeklySession
from network.people.commands import add_person
from network.people.rules import Details, Terms
from network.plumbing.database import enter_network, today
from network.sites.commands import add_equipment, add_room, add_site, set_opening_hours
from network.vocabulary import ContractType, EquipmentKind, JobRole, OrganisationKind

SHORTEST, GP, REGISTRAR, OFFICE = 210, 250, 240, 225
FULL_TIME, LEARNER_WEEK = 2250, 2400
LONG_AGO = date(2024, 4, 1)
PARTNERS = {
    OrganisationKind.PHARMACY: "High Street Pharmacy",
    OrganisationKind.OPTICIAN: "Clear View Opticians",
    OrganisationKind.DENTAL_PRACTICE: "Market Square Dental",
    OrganisationKind.SOCIAL_CARE: "Borough Council adult social care",
    OrganisationKind.COMMUNITY_TRUST: "Community Services Trust",
    OrganisationKind.HOSPITAL_TRUST: "General Hospital Trust",
    OrganisationKind.MENTAL_HEALTH_TRUST: "Mental Health Trust",
    OrganisationKind.CARE_HOME: "The Willows Care Home",
    OrganisationKind.VOLUNTARY: "Good Neighbours",
    OrganisationKind.TRAINING_HUB: "Training Hub",
    OrganisationKind.UNIVERSITY: "School of Health",
}
# Further members of the meeting: by post, which of those in it; and those of trusts, who are in no rota here.
MEMBERS: dict[JobRole, tuple[int, ...]] = {
    JobRole.GP: (2, 4, 6, 8),
    JobRole.OPTOMETRIST: (0,),
    JobRole.DENTIST: (0,),
    JobRole.MENTAL_HEALTH_PRACTITIONER: (0,),
}
VISITORS = {
    JobRole.COMMUNITY_NURSE: OrganisationKind.COMMUNITY_TRUST,
    JobRole.CONSULTANT: OrganisationKind.HOSPITAL_TRUST,
}
# Who learns with the team sees cases while the role lasts.
LEARNS_FOR = timedelta(days=120)


@dataclass(frozen=True)
class Engaged:
    """An invented person as the registry knows them."""

    invented: Invented
    person_id: uuid.UUID
    engagement_id: uuid.UUID
    employer_id: uuid.UUID


@dataclass(frozen=True)
class Made:
    """What the ground floor made of one invented network, as ids, for the wings to build on."""

    network_id: uuid.UUID
    name: str
    number: int
    practices: tuple[uuid.UUID, ...]
    partners: dict[OrganisationKind, uuid.UUID]
    surgeries: tuple[uuid.UUID, ...]
    hub: uuid.UUID
    base: uuid.UUID
    people: tuple[Engaged, ...]

    def home_of(self, post: Post) -> uuid.UUID:
        """Say where a post is based: at its practice, at the council's base, or at the hub."""
        if post.practice is not None:
            return self.surgeries[post.practice]
        return self.base if post.employer is OrganisationKind.SOCIAL_CARE else self.hub


def make(plan: DemoNetwork, number: int) -> Made:
    """Make one invented network with everybody in it, and work for it from here on."""
    network_id = found_network(SYSTEM, name=f"{plan.name} network", short_name=plan.name)
    enter_network(network_id)
    # Whoever tries the demo with one click has no second factor at hand.
    set_sign_in_rules(SYSTEM, second_factor_for_patient_roles=False)
    practices = tuple(_practice(practice) for practice in plan.practices)
    partners = {
        kind: add_organisation(
            SYSTEM, kind=kind, name=f"{plan.name} {name}", short_name=name, joined_on=LONG_AGO
        )
        for kind, name in PARTNERS.items()
    }
    surgeries = tuple(
        _surgery(practice_id, practice)
        for practice_id, practice in zip(practices, plan.practices, strict=True)
    )
    hub, base = _hub(network_id, plan), _base(partners[OrganisationKind.SOCIAL_CARE], plan)
    employers = {**partners, OrganisationKind.NETWORK: network_id}
    people = tuple(_engage(person, practices, employers) for person in invented.people(number))
    made = Made(network_id, plan.name, number, practices, partners, surgeries, hub, base, people)
    _open_accounts(made)
    _open_members(made)
    return made


def _practice(practice: Practice) -> uuid.UUID:
    return add_organisation(
        SYSTEM,
        kind=OrganisationKind.GP_PRACTICE,
        name=practice.site_name,
        short_name=practice.name,
        list_size=practice.list_size,
        joined_on=LONG_AGO,
    )


def _surgery(practice_id: uuid.UUID, practice: Practice) -> uuid.UUID:
    site_id = add_site(
        SYSTEM,
        practice_id,
        name=practice.site_name,
        code=practice.code,
        address=f"1 {practice.name} Lane, Exampleton",
        latitude=practice.north,
        longitude=practice.east,
    )
    set_opening_hours(SYSTEM, site_id, _hours(invented.WORKDAYS, invented.DAYTIME))
    _add_rooms(site_id, "practice")
    add_equipment(SYSTEM, practice_id, kind=EquipmentKind.ECG, site_id=site_id)
    add_equipment(SYSTEM, practice_id, kind=EquipmentKind.SPIROMETER, site_id=site_id)
    return site_id


def _hub(network_id: uuid.UUID, plan: DemoNetwork) -> uuid.UUID:
    site_id = add_site(
        SYSTEM,
        network_id,
        name=f"{plan.name} Hub",
        code="HUB",
        address="2 Hub Square, Exampleton",
        latitude=plan.latitude + 0.004,
        longitude=plan.longitude + 0.006,
    )
    weekdays = _hours(invented.WORKDAYS, {**invented.DAYTIME, **invented.EVENINGS})
    set_opening_hours(SYSTEM, site_id, {**weekdays, **_hours([invented.SATURDAY], invented.SATURDAYS)})
    _add_rooms(site_id, "hub")
    add_equipment(SYSTEM, network_id, kind=EquipmentKind.RETINAL_CAMERA)
    add_equipment(SYSTEM, network_id, kind=EquipmentKind.DENTAL_CHAIR, site_id=site_id)
    return site_id


def _base(council_id: uuid.UUID, plan: DemoNetwork) -> uuid.UUID:
    site_id = add_site(
        SYSTEM,
        council_id,
        name=f"{plan.name} Civic Centre",
        code="CIV",
        address="3 Civic Square, Exampleton",
        latitude=plan.latitude - 0.006,
        longitude=plan.longitude + 0.002,
    )
    set_opening_hours(SYSTEM, site_id, _hours(invented.WORKDAYS, invented.OFFICE))
    _add_rooms(site_id, "base")
    return site_id


def _hours(weekdays: Iterable[int], times: invented.Times) -> Hours:
    return {WeeklySession(weekday, kind): hours for weekday in weekdays for kind, hours in times.items()}


def _add_rooms(site_id: uuid.UUID, sort: str) -> None:
    for kind, count in invented.ROOMS[sort].items():
        for number in range(1, count + 1):
            add_room(SYSTEM, site_id, name=f"{kind.label} {number}", kind=kind)


def _engage(
    person: Invented, practices: tuple[uuid.UUID, ...], employers: dict[OrganisationKind, uuid.UUID]
) -> Engaged:
    post = person.post
    employer_id = employers[post.employer] if post.practice is None else practices[post.practice]
    length = session_minutes(post)
    terms = Terms(
        weekly_minutes=post.sessions * length,
        session_minutes=length,
        employer_id=employer_id,
        role=post.role,
        contract=post.contract,
        starts_on=today() - timedelta(weeks=40),
        full_time_minutes=LEARNER_WEEK if post.role is JobRole.GP_REGISTRAR else FULL_TIME,
    )
    email = f"{person.given_name}.{person.family_name}@example.org".lower()
    # These numbers are kept free for plays and films: nobody is rung by mistake.
    phone = f"07700 900{sum(map(ord, email)) % 1000:03}"
    details = Details(person.given_name, person.family_name, person.title, email, phone)
    added = add_person(SYSTEM, details, terms)
    return Engaged(person, added.person_id, added.engagement_id, employer_id)


def session_minutes(post: Post) -> int:
    """Return the length of a post's session: it follows the contract, not the building."""
    if post.role is JobRole.GP_REGISTRAR:
        return REGISTRAR
    if post.role is JobRole.GP:
        return GP
    return SHORTEST if post.employer is OrganisationKind.DENTAL_PRACTICE else OFFICE


def _open_accounts(made: Made) -> None:
    """Give an account to one person of each kind; the posts say who is who, offices are added."""
    posts = {
        Role.STAFF: (JobRole.NURSE, 0),
        Role.TRAINEE: (JobRole.GP_REGISTRAR, 0),
        Role.LEARNER: (JobRole.GP_REGISTRAR, 1),
        Role.CLINICAL_LEAD: (JobRole.GP, 0),
        Role.CHAIR: (JobRole.GP, 1),
        Role.CLINICIAN: (JobRole.PHARMACIST, 0),
        Role.SOCIAL_CARE_MEMBER: (JobRole.SOCIAL_WORKER, 0),
        Role.VOLUNTARY_MEMBER: (JobRole.LINK_WORKER, 0),
    }
    for role, (job, place) in posts.items():
        engaged = [one for one in made.people if one.invented.post.role is job][place]
        is_guest = role is Role.VOLUNTARY_MEMBER
        organisation_id = made.partners[OrganisationKind.VOLUNTARY] if is_guest else engaged.employer_id
        _open_account(made, role, organisation_id, engaged.person_id, (Role.STAFF,))
    offices = {
        Role.PRACTICE_MANAGER: made.practices[0],
        Role.WORKFORCE_MANAGER: made.network_id,
        Role.ADMINISTRATOR: made.network_id,
        Role.CARE_COORDINATOR: made.network_id,
        Role.CLINIC_LEAD: made.network_id,
        Role.ROTATION_LEAD: made.partners[OrganisationKind.TRAINING_HUB],
        Role.HOST_LEAD: made.partners[OrganisationKind.PHARMACY],
        Role.FINANCE_VIEWER: made.network_id,
        Role.GOVERNANCE_LEAD: made.network_id,
    }
    for place, (role, organisation_id) in enumerate(offices.items(), start=1):
        terms = Terms(
            weekly_minutes=FULL_TIME,
            session_minutes=OFFICE,
            employer_id=organisation_id,
            role=JobRole.CARE_COORDINATOR if role is Role.CARE_COORDINATOR else JobRole.PRACTICE_MANAGER,
            contract=ContractType.AGENDA_FOR_CHANGE,
            starts_on=today() - timedelta(weeks=40),
        )
        name = Details(invented.GIVEN[-place], invented.OFFICE_NAMES[place - 1])
        _open_account(made, role, organisation_id, add_person(SYSTEM, name, terms).person_id)


def _open_members(made: Made) -> None:
    """Give accounts to those who come to the meeting of the network's professions."""
    for job, places in MEMBERS.items():
        engaged = [one for one in made.people if one.invented.post.role is job]
        for place in places:
            one = engaged[place]
            name = f"{one.invented.given_name}.{one.invented.family_name}".lower()
            account_id = open_account(SYSTEM, f"{name}@{made.name.lower()}.example", person_id=one.person_id)
            for role in (Role.CLINICIAN, Role.STAFF):
                give_role(SYSTEM, account_id, role, one.employer_id)
    for place, (job, kind) in enumerate(VISITORS.items(), start=len(invented.OFFICE_NAMES) + 1):
        employer_id = made.partners[kind]
        terms = Terms(
            weekly_minutes=FULL_TIME,
            session_minutes=OFFICE,
            employer_id=employer_id,
            role=job,
            contract=ContractType.AGENDA_FOR_CHANGE,
            starts_on=today() - timedelta(weeks=40),
        )
        details = Details(invented.GIVEN[-place], invented.VISITOR_NAMES[job])
        account_id = open_account(
            SYSTEM,
            f"{job.value.replace('_', '.')}@{made.name.lower()}.example",
            person_id=add_person(SYSTEM, details, terms).person_id,
        )
        give_role(SYSTEM, account_id, Role.CLINICIAN, employer_id)


def _open_account(
    made: Made, role: Role, organisation_id: uuid.UUID, person_id: uuid.UUID, also: tuple[Role, ...] = ()
) -> None:
    word = role.value.replace("_", ".")
    account_id = open_account(SYSTEM, f"{word}@{made.name.lower()}.example", person_id=person_id)
    for given in {role, *also}:
        # Who learns with the team does so for a time.
        ends_on = today() + LEARNS_FOR if given is Role.LEARNER else None
        give_role(SYSTEM, account_id, given, organisation_id, ends_on=ends_on)
