"""Rotas and their versions, as far as the viewer may see them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from network.access.rules import Actor, Permission
from network.plumbing.database import db, today
from network.plumbing.refusals import NotFound
from rota.demand.records import DemandTemplate
from rota.rotas.records import Assignment, RotaPeriod, RotaVersion
from rota.rotas.rules import PeriodState, VersionState, said_period
from rota.rotas.wording import Life, life_of
from rota.staff.records import RotaMember


@dataclass(frozen=True)
class PeriodView:
    """A rota on the list: its weeks, its state, and the versions one can look at."""

    period: RotaPeriod
    versions: tuple[RotaVersion, ...]

    @property
    def said(self) -> str:
        return said_period(self.period.starts_on, self.period.ends_on)

    @property
    def published(self) -> RotaVersion | None:
        return next((version for version in self.versions if version.state is VersionState.CHOSEN), None)

    @property
    def draft(self) -> RotaVersion | None:
        """The draft at work; beside a published rota one with a label only tries something out."""
        ordinary = [draft for draft in self.drafts if not draft.label]
        found = ordinary or ([] if self.published else self.drafts)
        return self.proposed or (found[-1] if found else None)

    @property
    def current(self) -> RotaVersion | None:
        """The version to be opened: the draft at work, or what was published."""
        return self.draft or self.published

    @property
    def drafts(self) -> tuple[RotaVersion, ...]:
        return tuple(version for version in self.versions if version.state is VersionState.DRAFT)

    @property
    def proposed(self) -> RotaVersion | None:
        return next((version for version in self.drafts if version.proposed_at), None)

    @property
    def life(self) -> Life:
        return life_of_period(self.period, self.versions)

    @property
    def is_past(self) -> bool:
        return self.period.state is PeriodState.CLOSED


def sees_drafts(viewer: Actor) -> bool:
    """Say whether somebody takes part in planning."""
    return viewer.may_somewhere(Permission.EDIT_ROTA)


def get_version_for(viewer: Actor, version_id: uuid.UUID) -> RotaVersion:
    """Return a version that the viewer may know of."""
    version = db.session.scalars(
        select(RotaVersion).where(RotaVersion.id == version_id).options(joinedload(RotaVersion.period))
    ).one_or_none()
    if version is None or not viewer.may_somewhere(Permission.SEE_ROTA):
        raise NotFound
    if version.state is not VersionState.CHOSEN and not sees_drafts(viewer):
        raise NotFound
    return version


def periods_for(viewer: Actor) -> tuple[PeriodView, ...]:
    """Return all rotas, the latest first, each with the versions that the viewer may see."""
    if not viewer.may_somewhere(Permission.SEE_ROTA):
        raise NotFound
    periods = db.session.scalars(select(RotaPeriod).order_by(RotaPeriod.starts_on.desc())).all()
    versions = db.session.scalars(select(RotaVersion).order_by(RotaVersion.number)).all()
    wanted = set(VersionState) if sees_drafts(viewer) else {VersionState.CHOSEN}
    views = (
        PeriodView(
            period,
            tuple(each for each in versions if each.period_id == period.id and each.state in wanted),
        )
        for period in periods
    )
    return tuple(view for view in views if view.versions or sees_drafts(viewer))


def get_period_for(viewer: Actor, period_id: uuid.UUID) -> PeriodView:
    """Return one rota with the versions that the viewer may see."""
    found = next((view for view in periods_for(viewer) if view.period.id == period_id), None)
    if found is None:
        raise NotFound
    return found


def life_of_period(period: RotaPeriod, versions: Sequence[RotaVersion] | None = None) -> Life:
    """Say where a rota is in its life today; its versions are read where they are not at hand."""
    was_proposed = any(version.proposed_at for version in versions or period.versions)
    dates = period.starts_on, period.ends_on, period.requests_until
    return life_of(period.state, *dates, was_proposed, today())


def said_of(version: RotaVersion) -> str:
    """Say the dates of a version's rota."""
    return said_period(version.period.starts_on, version.period.ends_on)


def last_planned_day() -> date | None:
    """Return the end of the last rota."""
    return db.session.scalar(select(func.max(RotaPeriod.ends_on)))


def missing_for_a_rota() -> Sequence[str]:
    """Name what must be there before a rota can be made and is not: 'staff', 'demand'."""
    counts = {
        "staff": db.session.scalar(select(func.count()).select_from(RotaMember)),
        "demand": db.session.scalar(select(func.count()).select_from(DemandTemplate)),
    }
    return [name for name, count in counts.items() if not count]


def find_chosen_version(period_id: uuid.UUID) -> RotaVersion | None:
    """Return the version of a period that people were told of."""
    return db.session.scalars(
        select(RotaVersion).where(
            RotaVersion.period_id == period_id, RotaVersion.state == VersionState.CHOSEN
        )
    ).one_or_none()


def find_draft(period_id: uuid.UUID) -> uuid.UUID | None:
    """Return the latest draft of a period."""
    return db.session.scalar(
        select(RotaVersion.id)
        .where(RotaVersion.period_id == period_id, RotaVersion.state == VersionState.DRAFT)
        .order_by(RotaVersion.number.desc())
        .limit(1)
    )


def find_ordinary_draft(period_id: uuid.UUID) -> uuid.UUID | None:
    """Return the latest draft of a period that is proposed, or has no label and so is no trial."""
    return db.session.scalar(
        select(RotaVersion.id)
        .where(
            RotaVersion.period_id == period_id,
            RotaVersion.state == VersionState.DRAFT,
            or_(RotaVersion.label == "", RotaVersion.proposed_at.is_not(None)),
        )
        .order_by(RotaVersion.proposed_at.is_(None), RotaVersion.number.desc())
        .limit(1)
    )


def has_assignments(version_id: uuid.UUID) -> bool:
    """Say whether anybody is placed in a version."""
    return (
        db.session.scalar(select(Assignment.id).where(Assignment.version_id == version_id).limit(1))
        is not None
    )
