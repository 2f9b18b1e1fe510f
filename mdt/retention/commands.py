"""Choosing how long things are kept, holding somebody's story back, and removing what was agreed on."""

import uuid
from collections.abc import Mapping, Sequence

from sqlalchemy import delete, select, text

from mdt.cases.records import Case
from mdt.cases.rules import CaseState
from mdt.holdings.queries import rows_of
from mdt.patients.records import Patient
from mdt.referrals.commands import forget_person
from mdt.retention.queries import drafts_due, figures_of, get_hold_for, people_due
from mdt.retention.records import PatientHold, Removal, RemovalLine, RetentionRules
from mdt.retention.rules import KEPT, Lengths, added, wrong_with_lengths
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, now
from network.plumbing.refusals import Invalid, NotFound, Refusal


class DoneAlready(Refusal):
    """Another worker was faster."""


@command
def choose_lengths(actor: Actor, lengths: Lengths) -> None:
    """Choose how long the network keeps what it holds of people."""
    require(actor.may(Permission.EDIT_SHARING))
    if wrong := wrong_with_lengths(lengths):
        raise Invalid(wrong)
    rules = db.session.scalars(select(RetentionRules)).one_or_none() or RetentionRules()
    for name, value in vars(lengths).items():
        setattr(rules, name, value)
    db.session.add(rules)
    record(actor, "choose_retention", "network", actor.network_id, **vars(lengths))


@command
def hold_person(actor: Actor, patient_id: uuid.UUID, reason: str) -> uuid.UUID:
    """Keep somebody's story whatever its age, until the hold is lifted."""
    require(actor.may(Permission.REMOVE_PEOPLE))
    if not reason.strip():
        raise Invalid("Enter why it is kept: a complaint, an inquest, a claim.")
    patient = db.session.get(Patient, patient_id, with_for_update=True)
    if patient is None or patient.merged_into_id is not None:
        raise NotFound
    standing = select(PatientHold.id).where(
        PatientHold.patient_id == patient_id, PatientHold.lifted_at.is_(None)
    )
    if db.session.scalars(standing).first() is not None:
        raise Invalid("This person is on hold already. Lift that hold first to give another reason.")
    hold = PatientHold(patient_id=patient_id, reason=reason.strip(), placed_by=actor.name)
    db.session.add(hold)
    db.session.flush()
    record(actor, "hold_person", "patient", patient_id, hold=str(hold.id))
    return hold.id


@command
def lift_hold(actor: Actor, hold_id: uuid.UUID) -> None:
    """Let somebody's time run again as everybody's does."""
    hold = get_hold_for(actor, hold_id)
    hold.lifted_by, hold.lifted_at = actor.name, now()
    record(actor, "lift_hold", "patient", hold.patient_id, hold=str(hold.id))


@command
def remove_line(actor: Actor, line_id: uuid.UUID) -> None:
    """Remove one person or one draft that two agreed on, unless something has changed since they did."""
    require(actor.is_system)
    line, removal = _locked(line_id)
    line.kept_because = _kept_because(line)
    if line.kept_because:
        record(actor, "keep_person", "patient", line.patient_id, removal=str(removal.id))
    elif line.draft_id is not None:
        _remove_draft(actor, removal, line.draft_id)
    else:
        _remove_person(actor, removal, line)
    line.done_at = now()
    db.session.flush()
    if all(each.done_at is not None for each in removal.lines):
        removal.done_at = now()
        record(actor, "finish_removal", "removal", removal.id, rows=removal.rows)


def _locked(line_id: uuid.UUID) -> tuple[RemovalLine, Removal]:
    line = db.session.get(RemovalLine, line_id)
    if line is None:
        raise NotFound
    locked = select(Removal).where(Removal.id == line.removal_id, Removal.agreed_at.is_not(None))
    removal = db.session.scalars(
        locked.with_for_update().execution_options(populate_existing=True)
    ).one_or_none()
    if removal is None:
        raise NotFound
    db.session.refresh(line)
    if line.done_at is not None:
        raise DoneAlready("This was done already.")
    return line, removal


def _kept_because(line: RemovalLine) -> str:
    """Say what came in between since this was proposed, or nothing."""
    due = people_due([line.patient_id]) if line.draft_id is None else drafts_due([line.draft_id])
    if not due:
        return "Changed since it was proposed"
    return due[0].held_because


def _remove_draft(actor: Actor, removal: Removal, draft_id: uuid.UUID) -> None:
    draft = db.session.scalars(
        select(Case).where(Case.id == draft_id, Case.state == CaseState.DRAFT).with_for_update()
    ).one()
    db.session.delete(draft)
    db.session.flush()
    forget_person(draft)
    removal.rows = added(removal.rows, {Case.__tablename__: 1})
    record(actor, "remove_draft", "case", draft_id, removal=str(removal.id))


def _remove_person(actor: Actor, removal: Removal, line: RemovalLine) -> None:
    held = rows_of(line.patient_id)
    for year, counted in figures_of(line.patient_id).items():
        removal.figures = removal.figures | {year: added(removal.figures.get(year, {}), counted)}
    _delete(removal, held)
    removal.rows = added(removal.rows, {name: len(ids) for name, ids in held.items()})
    record(
        actor,
        "remove_person",
        "patient",
        line.patient_id,
        removal=str(removal.id),
        refs=line.refs,
        rows=sum(map(len, held.values())),
    )


def _delete(removal: Removal, held: Mapping[str, Sequence[uuid.UUID]]) -> None:
    """Delete rows, those that others hang on last; what is append-only goes by the owner's function."""
    kept = text("select remove_kept(cast(:kept as regclass), :ids, :decided)")
    db.session.flush()
    for name, ids in held.items():
        if name in KEPT:
            db.session.execute(kept, {"kept": name, "ids": list(ids), "decided": removal.id})
        else:
            table = db.metadata.tables[name]
            db.session.execute(delete(table).where(table.c.id.in_(ids)))
    gone = {row_id for ids in held.values() for row_id in ids}
    # What of them was looked at in this transaction is there no more.
    for row in list(db.session.identity_map.values()):
        if getattr(row, "id", None) in gone:
            db.session.expunge(row)
