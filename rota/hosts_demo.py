"""The demo's hosts: nineteen sites with what they offer, who approved them, and who supervises there."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from network.access.rules import SYSTEM
from network.demo import Made
from network.invented import GIVEN
from network.vocabulary import Discipline, JobRole
from rota.hosts.commands import add_approval, add_host, add_limit, add_offer, name_supervisor
from rota.hosts.rules import Approved, Limit, Terms, Welcome
from rota.programmes.rules import Setting, SupervisorKind
from rota.staff.commands import approve_supervision
from rota.staff.queries import find_member_of
from rota.training_demo import Trained

S, K = Setting, SupervisorKind
SURGERIES = "surgeries"
LONG_AGO = timedelta(weeks=104)
# Minutes a session that people of these roles have for learners, and of whom.
GUIDES = {
    JobRole.NURSE: (JobRole.STUDENT_NURSE, 30),
    JobRole.PHARMACIST: (JobRole.TRAINEE_PHARMACIST, 45),
    JobRole.SOCIAL_WORKER: (JobRole.ASYE_SOCIAL_WORKER, 30),
    JobRole.OPTOMETRIST: (JobRole.TRAINEE_OPTOMETRIST, 45),
    JobRole.DENTIST: (JobRole.FOUNDATION_DENTIST, 60),
}
REGULATORS = {
    "gp_specialty": "General Medical Council",
    "trainee_pharmacist": "General Pharmaceutical Council",
    "dental_foundation": "NHS England, dental",
    "clip_optometry": "College of Optometrists",
    "asye_social_work": "Skills for Care",
    "nursing_degree": "Example University, practice audit",
}


@dataclass(frozen=True)
class Offering:
    """Places at sites, by their codes, for the programmes of some packs.

    `guides` are the roles of those who supervise and what they are, as far as the network's rota knows them;
    elsewhere a department supervises by itself, and no minutes are counted.
    """

    sites: str
    name: str
    discipline: Discipline
    packs: str
    settings: tuple[Setting, ...]
    most: int
    minutes: int | None = 0
    guides: tuple[tuple[JobRole, SupervisorKind], ...] = ()


D = Discipline
GP, NURSE = (JobRole.GP, K.CLINICAL), (JobRole.NURSE, K.PRACTICE)
OFFERINGS = (
    Offering(
        SURGERIES, "Registrar post", D.GENERAL_PRACTICE, "gp_specialty", (S.GP_PRACTICE,), 2, None, (GP,)
    ),
    Offering(
        SURGERIES,
        "Nursing team",
        D.NURSING,
        "nursing_degree",
        (S.GENERAL_PRACTICE_NURSING,),
        1,
        120,
        (NURSE,),
    ),
    Offering("HUB", "Integrated post", D.GENERAL_PRACTICE, "gp_specialty", (S.INTEGRATED,), 2),
    Offering(
        "HUB",
        "Practice pharmacy team",
        D.PHARMACY,
        "trainee_pharmacist",
        (S.PRACTICE_PHARMACY,),
        3,
        240,
        ((JobRole.PHARMACIST, K.DESIGNATED),),
    ),
    Offering(
        "CIV",
        "Adult social care team",
        D.SOCIAL_CARE,
        "asye_social_work",
        (S.ADULT_SOCIAL_CARE,),
        3,
        90,
        ((JobRole.SOCIAL_WORKER, K.EDUCATIONAL),),
    ),
    Offering(
        "PHH PHM", "Pharmacy training year", D.PHARMACY, "trainee_pharmacist", (S.COMMUNITY_PHARMACY,), 3
    ),
    Offering("GHP", "Hospital pharmacy", D.PHARMACY, "trainee_pharmacist", (S.HOSPITAL_PHARMACY,), 3),
    Offering("GHW", "Wards", D.HOSPITAL_CARE, "nursing_degree", (S.HOSPITAL,), 3),
    Offering(
        "EYE",
        "Optical practice",
        D.OPTOMETRY,
        "clip_optometry",
        (S.OPTICAL_PRACTICE,),
        2,
        120,
        ((JobRole.OPTOMETRIST, K.CLINICAL),),
    ),
    Offering("EYH", "Optical practice", D.OPTOMETRY, "clip_optometry", (S.OPTICAL_PRACTICE,), 2),
    Offering(
        "DEN",
        "Foundation practice",
        D.DENTISTRY,
        "dental_foundation",
        (S.DENTAL_PRACTICE,),
        2,
        90,
        ((JobRole.DENTIST, K.EDUCATIONAL),),
    ),
    Offering("DEH", "Foundation practice", D.DENTISTRY, "dental_foundation", (S.DENTAL_PRACTICE,), 2),
    Offering(
        "CNT",
        "Community nursing team",
        D.COMMUNITY_NURSING,
        "nursing_degree gp_specialty",
        (S.COMMUNITY_NURSING,),
        2,
    ),
    Offering(
        "MHT",
        "Community mental health team",
        D.MENTAL_HEALTH,
        "nursing_degree gp_specialty",
        (S.MENTAL_HEALTH,),
        2,
    ),
    Offering("WIL", "Residents' care", D.NURSING, "nursing_degree", (S.CARE_HOME,), 1),
    Offering("GNB", "Befriending and advice", D.VOLUNTARY, "nursing_degree", (S.VOLUNTARY,), 1),
)


def make(made: Made, trained: Trained) -> dict[str, uuid.UUID]:
    """Make the hosts and offers of one invented network; give the hosts by the codes of their sites."""
    members = _members(made)
    for role, (learners, minutes) in GUIDES.items():
        for member_id, _ in members.get(role, ()):
            approve_supervision(
                SYSTEM,
                member_id,
                learners,
                minutes_per_session=minutes,
                most_learners=2,
                starts_on=trained.starts_on - LONG_AGO,
            )
    hosts: dict[str, uuid.UUID] = {}
    for offering in OFFERINGS:
        for code, site_id in _sites(offering, made, trained):
            if code not in hosts:
                hosts[code] = add_host(SYSTEM, site_id, _welcome(len(hosts), code))
            offer_id = _offer(hosts[code], offering, trained)
            for role, kind in offering.guides:
                for member_id, home in members.get(role, ()):
                    if home == site_id or offering.sites in ("EYE", "DEN"):
                        name_supervisor(SYSTEM, offer_id, member_id, kind)
    return hosts


def _members(made: Made) -> dict[JobRole, list[tuple[uuid.UUID, uuid.UUID]]]:
    """Give those who may supervise, by role, with the site at which they are based."""
    found: dict[JobRole, list[tuple[uuid.UUID, uuid.UUID]]] = {}
    for engaged in made.people:
        post = engaged.invented.post
        member = find_member_of(engaged.engagement_id)
        supervises = post.role in GUIDES or (member is not None and bool(member.supervises))
        if member is not None and supervises:
            found.setdefault(post.role, []).append((member.id, made.home_of(post)))
    return found


def _sites(offering: Offering, made: Made, trained: Trained) -> Iterator[tuple[str, uuid.UUID]]:
    if offering.sites == SURGERIES:
        codes = {site_id: code for code, site_id in trained.sites.items()}
        yield from ((codes[site_id], site_id) for site_id in made.surgeries)
        return
    yield from ((code, trained.sites[code]) for code in offering.sites.split())


def _offer(host_id: uuid.UUID, offering: Offering, trained: Trained) -> uuid.UUID:
    packs = offering.packs.split()
    opens_on: date = trained.starts_on - LONG_AGO
    terms = Terms(
        name=offering.name,
        discipline=offering.discipline,
        programmes=tuple(trained.programmes[pack] for pack in packs),
        settings=offering.settings,
        opens_on=opens_on,
        most=offering.most,
        minutes=offering.minutes,
        notes="" if offering.guides else "Supervised by the department's own staff.",
    )
    offer_id = add_offer(SYSTEM, host_id, terms)
    for pack in packs:
        approved = Approved(trained.programmes[pack], REGULATORS[pack], opens_on, reference="Invented")
        add_approval(SYSTEM, host_id, approved)
    if offering.sites == "GHW":
        # The wards have room for fewer while their summer school is on.
        summer = trained.starts_on + timedelta(weeks=34)
        add_limit(SYSTEM, offer_id, Limit(summer, summer + timedelta(days=41), 0, 2))
    return offer_id


def _welcome(place: int, code: str) -> Welcome:
    lead, contact = GIVEN[(5 * place + 1) % len(GIVEN)], GIVEN[(5 * place + 3) % len(GIVEN)]
    return Welcome(
        lead_name=f"{lead} Example",
        lead_email=f"placements.{code.lower()}@example.org",
        contact_name=f"{contact} Sample",
        contact_phone=f"01632 960{100 + place}",
        arrival="Main reception at 08:30; bring photo identification.",
        dress="Smart and washable, bare below the elbow; we lend a badge.",
        parking="A few spaces behind the building; ask reception for a permit.",
        travel="Bus 7 from the station stops outside, every 15 minutes.",
    )
