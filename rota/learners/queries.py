"""The learners of a network, as far as the viewer may see them."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, false, func, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from network.access.guard import require
from network.access.rules import Actor, Permission
from network.organisations.records import Site
from network.people.records import Engagement, Person
from network.plumbing.database import db
from network.plumbing.refusals import NotFound
from network.vocabulary import JobRole
from rota.learners.records import Learner, LearnerApart, LearnerNeeds, TrainingDone
from rota.learners.rules import Apart, Done, LearnerDesign, Needs
from rota.programmes.rules import session_read
from rota.staff.records import RotaMember

# What pages call rows of theirs.
LearnerRow = Learner
DoneRow = TrainingDone
ApartRow = LearnerApart


def learners_for(
    viewer: Actor, day: date, programme_id: uuid.UUID | None = None, *, with_past: bool = False
) -> Sequence[Learner]:
    """Return the learners whom the viewer may see, in training on a day or later, by programme and name."""
    found = _whole().where(_seen_by(viewer))
    if not with_past:
        found = found.where(func.coalesce(Learner.left_on, Learner.ends_on) >= day)
    if programme_id is not None:
        found = found.where(Learner.programme_id == programme_id)
    rows = db.session.scalars(found).all()
    return sorted(rows, key=_place)


def get_learner_for(viewer: Actor, learner_id: uuid.UUID) -> Learner:
    """Return a learner whom the viewer may see, with what they have done."""
    return _one(_whole().where(Learner.id == learner_id, _seen_by(viewer)))


def find_own_learner(viewer: Actor) -> Learner | None:
    """Return the viewer as a learner: of several trainings, the one that ends last."""
    if not viewer.may(Permission.SEE_OWN_TRAINING, person_id=viewer.person_id):
        return None
    own = _whole().where(Engagement.person_id == viewer.person_id).order_by(Learner.ends_on.desc())
    return db.session.scalars(own).first()


def find_learner_of(member_id: uuid.UUID) -> Learner | None:
    """Return a member of the rota as a learner, where they are one."""
    return db.session.scalars(select(Learner).where(Learner.member_id == member_id)).one_or_none()


def all_learners() -> Sequence[Learner]:
    """Return the current network's learners with all that planning needs, in an order that stays."""
    return db.session.scalars(_whole().order_by(Learner.id)).all()


def members_not_in_training(viewer: Actor, roles: Iterable[JobRole] = ()) -> Sequence[RotaMember]:
    """Return the members of the rota in learners' roles who are on no programme yet, by name."""
    require(viewer.may(Permission.EDIT_ROTATIONS))
    wanted = tuple(roles) or tuple(role for role in JobRole if role.is_learner)
    return db.session.scalars(
        select(RotaMember)
        .join(RotaMember.engagement)
        .join(Engagement.person)
        .where(
            Engagement.role.in_(wanted),
            RotaMember.id.not_in(select(Learner.member_id)),
        )
        .options(contains_eager(RotaMember.engagement).contains_eager(Engagement.person))
        .order_by(Person.family_name, Person.given_name)
    ).all()


def members_to_keep_apart(viewer: Actor, learner_id: uuid.UUID) -> Sequence[RotaMember]:
    """Return the members of the rota from whom a learner may be kept apart, by name."""
    _require_trust(viewer, learner_id)
    kept = select(LearnerApart.from_member_id).where(
        LearnerApart.learner_id == learner_id, LearnerApart.from_member_id.is_not(None)
    )
    own = select(Learner.member_id).where(Learner.id == learner_id)
    return db.session.scalars(
        select(RotaMember)
        .join(RotaMember.engagement)
        .join(Engagement.person)
        .where(RotaMember.id.not_in(kept), RotaMember.id.not_in(own))
        .options(contains_eager(RotaMember.engagement).contains_eager(Engagement.person))
        .order_by(Person.family_name, Person.given_name)
    ).all()


def get_done_for(viewer: Actor, done_id: uuid.UUID) -> TrainingDone:
    """Return weeks done before, of a learner whom the viewer may see."""
    row = db.session.get(TrainingDone, done_id)
    if row is None:
        raise NotFound
    get_learner_for(viewer, row.learner_id)
    return row


