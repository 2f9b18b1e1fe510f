"""The life of a rotation plan: made for some weeks, drafted in versions, edited, answered by hosts."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import joinedload

from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, now
from network.plumbing.refusals import Invalid, NotAllowed, NotFound, Refusal
from rota.jobs.queries import find_running_job
from rota.rotations.queries import get_version_for, held_in, last_edit, next_number, standing_placements
from rota.rotations.records import (
    Placement,
    PlacementSupervisor,
    RotationEdit,
    RotationPlan,
    RotationVersion,
)
from rota.rotations.rules import (
    LONGEST_LABEL,
    VERSION_MOVES,
    Change,
    Held,
    PlacementState,
    PlanVersionState,
    Stretch,
    may_move,
    wrong_with_plan,
)


@command
def make_plan(actor: Actor, name: str, starts_on: date, weeks: int, block_weeks: int) -> uuid.UUID:
    """Begin a plan for some weeks; its first version, which is empty, is returned."""
    _require_lead(actor)
    name = " ".join(name.split())
    if wrong := wrong_with_plan(name, starts_on, weeks, block_weeks):
        raise Invalid(wrong)
    if db.session.scalar(select(RotationPlan.id).where(RotationPlan.name == name)):
        raise Invalid("There is a plan of this name already. Give this one another name.")
    plan = RotationPlan(
        name=name, starts_on=starts_on, weeks=weeks, block_weeks=block_weeks, made_by=actor.name
    )
    db.session.add(plan)
    db.session.flush()
    version = RotationVersion(plan_id=plan.id, number=1, made_by=actor.name)
    db.session.add(version)
    db.session.flush()
    record(actor, "make_rotation_plan", "rotation_plan", plan.id, starts_on=str(starts_on), weeks=weeks)
    return version.id


@command
def copy_plan_version(actor: Actor, version_id: uuid.UUID, label: str = "") -> uuid.UUID:
    """Make a new draft that begins as a copy; with a label it only tries something out."""
    source = get_version_for(actor, version_id)
    _require_lead(actor)
    plan = lock_plan(source.plan_id)
    # What a host answers at this very moment is either in the copy or comes after it.
    source = lock_version(source.id)
    if source.state is PlanVersionState.DISCARDED:
        raise Refusal("This version is put aside. Take it up again, then copy it.")
    number = db.session.scalar(
        select(func.max(RotationVersion.number)).where(RotationVersion.plan_id == plan.id)
    )
    copy = RotationVersion(
        plan_id=plan.id,
        number=(number or 0) + 1,
        label=_fit(label),
        parent_id=source.id,
        input_hash=source.input_hash,
        declined=source.declined,
        summary=source.summary,
        made_by=actor.name,
    )
    db.session.add(copy)
    db.session.flush()
    write_held(copy.id, held_in(source.id))
    record(actor, "copy_rotation", "rotation_version", copy.id, source=source.number, number=copy.number)
    return copy.id


@command
def discard_plan_version(actor: Actor, version_id: uuid.UUID) -> None:
    """Put a draft aside; it can still be looked at, but not changed."""
    version = open_plan_draft(actor, version_id)
    if find_running_job(version.id):
        raise Refusal("This version is being filled. Cancel that first.")
    move_plan_version(version, PlanVersionState.DISCARDED)
    record(actor, "discard_rotation", "rotation_version", version.id, number=version.number)


@command
def restore_plan_version(actor: Actor, version_id: uuid.UUID) -> None:
    """Take up again a draft that was put aside."""
    version = get_version_for(actor, version_id)
    _require_lead(actor)
    version = lock_version(version.id)
    move_plan_version(version, PlanVersionState.DRAFT)
    record(actor, "restore_rotation", "rotation_version", version.id, number=version.number)


@command
def undo_edit(actor: Actor, version_id: uuid.UUID) -> str:
    """Take back the last edit of a draft, and say which it was."""
    version = open_plan_draft(actor, version_id)
    if find_running_job(version.id):
        raise Refusal("This version is being filled. Wait for it to end, or stop it; then change it.")
    edit = last_edit(version.id)
    if edit is None:
        raise Refusal("There is nothing to undo.")
    changes = [_change_of(each) for each in json.loads(edit.contents)]
    standing = held_in(version.id)
    write_held(version.id, {_stay_of(change): _back(change, standing) for change in changes})
    edit.undone_at = now()
    record(actor, "undo_rotation_edit", "rotation_version", version.id, edit=edit.number)
    return edit.said


@command
def note_host_answer(
    actor: Actor, stay_id: uuid.UUID, offer_id: uuid.UUID, stretch: Stretch, accepted: bool
) -> None:
    """Keep what a host says to a stay, in every version in which it stands as it was asked."""
    if not actor.is_system:
        raise NotFound
    asked = (offer_id, stretch)
    # A version may be filled or published, and another host answer for it, at this very moment.
    for version_id in sorted({each.version_id for each in standing_placements(stay_id)}):
        lock_version(version_id)
    found = [each for each in standing_placements(stay_id) if (each.offer_id, each.stretch) == asked]
    if not found:
        raise NotFound
    for placement in found:
        # Whoever was told already stays told: the host only says that it knows.
        to = _answered(placement, accepted)
        if may_move(placement.state, to):
            placement.state = to
        _note_declined(placement, is_declined=not accepted)
    record(actor, "note_host_answer", "stay", stay_id, accepted=accepted)


def _answered(placement: Placement, accepted: bool) -> PlacementState:
    if not accepted:
        return PlacementState.HOST_DECLINED
    return PlacementState.LEARNER_INFORMED if placement.told_at else PlacementState.HOST_ACCEPTED


def _note_declined(placement: Placement, is_declined: bool) -> None:
    version = placement.version
    others = [each for each in version.declined if each != placement.held.pair]
    version.declined = [*others, placement.held.pair] if is_declined else others


def change_plan(actor: Actor, version: RotationVersion, changes: list[Change], said: str) -> None:
    """Let placements of an opened draft be others, all of them or none, and note it as one edit."""
    write_held(version.id, {_stay_of(change): change[1] for change in changes})
    db.session.add(
        RotationEdit(
            version_id=version.id,
            number=next_number(version.id),
            said=said,
            contents=json.dumps([[each and each.kept for each in change] for change in changes]),
            made_by=actor.name,
        )
    )
    db.session.flush()
    record(actor, "edit_rotation", "rotation_version", version.id, changes=len(changes))


def write_held(version_id: uuid.UUID, held: Mapping[uuid.UUID, Held | None]) -> None:
    """Let stays of a version be what they are given as, or be gone."""
    gone = select(Placement.id).where(Placement.version_id == version_id, Placement.stay_id.in_(held))
    db.session.execute(delete(PlacementSupervisor).where(PlacementSupervisor.placement_id.in_(gone)))
    db.session.execute(delete(Placement).where(Placement.id.in_(gone)))
    db.session.add_all(_row(version_id, each) for each in held.values() if each)
    db.session.flush()


def open_plan_draft(actor: Actor, version_id: uuid.UUID) -> RotationVersion:
    """Return a draft, locked: it may be published at this very moment, and what learners were told stays."""
    version = get_version_for(actor, version_id)
    _require_lead(actor)
    version = lock_version(version.id)
    if version.state is not PlanVersionState.DRAFT:
        raise Refusal(
            f"Version {version.number} is {version.state.label.lower()}: it cannot be changed. "
            "Make a copy, change that, and publish it."
        )
    return version


def lock_plan(plan_id: uuid.UUID) -> RotationPlan:
    """Keep a plan's versions from others until the end; before any of these is locked."""
    return db.session.scalars(select(RotationPlan).where(RotationPlan.id == plan_id).with_for_update()).one()


