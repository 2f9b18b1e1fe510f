"""Reading members of the rota."""

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from network.access.rules import Actor, Permission
from network.people.queries import engagements_seen_by
from network.people.records import Engagement, Person
from network.plumbing.database import db
from network.plumbing.refusals import NotFound
from network.vocabulary import Discipline, JobRole
from rota.staff.records import RotaMember, SiteInduction, WorkingPattern
from rota.staff.rules import Competency

# What pages call a row of the rota's members.
Member = RotaMember

PACK = Path(__file__).parent / "packs" / "competencies.yaml"


def members_for_planning(starts_on: date, ends_on: date) -> Sequence[RotaMember]:
    """Return those of the current network who are planned on some day of the period, with all the rota needs.

    However many they are, it takes the same few statements.
    """
    return db.session.scalars(_whole_members().where(planned_between(starts_on, ends_on))).all()


def planned_between(starts_on: date, ends_on: date) -> ColumnElement[bool]:
    """Match members who are planned, and engaged, on some day of the period."""
    return and_(
        RotaMember.planned_from <= ends_on,
        or_(RotaMember.planned_until.is_(None), RotaMember.planned_until >= starts_on),
        Engagement.starts_on <= ends_on,
        or_(Engagement.ends_on.is_(None), Engagement.ends_on >= starts_on),
    )


def members_for(
    viewer: Actor, day: date, role: JobRole | None = None, site_id: uuid.UUID | None = None
) -> Sequence[RotaMember]:
    """Return the members whom the viewer may see, planned on the day or later, by name, with credentials."""
    found = _members().where(
        engagements_seen_by(viewer),
        or_(RotaMember.planned_until.is_(None), RotaMember.planned_until >= day),
        or_(Engagement.ends_on.is_(None), Engagement.ends_on >= day),
    )
    if role is not None:
        found = found.where(Engagement.role == role)
    if site_id is not None:
        found = found.where(RotaMember.home_site_id == site_id)
    return db.session.scalars(found.options(selectinload(RotaMember.credentials))).all()


def by_discipline(members: Iterable[RotaMember]) -> dict[Discipline, list[RotaMember]]:
    """Group members by discipline, in the order of the vocabulary; empty disciplines are left out."""
    groups: dict[Discipline, list[RotaMember]] = {discipline: [] for discipline in Discipline}
    for member in members:
        groups[member.engagement.role.discipline].append(member)
    return {discipline: own for discipline, own in groups.items() if own}


def get_member_for(viewer: Actor, member_id: uuid.UUID) -> RotaMember:
    """Return a member whom the viewer may see, with all there is to see."""
    return _one(_whole_members().where(RotaMember.id == member_id, engagements_seen_by(viewer)))


def get_member_to_change(viewer: Actor, member_id: uuid.UUID) -> RotaMember:
    """Return a member whom the viewer may see, with the post alone."""
    return _one(_members().where(RotaMember.id == member_id, engagements_seen_by(viewer)))


def find_member_of(engagement_id: uuid.UUID) -> RotaMember | None:
    """Return the member of the current network who is planned under this post."""
    return db.session.scalars(
        select(RotaMember).where(RotaMember.engagement_id == engagement_id)
    ).one_or_none()


def engagements_not_planned_for(viewer: Actor, day: date) -> list[Engagement]:
    """Return the running posts that the viewer may plan and that the rota does not know yet, by name."""
    planned = select(RotaMember.engagement_id)
    engagements = db.session.scalars(
        select(Engagement)
        .join(Engagement.person)
        .where(
            engagements_seen_by(viewer),
            Engagement.id.not_in(planned),
            or_(Engagement.ends_on.is_(None), Engagement.ends_on >= day),
        )
        .options(contains_eager(Engagement.person), joinedload(Engagement.employer))
        .order_by(Person.family_name, Person.given_name)
    )
    edits = Permission.EDIT_STAFF
    return [found for found in engagements if viewer.may(edits, organisation_id=found.employer_id)]


def competencies_for(role: JobRole) -> list[Competency]:
    """Return the competencies that somebody in this role may hold."""
    return [competency for competency in competencies().values() if role in competency.roles]


@cache
def competencies() -> dict[str, Competency]:
    """Return the competencies that can be signed off, by code, in the order of the pack."""
    return read_competencies(PACK.read_text())


def read_competencies(text: str) -> dict[str, Competency]:
    """Read a pack of competencies, and refuse one that is not whole."""
    entries: list[dict[str, Any]] = yaml.safe_load(text)
    found = [
        Competency(entry["code"], entry["label"], frozenset(map(JobRole, entry["held_by"])), entry["source"])
        for entry in entries
    ]
    repeated = [code for code, times in Counter(one.code for one in found).items() if times > 1]
    if repeated:
        raise ValueError(f"The competency {repeated[0]} is listed twice.")
    return {one.code: one for one in found}


def _one(found: Select[RotaMember]) -> RotaMember:
    member = db.session.scalars(found).one_or_none()
    if member is None:
        raise NotFound
    return member


def _members() -> Select[RotaMember]:
    return (
        select(RotaMember)
        .join(RotaMember.engagement)
        .join(Engagement.person)
        .options(
            contains_eager(RotaMember.engagement).contains_eager(Engagement.person),
            contains_eager(RotaMember.engagement).joinedload(Engagement.employer),
            joinedload(RotaMember.home_site),
        )
        .order_by(Person.family_name, Person.given_name, RotaMember.id)
    )


def _whole_members() -> Select[RotaMember]:
    return _members().options(
        selectinload(RotaMember.patterns).selectinload(WorkingPattern.cells),
        selectinload(RotaMember.competencies),
        selectinload(RotaMember.credentials),
        selectinload(RotaMember.inductions).joinedload(SiteInduction.site),
        selectinload(RotaMember.supervises),
        selectinload(RotaMember.funding),
    )
