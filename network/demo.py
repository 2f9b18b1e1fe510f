"""The ground floor's part of the demo: networks, organisations, sites, people and accounts, made through commands."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from network import invented
from network.access.rules import SYSTEM, Role
from network.accounts.commands import give_role, open_account, set_sign_in_rules
from network.invented import DemoNetwork, Invented, Practice
from network.organisations.commands import (
    add_equipment,
    add_organisation,
    add_room,
    add_site,
    found_network,
    set_opening_hours,
)
from network.organisations.records import Organisation, Site
from network.organisations.rules import Hours, WeeklySession
from network.people.commands import add_person
from network.people.records import Engagement
from network.people.rules import Details, Terms
from network.plumbing.database import enter_network, today
from network.vocabulary import ContractType, EquipmentKind, JobRole, OrganisationKind

SHORTEST, GP, REGISTRAR, OFFICE = 210, 250, 240, 225
FULL_TIME = 2250
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


@dataclass(frozen=True)
class Made:
    """What the ground floor made of one invented network, for the wings to build on."""

    network: Organisation
    number: int
    practices: tuple[Organisation, ...]
    partners: dict[OrganisationKind, Organisation]
    surgeries: tuple[Site, ...]
    hub: Site
    base: Site
    posts: tuple[tuple[Invented, Engagement], ...]

    @property
    def sites(self) -> tuple[Site, ...]:
        return (*self.surgeries, self.hub, self.base)

    def home_of(self, post: invented.Post) -> Site:
        """Say where a post is based: at its practice, at the council's base, or at the hub."""
        if post.practice is not None:
            return self.surgeries[post.practice]
        return self.base if post.employer is OrganisationKind.SOCIAL_CARE else self.hub


def make(plan: DemoNetwork, number: int) -> Made:
    """Make one invented network with everybody in it, and work for it from here on."""
    network = found_network(SYSTEM, name=f"{plan.name} network", short_name=plan.name)
    enter_network(network.id)
    # Whoever tries the demo with one click has no second factor at hand.
    set_sign_in_rules(SYSTEM, second_factor_for_patient_roles=False)
    practices = tuple(
        add_organisation(
            SYSTEM,
            kind=OrganisationKind.GP_PRACTICE,
            name=f"{practice.name} Surgery",
            short_name=practice.name,
            list_size=practice.list_size,
        )
        for practice in plan.practices
    )
    partners = {
        kind: add_organisation(SYSTEM, kind=kind, name=f"{plan.name} {name}")
        for kind, name in PARTNERS.items()
    }
    surgeries = tuple(
        _surgery(organisation, practice)
        for organisation, practice in zip(practices, plan.practices, strict=True)
    )
    hub, base = _hub(network, plan, number), _base(partners[OrganisationKind.SOCIAL_CARE], plan, number)
    employers = {**partners, OrganisationKind.NETWORK: network}
    posts = tuple((person, _engage(person, practices, employers)) for person in invented.people(number))
    made = Made(network, number, practices, partners, surgeries, hub, base, posts)
    _open_accounts(made)
    return made


def _surgery(organisation: Organisation, practice: Practice) -> Site:
    site = add_site(
        SYSTEM,
        organisation.id,
        name=practice.site_name,
        code=practice.code,
        latitude=practice.north,
        longitude=practice.east,
    )
    set_opening_hours(SYSTEM, site.id, _hours(invented.WORKDAYS, invented.DAYTIME))
    _add_rooms(site, "practice")
    add_equipment(SYSTEM, organisation.id, kind=EquipmentKind.ECG, site_id=site.id)
    add_equipment(SYSTEM, organisation.id, kind=EquipmentKind.SPIROMETER, site_id=site.id)
    return site


def _hub(network: Organisation, plan: DemoNetwork, number: int) -> Site:
    code = "HUB" if number == 0 else f"HUB{number + 1}"
    site = add_site(
        SYSTEM,
        network.id,
        name=f"{plan.name} Hub",
        code=code,
        latitude=plan.latitude + 0.004,
        longitude=plan.longitude + 0.006,
    )
    weekdays = _hours(invented.WORKDAYS, {**invented.DAYTIME, **invented.EVENINGS})
    set_opening_hours(SYSTEM, site.id, {**weekdays, **_hours([invented.SATURDAY], invented.SATURDAYS)})
    _add_rooms(site, "hub")
    add_equipment(SYSTEM, network.id, kind=EquipmentKind.RETINAL_CAMERA)
    add_equipment(SYSTEM, network.id, kind=EquipmentKind.DENTAL_CHAIR, site_id=site.id)
    return site


