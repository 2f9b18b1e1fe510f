"""Setting up programmes of training and what they require."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, today
from network.plumbing.refusals import Invalid, Refusal
from rota.programmes.queries import find_programme_named, get_programme_for, get_requirement_for
from rota.programmes.records import Programme, Requirement
from rota.programmes.rules import (
    ProgrammeDesign,
    RequirementDesign,
    session_kept,
    wrong_with_programme,
    wrong_with_requirement,
)

WORDS = ("name", "source", "notes")


@command
def add_programme(
    actor: Actor,
    design: ProgrammeDesign,
    requirements: Sequence[RequirementDesign] = (),
    *,
    pack_key: str = "",
    pack_version: int = 0,
) -> uuid.UUID:
    """Add a programme, with what it requires where that is known; from a pack it remembers which."""
    _require_editor(actor)
    _refuse_design(design)
    row = Programme(pack_key=pack_key, pack_version=pack_version)
    _write(row, design)
    db.session.add(row)
    db.session.flush()
    for requirement in requirements:
        _add_requirement(row, requirement)
    record(actor, "add_programme", "programme", row.id, name=row.name, requirements=len(requirements))
    return row.id


@command
def change_programme(
    actor: Actor, programme_id: uuid.UUID, design: ProgrammeDesign, row_version: int
) -> None:
    """Change a programme; `row_version` is that of the one the editor looked at."""
    row = lock_programme(actor, programme_id)
    if row.row_version != row_version:
        raise Refusal(
            "Somebody changed this programme in the meantime. Load the page again and look at it first."
        )
    _refuse_design(design, besides=row)
    before = row.name
    _write(row, design)
    record(actor, "change_programme", "programme", row.id, before=before, after=row.name)


@command
def retire_programme(actor: Actor, programme_id: uuid.UUID) -> None:
    """Take nobody into a programme any more; its learners finish it."""
    row = lock_programme(actor, programme_id)
    if row.retired_on:
        raise Refusal(f"{row.name} is retired already.")
    row.retired_on = today()
    record(actor, "retire_programme", "programme", row.id, name=row.name)


@command
def bring_back_programme(actor: Actor, programme_id: uuid.UUID) -> None:
    """Take learners into a programme again that was retired."""
    row = lock_programme(actor, programme_id)
    if not row.retired_on:
        raise Refusal(f"{row.name} is in use.")
    row.retired_on = None
    record(actor, "bring_back_programme", "programme", row.id, name=row.name)


@command
def add_requirement(actor: Actor, programme_id: uuid.UUID, requirement: RequirementDesign) -> uuid.UUID:
    """Add what a programme requires."""
    programme = lock_programme(actor, programme_id)
    row = _add_requirement(programme, requirement)
    record(actor, "add_requirement", "programme", programme.id, requirement=row.name, weeks=_said(row))
    return row.id


@command
def change_requirement(actor: Actor, requirement_id: uuid.UUID, requirement: RequirementDesign) -> None:
    """Change what a programme requires; others go on naming it by its key, which stays."""
    row = get_requirement_for(actor, requirement_id)
    programme = lock_programme(actor, row.programme_id)
    _refuse_requirement(programme, requirement, besides=row)
    if requirement.key != row.key:
        raise Invalid("The short name stays, since others name it. Remove this and add another.")
    before = _said(row)
    write_requirement(row, requirement)
    weeks = f"{before} to {_said(row)}"
    record(actor, "change_requirement", "programme", programme.id, requirement=row.name, weeks=weeks)


@command
def remove_requirement(actor: Actor, requirement_id: uuid.UUID) -> None:
    """Require something no more."""
    row = get_requirement_for(actor, requirement_id)
    programme = lock_programme(actor, row.programme_id)
    naming = [
        each.name
        for each in programme.requirements
        if row.key in (*each.after, *each.not_after, each.next_must_be)
    ]
    if naming:
        raise Refusal(f"{naming[0]} names {row.name}. Change that first.")
    name = row.name
    try:
        with db.session.begin_nested():
            programme.requirements.remove(row)
    except IntegrityError:
        raise Refusal(f"Learners have done weeks of {name}. Require 0 weeks of it instead.") from None
    record(actor, "remove_requirement", "programme", programme.id, requirement=name)


def lock_programme(actor: Actor, programme_id: uuid.UUID) -> Programme:
    """Return a programme that the actor may change, alone with it until the transaction ends."""
    _require_editor(actor)
    get_programme_for(actor, programme_id)
    wanted = select(Programme).where(Programme.id == programme_id).with_for_update()
    return db.session.scalars(wanted.execution_options(populate_existing=True)).one()


def write_requirement(row: Requirement, requirement: RequirementDesign) -> None:
    """Write what is required into its row."""
    for name, value in vars(requirement).items():
        setattr(row, name, value.strip() if name in ("name", "source") else value)
    row.settings = sorted({setting.value for setting in requirement.settings})
    row.after = dict(requirement.after)
    row.not_after = sorted(set(requirement.not_after))


def _add_requirement(programme: Programme, requirement: RequirementDesign) -> Requirement:
    _refuse_requirement(programme, requirement)
    row = Requirement(position=max((each.position for each in programme.requirements), default=0) + 1)
    write_requirement(row, requirement)
    programme.requirements.append(row)
    db.session.flush()
    return row


def _write(row: Programme, design: ProgrammeDesign) -> None:
    for name, value in vars(design).items():
        setattr(row, name, value.strip() if name in WORDS else value)
    row.intake_months = [str(month) for month in sorted(set(design.intake_months))]
    row.supervisors = sorted({kind.value for kind in design.supervisors})
    row.disciplines = sorted({discipline.value for discipline in design.disciplines})
    row.protected = sorted({session_kept(session) for session in design.protected})
    row.windows = {window.name: [window.first_week, window.last_week] for window in design.windows}
    row.local_settings = sorted(design.local_settings)


def _refuse_design(design: ProgrammeDesign, besides: Programme | None = None) -> None:
    for sentence in wrong_with_programme(design).values():
        raise Invalid(sentence)
    same = find_programme_named(design.name)
    if same and same is not besides:
        state = "retired, and can be brought back" if same.retired_on else "here already"
        raise Refusal(f"A programme called {same.name} is {state}. Choose another name.")


def _refuse_requirement(
    programme: Programme, requirement: RequirementDesign, besides: Requirement | None = None
) -> None:
    for sentence in wrong_with_requirement(requirement).values():
        raise Invalid(sentence)
    others = [each for each in programme.requirements if each is not besides]
    if any(each.key == requirement.key for each in others):
        raise Refusal(f"{programme.name} has a requirement {requirement.key} already. Change that one.")


def _require_editor(actor: Actor) -> None:
    require(actor.may(Permission.EDIT_ROTATIONS), seen=actor.may(Permission.SEE_ROTATIONS))


def _said(row: Requirement) -> str:
    return f"{row.least_weeks}-{row.most_weeks}"