def needs_for(viewer: Actor, learner_id: uuid.UUID) -> Needs:
    """Return what a learner needs, to those alone who may know."""
    _require_trust(viewer, learner_id)
    row = find_needs(learner_id)
    return as_needs(row) if row else Needs()


def find_needs(learner_id: uuid.UUID) -> LearnerNeeds | None:
    """Return the row of what a learner needs; nothing of it is for the page of anybody else."""
    return db.session.scalars(select(LearnerNeeds).where(LearnerNeeds.learner_id == learner_id)).one_or_none()


def apart_for(viewer: Actor, learner_id: uuid.UUID) -> Sequence[LearnerApart]:
    """Return from whom and where a learner is kept apart, to those alone who may know."""
    _require_trust(viewer, learner_id)
    return db.session.scalars(
        select(LearnerApart)
        .where(LearnerApart.learner_id == learner_id)
        .options(
            joinedload(LearnerApart.from_member)
            .joinedload(RotaMember.engagement)
            .joinedload(Engagement.person),
            joinedload(LearnerApart.from_site),
        )
        .order_by(LearnerApart.id)
    ).all()


def get_apart_for(viewer: Actor, apart_id: uuid.UUID) -> LearnerApart:
    """Return one of them, to those alone who may know."""
    row = db.session.get(LearnerApart, apart_id)
    if row is None:
        raise NotFound
    _require_trust(viewer, row.learner_id)
    return row


def as_learner(row: Learner) -> LearnerDesign:
    """Give a learner as a value."""
    return LearnerDesign(
        programme_id=row.programme_id,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        stage=row.stage,
        percent=row.percent,
        base_site_id=row.base_site_id,
        travel=row.travel,
        longest_minutes=row.longest_minutes,
        protected=tuple(map(session_read, row.protected)),
        continuity=session_read(row.continuity) if row.continuity else None,
    )


def as_done(row: TrainingDone) -> Done:
    """Give weeks done before as a value."""
    return Done(row.requirement_id, row.weeks, row.ended_on, row.host)


def as_needs(row: LearnerNeeds) -> Needs:
    """Give what a learner needs as a value."""
    return Needs(row.adjustments, row.needs_step_free, row.travel_is_hard)


def as_apart(row: LearnerApart) -> Apart:
    """Give one of those from whom a learner is kept apart as a value."""
    return Apart(row.reason, row.from_member_id, row.from_site_id)


def _place(row: Learner) -> tuple[str, str, str]:
    return row.programme.name, row.member.engagement.person.family_name, row.name


def _whole() -> Select[Learner]:
    return (
        select(Learner)
        .join(Learner.member)
        .join(RotaMember.engagement)
        .join(Engagement.person)
        .options(
            contains_eager(Learner.member)
            .contains_eager(RotaMember.engagement)
            .contains_eager(Engagement.person),
            contains_eager(Learner.member)
            .contains_eager(RotaMember.engagement)
            .joinedload(Engagement.employer),
            joinedload(Learner.programme),
            joinedload(Learner.base_site),
            selectinload(Learner.history).joinedload(TrainingDone.requirement),
        )
    )


def _one(found: Select[Learner]) -> Learner:
    row = db.session.scalars(found).one_or_none()
    if row is None:
        raise NotFound
    return row


def _seen_by(viewer: Actor) -> ColumnElement[bool]:
    """Match learners of the whole network, or those employed by or based with the viewer's organisations."""
    if not viewer.may_somewhere(Permission.SEE_ROTATIONS):
        raise NotFound
    reach = viewer.organisations_for(Permission.SEE_ROTATIONS)
    if reach is None:
        return true()
    if not reach:
        return false()
    based = Learner.base_site_id.in_(select(Site.id).where(Site.organisation_id.in_(reach)))
    return or_(Engagement.employer_id.in_(reach), based)


def _require_trust(viewer: Actor, learner_id: uuid.UUID) -> None:
    if not viewer.may(Permission.SEE_LEARNER_NEEDS):
        raise NotFound
    get_learner_for(viewer, learner_id)
