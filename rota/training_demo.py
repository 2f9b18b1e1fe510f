"""The demo's training: places of partner organisations, programmes from their packs, and 24 learners."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from network.access.rules import SYSTEM
from network.demo import Made
from network.invented import GIVEN, networks
from network.people.commands import add_person
from network.people.rules import Details, Terms
from network.plumbing.database import today
from network.sites.commands import add_site
from network.vocabulary import ContractType, JobRole, OrganisationKind
from rota.learners.commands import add_done, add_learner, keep_apart, set_needs
from rota.learners.rules import (
    FULL_TIME,
    SESSION,
    USUAL_FULL_TIME,
    USUAL_SESSION,
    Apart,
    Done,
    LearnerDesign,
    Needs,
    Travel,
    usual_end,
)
from rota.programme_packs.commands import use_pack
from rota.programme_packs.queries import get_pack, packs
from rota.programmes.queries import get_programme_for
from rota.staff.commands import add_member, record_credential
from rota.staff.queries import find_member_of
from rota.staff.rules import Planning, required_credentials

K = OrganisationKind


def _words(said: str) -> list[str]:
    return said.split()


# The weekly rota takes the new learners on after the weeks that the demo opens.
NOT_IN_ROTA_FOR = timedelta(weeks=9)


@dataclass(frozen=True)
class Place:
    """A place of a partner organisation: its code and name, and how far it lies from the network's middle."""

    code: str
    name: str
    kind: OrganisationKind
    north: float
    east: float
    is_step_free: bool = True


PLACES = (
    Place("PHH", "High Street Pharmacy", K.PHARMACY, 0.005, 0.003),
    Place("PHM", "Market Pharmacy", K.PHARMACY, -0.004, 0.008),
    Place("GHP", "General Hospital pharmacy", K.HOSPITAL_TRUST, 0.030, 0.035),
    Place("GHW", "General Hospital wards", K.HOSPITAL_TRUST, 0.031, 0.036),
    Place("EYE", "Clear View Opticians", K.OPTICIAN, 0.003, -0.005),
    Place("EYH", "Clear View Hillcrest", K.OPTICIAN, -0.020, -0.004, is_step_free=False),
    Place("DEN", "Market Square Dental", K.DENTAL_PRACTICE, -0.002, 0.004),
    Place("DEH", "Market Square Dental, Northgate", K.DENTAL_PRACTICE, 0.018, 0.001),
    Place("CNT", "Community nursing base", K.COMMUNITY_TRUST, 0.010, -0.012),
    Place("MHT", "Mental health base", K.MENTAL_HEALTH_TRUST, -0.012, -0.010),
    Place("WIL", "The Willows", K.CARE_HOME, 0.015, 0.014),
    Place("GNB", "Good Neighbours house", K.VOLUNTARY, 0.001, 0.009),
)
FAMILY = _words(
    "Almanac Atlas Bulletin Chronicle Codex Compendium Digest Gazette Glossary Journal "
    "Lexicon Logbook Manual Memo Notebook Primer Scrapbook Textbook Thesaurus Treatise"
)


@dataclass(frozen=True)
class Newcomer:
    """A learner whom the network takes on: the programme by its pack, who employs them, and their base."""

    pack: str
    employer: OrganisationKind
    base: str = ""
    percent: int = 100
    travel: Travel = Travel.CAR
    longest_minutes: int | None = None


NEWCOMERS = (
    Newcomer("trainee_pharmacist", K.PHARMACY, "PHH"),
    Newcomer("trainee_pharmacist", K.PHARMACY, "PHH", travel=Travel.PUBLIC_TRANSPORT, longest_minutes=60),
    Newcomer("trainee_pharmacist", K.PHARMACY, "PHM"),
    Newcomer("trainee_pharmacist", K.HOSPITAL_TRUST, "GHP"),
    Newcomer("trainee_pharmacist", K.HOSPITAL_TRUST, "GHP", percent=60),
    Newcomer("dental_foundation", K.DENTAL_PRACTICE, "DEN"),
    Newcomer("dental_foundation", K.DENTAL_PRACTICE, "DEN"),
    Newcomer("dental_foundation", K.DENTAL_PRACTICE, "DEH"),
    Newcomer("dental_foundation", K.DENTAL_PRACTICE, "DEH"),
    Newcomer("clip_optometry", K.OPTICIAN, "EYE"),
    Newcomer("clip_optometry", K.OPTICIAN, "EYE"),
    Newcomer("clip_optometry", K.OPTICIAN, "EYH"),
    Newcomer("asye_social_work", K.SOCIAL_CARE, "CIV"),
    Newcomer("asye_social_work", K.SOCIAL_CARE, "CIV"),
    Newcomer("asye_social_work", K.SOCIAL_CARE, "CIV", percent=80, travel=Travel.BICYCLE),
    Newcomer("nursing_degree", K.UNIVERSITY),
    Newcomer("nursing_degree", K.UNIVERSITY),
    Newcomer("nursing_degree", K.UNIVERSITY, "HUB", travel=Travel.PUBLIC_TRANSPORT, longest_minutes=60),
    Newcomer("nursing_degree", K.UNIVERSITY),
    Newcomer("nursing_degree", K.UNIVERSITY),
)