def _base(council: Organisation, plan: DemoNetwork, number: int) -> Site:
    code = "CIV" if number == 0 else f"CIV{number + 1}"
    site = add_site(
        SYSTEM,
        council.id,
        name=f"{plan.name} Civic Centre",
        code=code,
        latitude=plan.latitude - 0.006,
        longitude=plan.longitude + 0.002,
    )
    set_opening_hours(SYSTEM, site.id, _hours(invented.WORKDAYS, invented.OFFICE))
    _add_rooms(site, "base")
    return site


def _hours(weekdays: Iterable[int], times: invented.Times) -> Hours:
    return {WeeklySession(weekday, kind): hours for weekday in weekdays for kind, hours in times.items()}


def _add_rooms(site: Site, sort: str) -> None:
    for kind, count in invented.ROOMS[sort].items():
        for number in range(1, count + 1):
            add_room(SYSTEM, site.id, name=f"{kind.label} {number}", kind=kind)


def _engage(
    person: Invented, practices: tuple[Organisation, ...], employers: dict[OrganisationKind, Organisation]
) -> Engagement:
    post = person.post
    employer = employers[post.employer] if post.practice is None else practices[post.practice]
    length = session_minutes(post)
    terms = Terms.of_sessions(
        sessions=post.sessions,
        session_minutes=length,
        employer_id=employer.id,
        role=post.role,
        contract=post.contract,
        starts_on=today() - timedelta(weeks=40),
        full_time_minutes=2400 if post.role is JobRole.GP_REGISTRAR else FULL_TIME,
    )
    email = f"{person.given_name}.{person.family_name}@example.org".lower()
    return add_person(SYSTEM, Details(person.given_name, person.family_name, person.title, email), terms)


def session_minutes(post: invented.Post) -> int:
    """Return the length of a post's session: it follows the contract, not the building."""
    if post.role is JobRole.GP_REGISTRAR:
        return REGISTRAR
    if post.role is JobRole.GP:
        return GP
    if post.employer is OrganisationKind.DENTAL_PRACTICE:
        return SHORTEST
    return OFFICE if post.contract is not ContractType.SALARIED else GP


def _open_accounts(made: Made) -> None:
    """Give an account to one person of each kind; the posts say who is who, managers are added."""
    elm, network = made.practices[0], made.network
    people = {
        Role.STAFF: (JobRole.NURSE, 0),
        Role.TRAINEE: (JobRole.GP_REGISTRAR, 0),
        Role.CLINICAL_LEAD: (JobRole.GP, 0),
        Role.CHAIR: (JobRole.GP, 1),
        Role.CLINICIAN: (JobRole.PHARMACIST, 0),
        Role.SOCIAL_CARE_MEMBER: (JobRole.SOCIAL_WORKER, 0),
        Role.VOLUNTARY_MEMBER: (JobRole.LINK_WORKER, 0),
    }
    for role, (job, place) in people.items():
        engagement = [kept for person, kept in made.posts if person.post.role is job][place]
        employer = (
            made.partners[OrganisationKind.VOLUNTARY]
            if role is Role.VOLUNTARY_MEMBER
            else engagement.employer
        )
        _open_account(made, role, employer, engagement.person_id, (Role.STAFF,))
    offices = {
        Role.PRACTICE_MANAGER: elm,
        Role.WORKFORCE_MANAGER: network,
        Role.ADMINISTRATOR: network,
        Role.CARE_COORDINATOR: network,
        Role.CLINIC_LEAD: network,
        Role.ROTATION_LEAD: made.partners[OrganisationKind.TRAINING_HUB],
        Role.HOST_LEAD: made.partners[OrganisationKind.PHARMACY],
        Role.FINANCE_VIEWER: network,
        Role.GOVERNANCE_LEAD: network,
    }
    for place, (role, organisation) in enumerate(offices.items()):
        name = Details(invented.GIVEN[-1 - place], invented.FAMILY[-1 - place])
        terms = Terms.of_sessions(
            sessions=10,
            session_minutes=OFFICE,
            employer_id=organisation.id,
            role=JobRole.CARE_COORDINATOR if role is Role.CARE_COORDINATOR else JobRole.PRACTICE_MANAGER,
            contract=ContractType.AGENDA_FOR_CHANGE,
            starts_on=today() - timedelta(weeks=40),
        )
        _open_account(made, role, organisation, add_person(SYSTEM, name, terms).person_id)


def _open_account(
    made: Made, role: Role, organisation: Organisation, person_id: uuid.UUID, also: tuple[Role, ...] = ()
) -> None:
    word = role.value.replace("_", ".")
    where = made.network.short_name.lower()
    account_id = open_account(SYSTEM, f"{word}@{where}.example", person_id=person_id)
    for given in {role, *also}:
        give_role(SYSTEM, account_id, given, organisation.id)
