"""Who is around a person: how often they come, how close they are, and who is one and the same. Pure."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from network.vocabulary import Discipline, Word

LONGEST_NAME = 120
LONGEST_WORDS = 300
MOST_TIES = 40
WEEKDAYS = 7


class TieKind(Word):
    FAMILY = "family", "Family"
    FRIEND = "friend", "Friend"
    NEIGHBOUR = "neighbour", "Neighbour"
    CARER = "carer", "Unpaid carer"
    GROUP = "group", "Group or club"
    PROFESSIONAL = "professional", "A professional"
    SERVICE = "service", "Service"


class Purpose(Word):
    """What somebody comes for, so coarse that two who come for the same can be seen."""

    PERSONAL_CARE = "personal_care", "Washing, dressing, eating"
    HOME = "home", "Meals, shopping, the home"
    COMPANY = "company", "Company"
    GETTING_ABOUT = "getting_about", "Getting about"
    MONEY = "money", "Money and benefits"
    COORDINATION = "coordination", "Coordinating care"
    GENERAL_HEALTH = "general_health", "General health"
    MEDICINES = "medicines", "Medicines"
    NURSING = "nursing", "Nursing and wounds"
    EYES = "eyes", "Eyes and glasses"
    MOUTH = "mouth", "Teeth and mouth"
    MIND = "mind", "Mood and memory"
    MOVING = "moving", "Moving and strength"
    HOSPITAL = "hospital", "Hospital care"
    SUPPORT = "support", "Social care and support"
    LIVING = "living", "Living there"


class Rhythm(Word):
    WEEKLY = "weekly", "Every week"
    EVERY_WEEKS = "every_weeks", "Every so many weeks"
    ONCE = "once", "Once, on a day that is known"
    AS_NEEDED = "as_needed", "When needed"
    NOT_KNOWN = "not_known", "Not known"


class PartOfDay(Word):
    MORNING = "morning", "Morning"
    AFTERNOON = "afternoon", "Afternoon"
    EVENING = "evening", "Evening"
    NIGHT = "night", "Night"


class Ring(Word):
    CLOSE = "close", "Close by"
    WEEKLY = "weekly", "Every week"
    WIDER = "wider", "Now and then"


# Who is there for reasons of their own, and not for pay.
UNPAID = frozenset({TieKind.FAMILY, TieKind.FRIEND, TieKind.NEIGHBOUR, TieKind.CARER})
# What discloses nothing clinical: who is not clinical sees these.
PLAIN = UNPAID | {TieKind.GROUP}
CLOSE_DAYS = 5
PURPOSES = {
    Discipline.GENERAL_PRACTICE: Purpose.GENERAL_HEALTH,
    Discipline.NURSING: Purpose.NURSING,
    Discipline.PHARMACY: Purpose.MEDICINES,
    Discipline.OPTOMETRY: Purpose.EYES,
    Discipline.DENTISTRY: Purpose.MOUTH,
    Discipline.SOCIAL_CARE: Purpose.SUPPORT,
    Discipline.COMMUNITY_NURSING: Purpose.NURSING,
    Discipline.MENTAL_HEALTH: Purpose.MIND,
    Discipline.HOSPITAL_CARE: Purpose.HOSPITAL,
    Discipline.PHYSIOTHERAPY: Purpose.MOVING,
    Discipline.VOLUNTARY: Purpose.COMPANY,
}


@dataclass(frozen=True, order=True)
class Visit:
    """A part of a day of the week on which somebody comes: Monday is 0."""

    weekday: int
    part: PartOfDay

    @property
    def name(self) -> str:
        return f"{self.weekday}-{self.part.value}"


VISITS = {visit.name: visit for day in range(WEEKDAYS) for part in PartOfDay for visit in (Visit(day, part),)}


@dataclass(frozen=True)
class Coming:
    """How often somebody comes, between which days."""

    rhythm: Rhythm = Rhythm.NOT_KNOWN
    visits: frozenset[Visit] = frozenset()
    every_weeks: int | None = None
    since: date | None = None
    until: date | None = None

    @property
    def weekdays(self) -> frozenset[int]:
        return frozenset(visit.weekday for visit in self.visits)

    @property
    def is_every_day(self) -> bool:
        return self.rhythm is Rhythm.WEEKLY and len(self.weekdays) == WEEKDAYS

    @property
    def is_in_the_week(self) -> bool:
        """Say whether it is known on what days of a week they come."""
        return self.rhythm in (Rhythm.WEEKLY, Rhythm.EVERY_WEEKS) and bool(self.visits)


@dataclass(frozen=True)
class Tie:
    """Somebody around a person, and how this is known."""

    # By what it is found again: drawn from other tables, or the id of the row that was added by hand.
    key: str
    kind: TieKind
    name: str
    purposes: tuple[Purpose, ...] = ()
    words: str = ""
    coming: Coming = field(default_factory=Coming)
    discipline: Discipline | None = None
    organisation_id: uuid.UUID | None = None
    contact: str = ""
    # None until somebody has asked the person.
    is_valued: bool | None = None
    sources: tuple[str, ...] = ()
    # The row that says more, or that it was added by: none where nobody has said anything.
    row_id: uuid.UUID | None = None
    is_by_hand: bool = False

    @property
    def id(self) -> uuid.UUID:
        """What stands for the key in an address: it tells nothing of who they are."""
        return tie_id(self.key)

    @property
    def is_unpaid(self) -> bool:
        return self.kind in UNPAID

    @property
    def is_private(self) -> bool:
        """Say whether they are of the person's own life: of them everybody who takes part may tell."""
        return self.kind in PLAIN

    @property
    def is_plain(self) -> bool:
        """Say whether it tells nothing clinical that they are involved."""
        return (
            self.is_private
            or self.purposes == (Purpose.COORDINATION,)
            or self.discipline in {Discipline.VOLUNTARY, Discipline.GENERAL_PRACTICE}
        )

    @property
    def ring(self) -> Ring:
        """Say how close they are: by who they are to the person first, then by how often they come."""
        if self.is_unpaid or self.is_valued or len(self.coming.weekdays) >= CLOSE_DAYS:
            return Ring.CLOSE
        if self.coming.is_in_the_week and (self.coming.every_weeks or 1) == 1:
            return Ring.WEEKLY
        return Ring.WEEKLY if Purpose.COORDINATION in self.purposes else Ring.WIDER


