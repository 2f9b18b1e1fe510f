"""The programmes of a network and what each requires, as rows and as values."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from network.access.rules import Actor, Permission
from network.organisations.rules import WeeklySession
from network.plumbing.database import db
from network.plumbing.refusals import NotFound
from network.vocabulary import Discipline
from rota.programmes.records import Programme, Requirement
from rota.programmes.rules import (
    ProgrammeDesign,
    RequirementDesign,
    Setting,
    SupervisorKind,
    Window,
    session_read,
    troubles_of,
)

# What pages call rows of theirs.
ProgrammeRow = Programme
RequirementRow = Requirement


@dataclass(frozen=True)
class ProgrammeShown:
    """A programme in the list; `troubles` keep it from being planned."""

    row: Programme
    design: ProgrammeDesign
    requirements: list[RequirementDesign]
    troubles: tuple[str, ...]


def programmes_for(viewer: Actor) -> Sequence[Programme]:
    """Return the network's programmes by name, those still used first."""
    _require_sight(viewer)
    return all_programmes()


def all_programmes() -> Sequence[Programme]:
    """Return the current network's programmes, for planning."""
    return db.session.scalars(
        select(Programme)
        .options(selectinload(Programme.requirements))
        .order_by(Programme.retired_on.is_not(None), Programme.name)
    ).all()


def programmes_shown(viewer: Actor) -> list[ProgrammeShown]:
    """Return the programmes with what keeps them from being planned."""
    return [
        ProgrammeShown(row, as_design(row), requirements_of(row), troubles_with(row))
        for row in programmes_for(viewer)
    ]


def get_programme_for(viewer: Actor, programme_id: uuid.UUID) -> Programme:
    """Return a programme of the network, also one that is retired."""
    _require_sight(viewer)
    row = db.session.scalars(
        select(Programme).where(Programme.id == programme_id).options(selectinload(Programme.requirements))
    ).one_or_none()
    if row is None:
        raise NotFound
    return row


def get_requirement_for(viewer: Actor, requirement_id: uuid.UUID) -> Requirement:
    """Return a requirement of one of the network's programmes."""
    _require_sight(viewer)
    row = db.session.get(Requirement, requirement_id, options=[joinedload(Requirement.programme)])
    if row is None:
        raise NotFound
    return row


def find_programme_named(name: str) -> Programme | None:
    """Return the programme of the current network that has this name."""
    same = func.lower(Programme.name) == name.strip().lower()
    return db.session.scalars(select(Programme).where(same)).one_or_none()


def as_design(row: Programme) -> ProgrammeDesign:
    """Give a programme as a value."""
    return ProgrammeDesign(
        name=row.name,
        role=row.role,
        weeks=row.weeks,
        effective_from=row.effective_from,
        source=row.source,
        notes=row.notes,
        block_weeks=row.block_weeks,
        intake_months=tuple(map(int, row.intake_months)),
        notice_weeks=row.notice_weeks,
        rota_notice_weeks=row.rota_notice_weeks,
        duty_notice_weeks=row.duty_notice_weeks,
        has_fixed_base=row.has_fixed_base,
        needs_approval=row.needs_approval,
        wants_peers=row.wants_peers,
        supervisors=tuple(map(SupervisorKind, row.supervisors)),
        least_percent=row.least_percent,
        breadth=row.breadth,
        disciplines=tuple(map(Discipline, row.disciplines)),
        exposure_weekly=row.exposure_weekly,
        exposure_total=row.exposure_total,
        protected=protected_of(row),
        windows=windows_of(row),
        local_settings=frozenset(row.local_settings),
    )


def as_requirement(row: Requirement) -> RequirementDesign:
    """Give a requirement as a value."""
    return RequirementDesign(
        key=row.key,
        name=row.name,
        settings=tuple(map(Setting, row.settings)),
        least_weeks=row.least_weeks,
        most_weeks=row.most_weeks,
        shortest_run=row.shortest_run,
        longest_run=row.longest_run,
        once_per_host=row.once_per_host,
        is_hard=row.is_hard,
        after=tuple(sorted(row.after.items())),
        not_after=tuple(row.not_after),
        next_must_be=row.next_must_be,
        source=row.source,
        is_local=row.is_local,
    )


def requirements_of(row: Programme) -> list[RequirementDesign]:
    """Give what a programme requires as values, in their order."""
    return [as_requirement(each) for each in row.requirements]


def protected_of(row: Programme) -> tuple[WeeklySession, ...]:
    """Return the sessions of the week that a programme keeps free for learning."""
    return tuple(map(session_read, row.protected))


def windows_of(row: Programme) -> tuple[Window, ...]:
    """Return the weeks of a programme that a move must not split, in their order."""
    windows = (Window(name, first, last) for name, (first, last) in row.windows.items())
    return tuple(sorted(windows, key=lambda window: (window.first_week, window.name)))


def troubles_with(row: Programme) -> tuple[str, ...]:
    """Say what keeps a programme from being planned."""
    return troubles_of(as_design(row), requirements_of(row))


def _require_sight(viewer: Actor) -> None:
    if not viewer.may_somewhere(Permission.SEE_ROTATIONS):
        raise NotFound
