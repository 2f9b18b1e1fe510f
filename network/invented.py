"""Who and what the demo invents: networks, practices, posts and people, from a fixed seed.

Every name is a word that no one bears. Organisations carry no codes: none can be taken for a real one.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time

from network.vocabulary import ContractType, FundingStream, JobRole, OrganisationKind, RoomKind, SessionKind

SEED = 20261207


def _words(said: str) -> list[str]:
    return said.split()


GIVEN = _words(
    "Amara Ben Carys Dev Esther Farid Grace Hamza Imogen Jonas Kavita Lewis Mina Noor Oscar Priya "
    "Quentin Rosa Samir Tess Uma Victor Wanda Xavi Yusuf Zara Alun Bea Callum Dina Elif Finn Gita "
    "Hugo Iris Jamal Kit Lena Milo Nadia Otto Pia Rhys Sana Theo Ursula Vikram Willa Yara Zach Asha "
    "Bruno Celia Dylan Edie Felix Gwen Hana Idris Jade"
)
FAMILY = _words(
    "Example Sample Specimen Pattern Placeholder Model Instance Trial Draft Standard Template Copy "
    "Proof Default Stencil Outline Sketch Mockup Fixture Prototype Replica Blueprint Figure Diagram "
    "Exhibit Token Symbol Cipher Variable Constant Parameter Argument Integer Decimal Fraction "
    "Formula Theorem Lemma Corollary Axiom Footnote Margin Header Column Cell Label Caption Index "
    "Appendix Chapter Verse Stanza Paragraph Comma Colon Bracket Hyphen Asterisk Ellipsis Ampersand"
)
OFFICE_NAMES = _words("Folder Drawer Ledger Register Binder Docket Notepad Calendar Inkwell")
VISITOR_NAMES = {JobRole.COMMUNITY_NURSE: "Clipboard", JobRole.CONSULTANT: "Bookmark"}

WORKDAYS = range(5)
SATURDAY = 5
Times = dict[SessionKind, tuple[time, time]]
DAYTIME = {
    SessionKind.MORNING: (time(8, 30), time(12, 40)),
    SessionKind.AFTERNOON: (time(13, 50), time(18, 0)),
}
OFFICE = {
    SessionKind.MORNING: (time(9, 0), time(12, 45)),
    SessionKind.AFTERNOON: (time(13, 30), time(17, 15)),
}
EVENINGS = {SessionKind.EVENING: (time(18, 30), time(20, 0))}
SATURDAYS = {
    SessionKind.SATURDAY_MORNING: (time(9, 0), time(13, 0)),
    SessionKind.SATURDAY_AFTERNOON: (time(13, 0), time(17, 0)),
}


@dataclass(frozen=True)
class Practice:
    """A practice with its one surgery."""

    code: str
    name: str
    list_size: int
    north: float
    east: float

    @property
    def site_name(self) -> str:
        return f"{self.name} Surgery"


@dataclass(frozen=True)
class DemoNetwork:
    """One invented network: five practices, a hub and the council's base."""

    name: str
    practices: tuple[Practice, ...]
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Post:
    """A post to be filled: at the practice with this number, or at a partner organisation of this kind."""

    role: JobRole
    contract: ContractType
    sessions: int
    practice: int | None = None
    employer: OrganisationKind = OrganisationKind.NETWORK
    streams: tuple[tuple[FundingStream, int], ...] = ((FundingStream.CORE, 100),)
    stage: str = ""


@dataclass(frozen=True)
class Invented:
    """An invented person in a post."""

    title: str
    given_name: str
    family_name: str
    post: Post


SIZES = {"s": 1, "m": 6}
LISTS = (12_400, 11_100, 9_600, 8_900, 8_000)
PLACES = ((0.0, 0.0), (0.012, 0.021), (-0.016, 0.018), (0.021, -0.024), (-0.024, -0.013))
WORDS = {
    "Riverside": "Elm Oak Ash Fir Yew",
    "Hillside": "Lark Wren Swift Finch Robin",
    "Harbour": "Cliff Sand Reef Bay Cove",
    "Meadow": "Clover Sorrel Thyme Mint Sage",
    "Moorland": "Granite Flint Slate Chalk Marl",
    "Lakeside": "Heron Otter Pike Carp Newt",
}

ADDITIONAL = ((FundingStream.ADDITIONAL_ROLES, 100),)
TARIFF = ((FundingStream.TRAINING_TARIFF, 100),)
SHARED = ((FundingStream.ADDITIONAL_ROLES, 80), (FundingStream.CORE, 20))


def networks(size: str) -> tuple[DemoNetwork, ...]:
    """Return the invented networks of a size."""
    return tuple(_network(name, number) for number, name in enumerate(list(WORDS)[: SIZES[size]]))


