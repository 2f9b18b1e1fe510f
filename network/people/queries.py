"""Reading the people who work and train in the viewer's network."""

import uuid
from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from network.access.rules import Actor, Permission
from network.organisations.queries import network_of, organisations_for
from network.organisations.records import Membership, Organisation
from network.people.records import Engagement, Person
from network.plumbing.database import db
from network.plumbing.refusals import NotFound
from network.vocabulary import LEARNER_ROLES, JobRole


def people_for(viewer: Actor, name: str = "") -> Sequence[Person]:
    """Return the people whom the viewer may see, by family name, each with the posts they may see."""
    found = _people(viewer)
    if name.strip():
        whole_name = func.concat(Person.given_name, " ", Person.family_name)
        found = found.where(whole_name.icontains(" ".join(name.split()), autoescape=True))
    return db.session.scalars(found).unique().all()


def get_person_for(viewer: Actor, person_id: uuid.UUID) -> Person:
    """Return a person whom the viewer may see, with the posts that the viewer may see."""
    person = db.session.scalars(_people(viewer).where(Person.id == person_id)).unique().one_or_none()
    if person is None:
        raise NotFound
    return person


def get_engagement_for(viewer: Actor, engagement_id: uuid.UUID) -> Engagement:
    """Return a post that the viewer may see, with its person and employer."""
    engagement = db.session.scalars(
        select(Engagement)
        .where(Engagement.id == engagement_id, engagements_seen_by(viewer))
        .options(joinedload(Engagement.person), joinedload(Engagement.employer))
    ).one_or_none()
    if engagement is None:
        raise NotFound
    return engagement


def engagements_seen_by(viewer: Actor) -> ColumnElement[bool]:
    """Match posts in the network that the viewer's roles let them see, and the viewer's own."""
    in_network = _known_in(network_of(viewer))
    reach = viewer.organisations_for(Permission.SEE_STAFF)
    if reach is None:
        return in_network
    own = viewer.may(Permission.SEE_STAFF, person_id=viewer.person_id)
    own_id = viewer.person_id if own else None
    seen = [Engagement.employer_id.in_(reach), Engagement.person_id == own_id]
    if viewer.may(Permission.EDIT_ROTATIONS):
        seen.append(Engagement.role.in_(LEARNER_ROLES))
    return in_network & or_(*seen)


def may_engage(viewer: Actor, employer_id: uuid.UUID, role: JobRole) -> bool:
    """Say whether the viewer takes people on there in a role; whoever plans rotations takes on learners."""
    return viewer.may(Permission.EDIT_STAFF, organisation_id=employer_id) or (
        role.is_learner and viewer.may(Permission.EDIT_ROTATIONS)
    )


def employers_for(viewer: Actor) -> list[Organisation]:
    """Return the organisations for which the viewer may engage people."""
    return [
        organisation
        for organisation in organisations_for(viewer)
        if viewer.may(Permission.EDIT_STAFF, organisation_id=organisation.id)
    ]


def find_by_email(viewer: Actor, email: str) -> Person | None:
    """Return the person of the viewer's network who has this address."""
    in_network = _known_in(network_of(viewer))
    return db.session.scalars(
        select(Person).join(Person.engagements).where(func.lower(Person.email) == email.lower(), in_network)
    ).first()


def known_people(viewer: Actor, person_ids: Collection[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Return those of some people who have a post in the viewer's network, whoever may see them."""
    in_network = _known_in(network_of(viewer))
    return frozenset(
        db.session.scalars(
            select(Engagement.person_id).where(Engagement.person_id.in_(person_ids), in_network)
        )
    )


def _known_in(network_id: uuid.UUID) -> ColumnElement[bool]:
    """Match posts with the network and its members; of those who left, only posts from before they did."""
    belonged = select(Membership.id).where(
        Membership.network_id == network_id,
        Membership.organisation_id == Engagement.employer_id,
        or_(Membership.left_on.is_(None), Engagement.starts_on < Membership.left_on),
    )
    return or_(Engagement.employer_id == network_id, belonged.exists())


def _people(viewer: Actor) -> Select[Person]:
    return (
        select(Person)
        .join(Person.engagements)
        .where(engagements_seen_by(viewer))
        .options(contains_eager(Person.engagements).joinedload(Engagement.employer))
        .order_by(Person.family_name, Person.given_name, Person.id, Engagement.starts_on)
        # Posts that were loaded for somebody else's eyes must not stay on the person.
        .execution_options(populate_existing=True)
    )