@dataclass(frozen=True)
class TieDetails:
    """What is said of somebody by hand."""

    kind: TieKind
    name: str = ""
    discipline: Discipline | None = None
    purpose: Purpose | None = None
    words: str = ""
    coming: Coming = field(default_factory=Coming)
    contact: str = ""
    is_valued: bool | None = None
    source: str = ""


def tie_id(key: str) -> uuid.UUID:
    """Return what stands for a key in an address."""
    return uuid.uuid5(uuid.NAMESPACE_OID, key)


def merged(ties: Iterable[Tie]) -> list[Tie]:
    """Make one of those who are drawn twice, such as by what they said and by what they do."""
    found: dict[str, Tie] = {}
    for tie in ties:
        first = found.get(tie.key)
        found[tie.key] = tie if first is None else _joined(first, tie)
    return list(found.values())


def told_more(tie: Tie, said: TieDetails, row_id: uuid.UUID) -> Tie:
    """Say more of somebody whom the data shows anyhow: what was said by hand comes first."""
    return replace(
        tie,
        purposes=(said.purpose,) if said.purpose else tie.purposes,
        words=said.words or tie.words,
        coming=tie.coming if said.coming.rhythm is Rhythm.NOT_KNOWN else said.coming,
        contact=said.contact or tie.contact,
        is_valued=said.is_valued,
        sources=tuple(dict.fromkeys((*tie.sources, *filter(None, [said.source])))),
        row_id=row_id,
    )


def stands_on(coming: Coming, day: date) -> bool:
    """Say whether somebody is involved on a day: an end that has passed is past."""
    return coming.until is None or coming.until >= day


def in_order(ties: Iterable[Tie]) -> list[Tie]:
    """Order by closeness, who is valued first."""
    rings = {ring: place for place, ring in enumerate(Ring)}
    kinds = {kind: place for place, kind in enumerate(TieKind)}
    return sorted(
        ties, key=lambda tie: (rings[tie.ring], not tie.is_valued, kinds[tie.kind], tie.name.casefold())
    )


def visits_named(names: Iterable[str]) -> frozenset[Visit]:
    """Read visits by their names; a name that is none is nobody's visit."""
    return frozenset(VISITS[name] for name in names if name in VISITS)


def wrong_with(details: TieDetails, *, is_drawn: bool, today: date) -> str:
    """Say what is wrong with what was said of somebody, or nothing."""
    coming = details.coming
    checks: Mapping[str, bool] = {
        "Enter who it is, such as 'Mrs Field next door'.": not is_drawn and not details.name.strip(),
        f"Shorten the name to {LONGEST_NAME} characters.": len(details.name) > LONGEST_NAME,
        f"Shorten what they do to {LONGEST_WORDS} characters.": len(details.words) > LONGEST_WORDS,
        "Tick when in the week they come.": coming.rhythm is Rhythm.WEEKLY and not coming.visits,
        "Enter every how many weeks they come, from 2 to 52.": coming.rhythm is Rhythm.EVERY_WEEKS
        and not 2 <= (coming.every_weeks or 0) <= 52,
        "Enter the day on which they come.": coming.rhythm is Rhythm.ONCE and coming.until is None,
        "Enter a first day that is not after the last.": None not in (coming.since, coming.until)
        and (coming.since or today) > (coming.until or today),
        "Enter a last day that is not in the past, or end their part instead.": coming.until is not None
        and coming.until < today,
    }
    return next((sentence for sentence, is_wrong in checks.items() if is_wrong), "")


def _joined(first: Tie, second: Tie) -> Tie:
    return replace(
        first,
        purposes=tuple(dict.fromkeys((*first.purposes, *second.purposes))),
        words=first.words or second.words,
        coming=second.coming if first.coming.rhythm is Rhythm.NOT_KNOWN else first.coming,
        contact=first.contact or second.contact,
        sources=tuple(dict.fromkeys((*first.sources, *second.sources))),
    )
