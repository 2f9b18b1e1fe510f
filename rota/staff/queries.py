"""Reading members of the rota."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from network.people.records import Engagement, Person
from network.plumbing.database import db
from rota.staff.records import RotaMember, SiteInduction, WorkingPattern


def members_for_planning(starts_on: date, ends_on: date) -> Sequence[RotaMember]:
    """Return those of the current network who are planned on some day of the period, with all the rota needs.

    However many they are, it takes the same few statements.
    """
    return db.session.scalars(_whole_members().where(planned_between(starts_on, ends_on))).unique().all()


def planned_between(starts_on: date, ends_on: date) -> ColumnElement[bool]:
    """Match members who are planned, and engaged, on some day of the period."""
    return and_(
        RotaMember.planned_from <= ends_on,
        or_(RotaMember.planned_until.is_(None), RotaMember.planned_until >= starts_on),
        Engagement.starts_on <= ends_on,
        or_(Engagement.ends_on.is_(None), Engagement.ends_on >= starts_on),
    )


def _whole_members() -> Select[RotaMember]:
    return (
        select(RotaMember)
        .join(RotaMember.engagement)
        .join(Engagement.person)
        .options(
            contains_eager(RotaMember.engagement).contains_eager(Engagement.person),
            contains_eager(RotaMember.engagement).joinedload(Engagement.employer),
            joinedload(RotaMember.home_site),
            selectinload(RotaMember.patterns).selectinload(WorkingPattern.cells),
            selectinload(RotaMember.competencies),
            selectinload(RotaMember.credentials),
            selectinload(RotaMember.inductions).joinedload(SiteInduction.site),
            selectinload(RotaMember.supervises),
            selectinload(RotaMember.funding),
        )
        .order_by(Person.family_name, Person.given_name, RotaMember.id)
    )
