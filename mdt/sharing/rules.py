"""On what basis a person's story is shared, with whom it is not, and who may therefore know of it."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from network.vocabulary import Discipline, OrganisationKind, Word


class SharingBasis(Word):
    """Why sharing is right. Source: GMC, Confidentiality (2017), paragraphs 26 to 28."""

    INFORMED = "informed", "Informed, and did not object"
    CONSENT = "consent", "Explicit consent"
    BEST_INTERESTS = "best_interests", "Best interests: they cannot decide this"
    PUBLIC_INTEREST = "public_interest", "Public interest or safeguarding"
    STATUTORY = "statutory", "Required by law"


class SharingMode(Word):
    """What a network asks for before a case may be submitted."""

    INFORM_AND_OBJECT = "inform_and_object", "People are informed and may object"
    EXPLICIT_CONSENT = "explicit_consent", "People give explicit consent"


ENOUGH: dict[SharingMode, frozenset[SharingBasis]] = {
    SharingMode.INFORM_AND_OBJECT: frozenset(SharingBasis),
    SharingMode.EXPLICIT_CONSENT: frozenset(SharingBasis) - {SharingBasis.INFORMED},
}


class ObjectionScope(Word):
    ALL = "all", "Any sharing for meetings"
    ORGANISATION = "organisation", "One organisation"
    DISCIPLINE = "discipline", "One discipline"
    TOPIC = "topic", "One topic"


class Reason(Word):
    """Why somebody may know of a person."""

    REFERRED = "referred", "referred them"
    REGISTERED = "registered", "is their practice"
    ASKED = "asked", "is asked for a contribution"
    MEETING = "meeting", "is invited to the meeting that discusses them"
    ACTION = "action", "has an action for them"
    COORDINATES = "coordinates", "coordinates their care"
    GUEST = "guest", "is asked as a guest"
    DRAFTED = "drafted", "keeps a draft about them"
    LEARNING = "learning", "learns with the team, for a time"
    EMERGENCY = "emergency", "opened it in an emergency"
    DANGER = "danger", "opened it since somebody was in danger"


@dataclass(frozen=True)
class Standing:
    """Where a viewer stands: their organisations and disciplines, and whether they coordinate the network."""

    account_id: uuid.UUID | None
    organisation_ids: frozenset[uuid.UUID]
    disciplines: frozenset[Discipline]
    sees_all: bool = False
    is_clinical: bool = True


@dataclass(frozen=True)
class Objection:
    """What somebody does not want shared; lifted objections are not among these."""

    scope: ObjectionScope
    organisation_id: uuid.UUID | None = None
    discipline: Discipline | None = None

    def shuts_out(self, standing: Standing) -> bool:
        """Say whether somebody may no longer know. A topic shuts nobody out: it marks what is not told."""
        if self.scope is ObjectionScope.ALL:
            # Somebody must keep the objection and tell the person what became of it.
            return not standing.sees_all
        if self.scope is ObjectionScope.ORGANISATION:
            return self.organisation_id in standing.organisation_ids
        if self.scope is ObjectionScope.DISCIPLINE:
            # A coordinator keeps the papers of every discipline, and has to know what is not to be passed on.
            if standing.sees_all or self.discipline not in standing.disciplines:
                return False
            # Who keeps the papers of a discipline is shut out with it.
            return standing.disciplines <= {self.discipline, Discipline.ADMINISTRATION}
        return False


@dataclass(frozen=True)
class Relation:
    """Somebody's relation to a person: an organisation, one discipline of it, or one account; for a time."""

    reason: Reason
    starts_on: date
    ends_on: date | None = None
    organisation_id: uuid.UUID | None = None
    discipline: Discipline | None = None
    account_id: uuid.UUID | None = None
    # The moment that counts where a day is too long; a relation whose moment has come is not among these.
    ends_at: datetime | None = None

    @property
    def is_danger(self) -> bool:
        return self.reason is Reason.DANGER

    def holds_for(self, standing: Standing, day: date) -> bool:
        """Say whether somebody stands in this relation on a day."""
        if day < self.starts_on or (self.ends_on is not None and day > self.ends_on):
            return False
        if self.account_id is not None:
            return self.account_id == standing.account_id
        if self.organisation_id not in standing.organisation_ids:
            return False
        return self.discipline is None or self.discipline in standing.disciplines


def reason_to_know(
    standing: Standing, relations: Iterable[Relation], objections: Collection[Objection], day: date
) -> Relation | None:
    """Return the relation by which somebody may know of a person, None where none holds or they objected."""
    relations = tuple(relations)
    if any(objection.shuts_out(standing) for objection in objections):
        # Where somebody may die or come to serious harm, telling may outweigh an objection.
        # Source: GMC, Confidentiality (2017), paragraphs 63 to 70.
        return next((each for each in relations if each.is_danger and each.holds_for(standing, day)), None)
    # Of whom only a draft speaks nobody knows yet: whoever keeps it goes on with it at the front door.
    if any(relation.reason is Reason.DRAFTED for relation in relations):
        return None
    held = next((relation for relation in relations if relation.holds_for(standing, day)), None)
    if held is not None or not standing.sees_all:
        return held
    return Relation(Reason.COORDINATES, day, account_id=standing.account_id)


# The disciplines that an organisation of each kind speaks for, where its people's posts do not say.
SPEAKS_FOR: dict[OrganisationKind, Discipline] = {
    OrganisationKind.GP_PRACTICE: Discipline.GENERAL_PRACTICE,
    OrganisationKind.PHARMACY: Discipline.PHARMACY,
    OrganisationKind.OPTICIAN: Discipline.OPTOMETRY,
    OrganisationKind.DENTAL_PRACTICE: Discipline.DENTISTRY,
    OrganisationKind.SOCIAL_CARE: Discipline.SOCIAL_CARE,
    OrganisationKind.COMMUNITY_TRUST: Discipline.COMMUNITY_NURSING,
    OrganisationKind.MENTAL_HEALTH_TRUST: Discipline.MENTAL_HEALTH,
    OrganisationKind.HOSPITAL_TRUST: Discipline.HOSPITAL_CARE,
    OrganisationKind.VOLUNTARY: Discipline.VOLUNTARY,
}


def missing_basis(mode: SharingMode, basis: SharingBasis | None) -> str:
    """Say what is missing before somebody's story may be shared, or nothing."""
    if basis is None:
        return "Say how the person was informed that their story is shared, or why they could not be."
    if basis not in ENOUGH[mode]:
        return "Ask for explicit consent: this network does not share on information alone."
    return ""
