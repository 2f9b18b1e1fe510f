"""On what basis a person's story is shared, with whom it is not, and who may therefore know of it."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
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


EMERGENCIES = frozenset({Reason.EMERGENCY, Reason.DANGER})
# Come of themselves, or from the front door, which whoever knows the three identifiers may use.
NEED_NO_ACCESS = EMERGENCIES | {Reason.REFERRED, Reason.REGISTERED, Reason.DRAFTED}


@dataclass(frozen=True)
class Standing:
    """Where a viewer stands: what they speak for at each organisation, and whether they see the network."""

    account_id: uuid.UUID | None
    # Where they take part, and where they only learn.
    posts: Mapping[uuid.UUID, frozenset[Discipline]] = field(default_factory=dict)
    learns: Mapping[uuid.UUID, frozenset[Discipline]] = field(default_factory=dict)
    sees_all: bool = False
    is_clinical: bool = True

    @property
    def organisation_ids(self) -> frozenset[uuid.UUID]:
        return frozenset(self.posts)

    @property
    def disciplines(self) -> frozenset[Discipline]:
        return frozenset[Discipline]().union(*self.posts.values())

    @property
    def only_learns(self) -> bool:
        return bool(self.learns) and not self.posts

    def speaks_for(self, organisation_id: uuid.UUID, discipline: Discipline) -> bool:
        """Say whether somebody answers for a discipline at an organisation."""
        return discipline in self.posts.get(organisation_id, ())


@dataclass(frozen=True)
class Relation:
    """Somebody's relation to a person: an organisation, one discipline of it, or one account; for a time."""

    reason: Reason
    starts_on: date
    ends_on: date | None = None
    organisation_id: uuid.UUID | None = None
    # Of an organisation: who of it. Of an account: for what they are asked, where that is known.
    discipline: Discipline | None = None
    account_id: uuid.UUID | None = None
    # The moment that counts where a day is too long; a relation whose moment has come is not among these.
    ends_at: datetime | None = None
    # The one case that it opens; None: all of the person's.
    case_id: uuid.UUID | None = None

    @property
    def is_danger(self) -> bool:
        return self.reason is Reason.DANGER

    def opens(self, case_id: uuid.UUID) -> bool:
        """Say whether it is a relation to that case."""
        return self.case_id is None or self.case_id == case_id

    def holds_for(self, standing: Standing, day: date) -> bool:
        """Say whether somebody stands in this relation on a day."""
        if day < self.starts_on or (self.ends_on is not None and day > self.ends_on):
            return False
        # Who learns takes no part, and who takes part is asked: neither knows by the other's relation.
        if standing.only_learns is not (self.reason is Reason.LEARNING):
            return False
        if self.account_id is not None:
            return self.account_id == standing.account_id
        if self.organisation_id is None or self.organisation_id not in standing.posts:
            return False
        return self.discipline is None or standing.speaks_for(self.organisation_id, self.discipline)

    def stands_for(self, standing: Standing) -> frozenset[Discipline]:
        """Return the disciplines for which somebody stands in this relation."""
        if self.discipline is not None:
            return frozenset({self.discipline})
        if self.account_id is None and self.organisation_id is not None:
            return standing.posts.get(self.organisation_id, frozenset())
        return standing.disciplines.union(*standing.learns.values())


@dataclass(frozen=True)
class Objection:
    """What somebody does not want shared; lifted objections are not among these."""

    scope: ObjectionScope
    organisation_id: uuid.UUID | None = None
    discipline: Discipline | None = None

    def shuts_out(self, standing: Standing, relation: Relation) -> bool:
        """Say whether somebody may not know by a relation. A topic shuts nobody out: it is not told on.

        A person objects to what somebody is to them. Who is related as a pharmacist alone is their
        pharmacist, whatever else they work as elsewhere; who is related by a practice where they are both
        pharmacist and nurse stays their nurse.
        """
        if self.scope is ObjectionScope.ALL:
            # Somebody must keep the objection and tell the person what became of it.
            return not standing.sees_all
        if self.scope is ObjectionScope.ORGANISATION:
            return self.organisation_id in {*standing.posts, *standing.learns}
        if self.scope is ObjectionScope.DISCIPLINE:
            # A coordinator keeps the papers of every discipline, and has to know what is not to be passed on.
            if standing.sees_all or self.discipline is None:
                return False
            stands_for = relation.stands_for(standing)
            # Who keeps the papers of a discipline is shut out with it.
            return self.discipline in stands_for and stands_for <= {
                self.discipline,
                Discipline.ADMINISTRATION,
            }
        return False


def reasons_to_know(
    standing: Standing, relations: Iterable[Relation], objections: Collection[Objection], day: date
) -> tuple[Relation, ...]:
    """Return the relations by which somebody may know of a person, without those objected to."""
    relations = tuple(relations)
    # Of whom only a draft speaks nobody knows yet: whoever keeps it goes on with it at the front door.
    if any(relation.reason is Reason.DRAFTED for relation in relations):
        return ()
    held = [relation for relation in relations if relation.holds_for(standing, day)]
    if standing.sees_all:
        held.append(Relation(Reason.COORDINATES, day, account_id=standing.account_id))
    # Where somebody may die or come to serious harm, telling may outweigh an objection.
    # Source: GMC, Confidentiality (2017), paragraphs 63 to 70.
    return tuple(
        relation
        for relation in held
        if relation.is_danger or not any(each.shuts_out(standing, relation) for each in objections)
    )


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


def disciplines_at(posts: Collection[Discipline], kind: OrganisationKind) -> frozenset[Discipline]:
    """Say what somebody speaks for at an organisation: by their posts there, else by what kind it is."""
    if set(posts) - {Discipline.ADMINISTRATION} or kind not in SPEAKS_FOR:
        return frozenset(posts)
    return frozenset({*posts, SPEAKS_FOR[kind]})


def missing_basis(mode: SharingMode, basis: SharingBasis | None) -> str:
    """Say what is missing before somebody's story may be shared, or nothing."""
    if basis is None:
        return "Say how the person was informed that their story is shared, or why they could not be."
    if basis not in ENOUGH[mode]:
        return "Ask for explicit consent: this network does not share on information alone."
    return ""