def people(number: int) -> Iterator[Invented]:
    """Yield the sixty people of the network with this number, in the mix of a real one."""
    draw = random.Random(SEED + number)  # noqa: S311  Nothing here is secret.
    families = FAMILY.copy()
    draw.shuffle(families)
    for place, post in enumerate(posts()):
        title = "Dr" if post.role in {JobRole.GP, JobRole.GP_REGISTRAR} else ""
        yield Invented(title, GIVEN[(place + 7 * number) % len(GIVEN)], families[place], post)


def posts() -> Iterator[Post]:
    """Yield the sixty posts: doctors, nursing, the network's additional roles, partners."""
    yield from _doctors()
    yield from _nursing()
    yield from _additional_roles()
    yield from _partners()


def _network(name: str, number: int) -> DemoNetwork:
    north, east = 52.0 + 0.2 * (number // 3), -1.2 + 0.3 * (number % 3)
    practices = tuple(
        Practice(word[:3].upper() if number == 0 else word[:4].upper(), word, size, north + dn, east + de)
        for word, size, (dn, de) in zip(WORDS[name].split(), LISTS, PLACES, strict=True)
    )
    return DemoNetwork(name, practices, north, east)


def _doctors() -> Iterator[Post]:
    for practice, sessions in enumerate((8, 8, 7, 8, 6)):
        yield Post(JobRole.GP, ContractType.PARTNER, sessions, practice)
        yield Post(JobRole.GP, ContractType.PARTNER, sessions - 1, practice)
    for practice, sessions in ((0, 8), (0, 6), (1, 8), (1, 4), (2, 6), (2, 5), (3, 6), (4, 6)):
        yield Post(JobRole.GP, ContractType.SALARIED, sessions, practice)
    for practice, stage in ((0, "ST3"), (1, "ST2"), (2, "ST3"), (3, "ST1")):
        yield Post(JobRole.GP_REGISTRAR, ContractType.LEARNER, 10, practice, streams=TARIFF, stage=stage)


def _nursing() -> Iterator[Post]:
    for practice, sessions in ((0, 10), (0, 6), (1, 10), (1, 8), (2, 10), (2, 6), (3, 9), (4, 8)):
        yield Post(JobRole.NURSE, ContractType.AGENDA_FOR_CHANGE, sessions, practice)
    for practice, sessions in ((0, 10), (1, 8), (1, 6), (2, 10), (3, 8), (4, 8)):
        yield Post(JobRole.HEALTHCARE_ASSISTANT, ContractType.AGENDA_FOR_CHANGE, sessions, practice)


def _additional_roles() -> Iterator[Post]:
    roles = {
        JobRole.PHARMACIST: (10, 10, 8, 8, 6),
        JobRole.PHARMACY_TECHNICIAN: (10, 8, 8),
        JobRole.PHYSIOTHERAPIST: (10, 8, 6),
        JobRole.LINK_WORKER: (10, 8, 8, 6),
        JobRole.PARAMEDIC: (10, 8),
        JobRole.MENTAL_HEALTH_PRACTITIONER: (8, 8),
    }
    for role, lengths in roles.items():
        streams = SHARED if role is JobRole.PHARMACIST else ADDITIONAL
        for sessions in lengths:
            yield Post(role, ContractType.ADDITIONAL_ROLES, sessions, streams=streams)


def _partners() -> Iterator[Post]:
    council = ((FundingStream.LOCAL_AUTHORITY, 60), (FundingStream.BETTER_CARE_FUND, 40))
    for sessions in (10, 8):
        yield Post(
            JobRole.SOCIAL_WORKER, ContractType.COUNCIL, sessions, None, OrganisationKind.SOCIAL_CARE, council
        )
    sight, dental = ((FundingStream.OPTOMETRIC_CONTRACT, 100),), ((FundingStream.DENTAL_CONTRACT, 100),)
    yield Post(JobRole.OPTOMETRIST, ContractType.SALARIED, 6, None, OrganisationKind.OPTICIAN, sight)
    yield Post(JobRole.DENTIST, ContractType.SALARIED, 4, None, OrganisationKind.DENTAL_PRACTICE, dental)
    yield Post(
        JobRole.DENTAL_THERAPIST, ContractType.SALARIED, 6, None, OrganisationKind.DENTAL_PRACTICE, dental
    )


ROOMS = {
    "practice": {RoomKind.CONSULTING: 5, RoomKind.TREATMENT: 3, RoomKind.INTERVIEW: 1},
    "hub": {
        RoomKind.CONSULTING: 6,
        RoomKind.TREATMENT: 2,
        RoomKind.DENTAL_SURGERY: 1,
        RoomKind.DARK_ROOM: 1,
        RoomKind.GROUP: 1,
        RoomKind.INTERVIEW: 2,
    },
    "base": {RoomKind.INTERVIEW: 3},
}