def lock_version(version_id: uuid.UUID) -> RotationVersion:
    """Read a version afresh and keep it from others until the end."""
    return db.session.scalars(
        select(RotationVersion)
        .where(RotationVersion.id == version_id)
        .options(joinedload(RotationVersion.plan))
        .with_for_update(of=RotationVersion)
        .execution_options(populate_existing=True)
    ).one()


def move_plan_version(version: RotationVersion, to: PlanVersionState) -> None:
    """Move a version to another state, where the table of moves has it."""
    if to not in VERSION_MOVES[version.state]:
        raise Refusal(f"This version is {version.state.label.lower()}: that cannot be done with it any more.")
    version.state = to


def _require_lead(actor: Actor) -> None:
    if not actor.may(Permission.EDIT_ROTATIONS):
        raise NotAllowed


def _fit(label: str) -> str:
    label = " ".join(label.split())
    if len(label) > LONGEST_LABEL:
        raise Invalid(f"Shorten the label to {LONGEST_LABEL} characters.")
    return label


def _stay_of(change: Change) -> uuid.UUID:
    return next(each.stay_id for each in change if each)


def _change_of(kept: list[dict[str, Any] | None]) -> Change:
    was, became = (Held.of(each) if each else None for each in kept)
    return was, became


def _back(change: Change, standing: Mapping[uuid.UUID, Held]) -> Held | None:
    """Give a stay as it was before an edit; what a host has answered since to the same stay holds."""
    was = change[0]
    there = standing.get(_stay_of(change))
    if was and there and was.is_same_stay(there):
        return replace(was, state=there.state, told_at=there.told_at)
    return was


def _row(version_id: uuid.UUID, held: Held) -> Placement:
    return Placement(
        version_id=version_id,
        stay_id=held.stay_id,
        learner_id=held.learner_id,
        offer_id=held.offer_id,
        starts_on=held.stretch.starts_on,
        ends_on=held.stretch.ends_on,
        state=held.state,
        source=held.source,
        is_pinned=held.is_pinned,
        reason=held.reason,
        reason_by=held.reason_by,
        told_at=held.told_at,
        supervisors=[PlacementSupervisor(member_id=member, kind=kind) for member, kind in held.supervisors],
    )
