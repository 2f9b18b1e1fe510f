"""Rotation plans, their versions and placements, as far as the viewer may see them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from network.access.rules import Actor, Permission
from network.people.records import Engagement
from network.plumbing.database import db
from network.plumbing.refusals import NotFound
from rota.hosts.records import PlacementHost, PlacementOffer
from rota.learners.records import Learner
from rota.rotations.records import (
    Placement,
    PlacementSupervisor,
    RotationEdit,
    RotationPlan,
    RotationVersion,
)
from rota.rotations.rules import Held, PlacementState, PlanVersionState
from rota.staff.records import RotaMember


@dataclass(frozen=True)
class PlanView:
    """A plan on the list, with the versions one can look at."""

    plan: RotationPlan
    versions: tuple[RotationVersion, ...]

    @property
    def published(self) -> RotationVersion | None:
        return next((each for each in self.versions if each.state is PlanVersionState.CHOSEN), None)

    @property
    def drafts(self) -> tuple[RotationVersion, ...]:
        return tuple(each for each in self.versions if each.state is PlanVersionState.DRAFT)

    @property
    def current(self) -> RotationVersion | None:
        """The version to be opened: the last draft at work, else what was published, else a what-if copy."""
        ordinary = [draft for draft in self.drafts if not draft.label]
        return ordinary[-1] if ordinary else self.published or (self.drafts[-1] if self.drafts else None)


def plans_for(viewer: Actor) -> tuple[PlanView, ...]:
    """Return the plans, the latest first, each with the versions that the viewer may see.

    Who sees learners of one organisation alone sees no plan.
    """
    if not viewer.may(Permission.SEE_ROTATIONS):
        return ()
    plans = db.session.scalars(
        select(RotationPlan)
        .options(selectinload(RotationPlan.versions))
        .order_by(RotationPlan.starts_on.desc(), RotationPlan.name)
    )
    views = (PlanView(plan, tuple(each for each in plan.versions if _sees(viewer, each))) for plan in plans)
    return tuple(view for view in views if view.versions)


def get_plan_for(viewer: Actor, plan_id: uuid.UUID) -> PlanView:
    """Return one plan with the versions that the viewer may see."""
    found = next((view for view in plans_for(viewer) if view.plan.id == plan_id), None)
    if found is None:
        raise NotFound
    return found


def get_version_for(viewer: Actor, version_id: uuid.UUID) -> RotationVersion:
    """Return a version that the viewer may know of: drafts are for those who plan."""
    version = db.session.scalars(
        select(RotationVersion)
        .where(RotationVersion.id == version_id)
        .options(joinedload(RotationVersion.plan))
    ).one_or_none()
    if version is None or not _sees(viewer, version):
        raise NotFound
    return version


def find_published(plan_id: uuid.UUID) -> RotationVersion | None:
    """Return the version of a plan that learners were told of."""
    return db.session.scalars(
        select(RotationVersion).where(
            RotationVersion.plan_id == plan_id, RotationVersion.state == PlanVersionState.CHOSEN
        )
    ).one_or_none()


def placements_of(version_id: uuid.UUID) -> Sequence[Placement]:
    """Return the placements of a version with all that is shown of them, in time."""
    return db.session.scalars(
        select(Placement)
        .where(Placement.version_id == version_id)
        .options(*_whole())
        .order_by(Placement.starts_on, Placement.id)
        .execution_options(populate_existing=True)
    ).all()


def held_in(version_id: uuid.UUID) -> dict[uuid.UUID, Held]:
    """Return the placements of a version as values, by their stay."""
    return {each.stay_id: each.held for each in placements_of(version_id)}


# Whoever left early comes to nothing that begins later.
_HOLDS = or_(Learner.left_on.is_(None), Placement.starts_on <= Learner.left_on)


def published_placements(from_day: date, until: date) -> Sequence[Placement]:
    """Return the placements that learners were told of and that lie in some days, of the current network."""
    return db.session.scalars(
        select(Placement)
        .join(Placement.version)
        .join(Placement.learner)
        .where(
            RotationVersion.state == PlanVersionState.CHOSEN,
            Placement.starts_on <= until,
            Placement.ends_on >= from_day,
            _HOLDS,
        )
        .options(*_whole(), joinedload(Placement.version))
        .order_by(Placement.starts_on, Placement.id)
    ).all()


def told_placements_of(learner_id: uuid.UUID) -> Sequence[Placement]:
    """Return the placements that one learner was told of, in time, with who supervises and where it is."""
    people = selectinload(Placement.supervisors).joinedload(PlacementSupervisor.member)
    return db.session.scalars(
        select(Placement)
        .join(Placement.version)
        .join(Placement.learner)
        .where(Placement.learner_id == learner_id, RotationVersion.state == PlanVersionState.CHOSEN, _HOLDS)
        .options(
            *_whole(),
            joinedload(Placement.version).joinedload(RotationVersion.plan),
            people.joinedload(RotaMember.engagement).joinedload(Engagement.person),
        )
        .order_by(Placement.starts_on, Placement.id)
    ).all()


def placements_by_member(from_day: date, until: date) -> dict[uuid.UUID, list[Placement]]:
    """Return the same by the member of the rota who is placed: those alone whose host takes them still."""
    found: dict[uuid.UUID, list[Placement]] = {}
    for placement in published_placements(from_day, until):
        if placement.state is not PlacementState.HOST_DECLINED:
            found.setdefault(placement.learner.member_id, []).append(placement)
    return found


def standing_placements(stay_id: uuid.UUID) -> Sequence[Placement]:
    """Return a stay as it stands in drafts and in what is published."""
    return db.session.scalars(
        select(Placement)
        .join(Placement.version)
        .where(
            Placement.stay_id == stay_id,
            RotationVersion.state.in_((PlanVersionState.DRAFT, PlanVersionState.CHOSEN)),
        )
        .options(joinedload(Placement.version))
        .order_by(RotationVersion.number)
        .execution_options(populate_existing=True)
    ).all()


def last_edit(version_id: uuid.UUID) -> RotationEdit | None:
    """Return the last edit of a version that was not taken back."""
    return db.session.scalars(
        select(RotationEdit)
        .where(RotationEdit.version_id == version_id, RotationEdit.undone_at.is_(None))
        .order_by(RotationEdit.number.desc())
        .limit(1)
    ).first()


def next_number(version_id: uuid.UUID) -> int:
    """Return the number of the next edit of a version."""
    last = db.session.scalar(
        select(func.max(RotationEdit.number)).where(RotationEdit.version_id == version_id)
    )
    return (last or 0) + 1


def _sees(viewer: Actor, version: RotationVersion) -> bool:
    if viewer.may(Permission.EDIT_ROTATIONS):
        return True
    return viewer.may(Permission.SEE_ROTATIONS) and version.state is PlanVersionState.CHOSEN


def _whole() -> tuple[Any, ...]:
    person = joinedload(Placement.learner).joinedload(Learner.member).joinedload(RotaMember.engagement)
    return (
        person,
        joinedload(Placement.offer).joinedload(PlacementOffer.host).joinedload(PlacementHost.site),
        selectinload(Placement.supervisors),
    )