@dataclass(frozen=True)
class Trained:
    """What the demo made of training: programmes by their packs' keys, sites by their codes, learners."""

    starts_on: date
    programmes: dict[str, uuid.UUID]
    sites: dict[str, uuid.UUID]
    learners: dict[str, tuple[uuid.UUID, ...]]


def year_starts() -> date:
    """Return the Monday on which the demo's year of training begins: the next one."""
    return today() + timedelta(days=7 - today().weekday())


def make(made: Made) -> Trained:
    """Make the places, programmes and learners of one invented network."""
    sites = _places(made)
    programmes = {key: use_pack(SYSTEM, key) for key in packs()}
    learners: dict[str, list[uuid.UUID]] = {key: [] for key in programmes}
    for learner_id in _registrars(made, programmes["gp_specialty"]):
        learners["gp_specialty"].append(learner_id)
    for place, newcomer in enumerate(NEWCOMERS):
        learners[newcomer.pack].append(
            _take_on(made, place, newcomer, programmes[newcomer.pack], sites.get(newcomer.base))
        )
    trained = Trained(
        year_starts(), programmes, sites, {key: tuple(found) for key, found in learners.items()}
    )
    _confidences(trained)
    return trained


def _places(made: Made) -> dict[str, uuid.UUID]:
    plan = networks("m")[made.number]
    found = {place.code: site for place, site in zip(plan.practices, made.surgeries, strict=True)}
    for place in PLACES:
        found[place.code] = add_site(
            SYSTEM,
            made.partners[place.kind],
            name=f"{plan.name} {place.name}",
            code=place.code,
            address=f"4 {place.name} Road, Exampleton",
            latitude=plan.latitude + place.north,
            longitude=plan.longitude + place.east,
            accessible=place.is_step_free,
        )
    return found | {"HUB": made.hub, "CIV": made.base}


def _registrars(made: Made, programme_id: uuid.UUID) -> Iterator[uuid.UUID]:
    """Put the registrars, whom the rota knows already, on their programme."""
    known = Newcomer("gp_specialty", K.GP_PRACTICE)
    for engaged in made.people:
        post = engaged.invented.post
        member = find_member_of(engaged.engagement_id)
        if post.role is JobRole.GP_REGISTRAR and member:
            design = _design("gp_specialty", programme_id, made.home_of(post), known)
            yield add_learner(SYSTEM, member.id, replace(design, stage=post.stage))


def _take_on(
    made: Made, place: int, newcomer: Newcomer, programme_id: uuid.UUID, base: uuid.UUID | None
) -> uuid.UUID:
    role = get_pack(newcomer.pack).design.role
    full_time = FULL_TIME.get(role, USUAL_FULL_TIME)
    given, family = GIVEN[(3 * place + made.number) % len(GIVEN)], FAMILY[place]
    terms = Terms(
        employer_id=made.partners[newcomer.employer],
        role=role,
        contract=ContractType.LEARNER,
        weekly_minutes=full_time * newcomer.percent // 100,
        session_minutes=SESSION.get(role, USUAL_SESSION),
        starts_on=year_starts(),
        full_time_minutes=full_time,
    )
    added = add_person(SYSTEM, Details(given, family, email=f"{given}.{family}@example.org".lower()), terms)
    planning = Planning(planned_from=today() + NOT_IN_ROTA_FOR, home_site_id=base)
    member_id = add_member(SYSTEM, added.engagement_id, planning=planning)
    for kind in sorted(required_credentials(role)):
        record_credential(SYSTEM, member_id, kind, expires_on=today() + timedelta(days=700))
    return add_learner(SYSTEM, member_id, _design(newcomer.pack, programme_id, base, newcomer))


def _design(pack: str, programme_id: uuid.UUID, base: uuid.UUID | None, newcomer: Newcomer) -> LearnerDesign:
    weeks = get_pack(pack).design.weeks
    return LearnerDesign(
        programme_id=programme_id,
        starts_on=year_starts(),
        ends_on=usual_end(year_starts(), weeks, newcomer.percent),
        percent=newcomer.percent,
        base_site_id=base,
        travel=newcomer.travel,
        longest_minutes=newcomer.longest_minutes,
    )


def _confidences(trained: Trained) -> None:
    """Give one learner an adjustment, keep one from a place, and let one have begun elsewhere."""
    nurse, other = trained.learners["nursing_degree"][2:4]
    set_needs(
        SYSTEM,
        nurse,
        Needs("Uses a wheelchair; no work after 17:00.", True, travel_is_hard=True),
    )
    reason = "Worked there before and raised a concern."
    keep_apart(SYSTEM, other, Apart(reason, site_id=trained.sites["WIL"]))
    programme = get_programme_for(SYSTEM, trained.programmes["nursing_degree"])
    ward = next(each for each in programme.requirements if each.key == "hospital")
    done = Done(ward.id, 6, year_starts() - timedelta(weeks=20), "City Hospital, invented")
    add_done(SYSTEM, other, done)
