"""Who does what is done in the demo: the invented members of a network, each with their own account."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select

from network.access.rules import Actor, Role
from network.accounts.queries import workplace_of
from network.accounts.records import Account, RoleGrant
from network.demo import Made
from network.plumbing.database import db
from network.vocabulary import Discipline, OrganisationKind

# Who answers for a discipline where it is not the person's own practice.
ANSWERS: dict[Discipline, tuple[Role, OrganisationKind | None]] = {
    Discipline.PHARMACY: (Role.CLINICIAN, OrganisationKind.NETWORK),
    Discipline.OPTOMETRY: (Role.CLINICIAN, OrganisationKind.OPTICIAN),
    Discipline.DENTISTRY: (Role.CLINICIAN, OrganisationKind.DENTAL_PRACTICE),
    Discipline.SOCIAL_CARE: (Role.SOCIAL_CARE_MEMBER, None),
    Discipline.COMMUNITY_NURSING: (Role.CLINICIAN, OrganisationKind.COMMUNITY_TRUST),
    Discipline.MENTAL_HEALTH: (Role.CLINICIAN, OrganisationKind.NETWORK),
    Discipline.HOSPITAL_CARE: (Role.CLINICIAN, OrganisationKind.HOSPITAL_TRUST),
    Discipline.VOLUNTARY: (Role.VOLUNTARY_MEMBER, None),
}


@dataclass(frozen=True)
class Members:
    """The invented members of one network, who do all that is done in its demo."""

    made: Made
    actors: tuple[Actor, ...]

    def one(self, role: Role, organisation_id: uuid.UUID | None = None) -> Actor:
        """Return somebody with a role, at an organisation where one is said."""
        return next(
            actor
            for actor in self.actors
            for grant in actor.grants
            if grant.role is role and organisation_id in (None, grant.organisation_id)
        )

    @property
    def coordinator(self) -> Actor:
        return self.one(Role.CARE_COORDINATOR)

    @property
    def chair(self) -> Actor:
        return self.one(Role.CHAIR)

    def of_practice(self, practice: int) -> Actor:
        """Return who refers for a practice; the first one's is the chair."""
        return self.chair if practice == 0 else self.one(Role.CLINICIAN, self.made.practices[practice])

    def named(self, line: str) -> str:
        """Put the names of those who answer for disciplines into a line such as '@{pharmacy} +14 ...'."""
        return line.format_map({each.value: self.who_answers(each, 0)[0].name for each in ANSWERS})

    def who_answers(self, discipline: Discipline, practice: int) -> tuple[Actor, uuid.UUID]:
        """Return who answers for a discipline, and of which organisation."""
        if discipline is Discipline.GENERAL_PRACTICE:
            return self.of_practice(practice), self.made.practices[practice]
        role, kind = ANSWERS[discipline]
        if kind is OrganisationKind.NETWORK:
            return self._of_the_network(discipline), self.made.network_id
        actor = self.one(role, self.made.partners[kind] if kind else None)
        return actor, next(grant.organisation_id for grant in actor.grants if grant.role is role)

    def _of_the_network(self, discipline: Discipline) -> Actor:
        people = {
            one.person_id: one.invented.post.role.discipline
            for one in self.made.people
            if one.employer_id == self.made.network_id
        }
        return next(
            actor for actor in self.actors if actor.person_id and people.get(actor.person_id) is discipline
        )


def actors_of(made: Made) -> list[Actor]:
    accounts = db.session.scalars(
        select(Account)
        .join(RoleGrant)
        .where(RoleGrant.network_id == made.network_id)
        .order_by(Account.created_at)
        .distinct()
    )
    return [workplace_of(account, made.network_id).actor for account in accounts]
