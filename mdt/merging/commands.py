"""Joining two entries of one person, parting them again, and saying that they are two people."""

import json
import uuid
from collections.abc import Mapping, Sequence

from sqlalchemy import select, text, update

from mdt.cases.commands import tell
from mdt.cases.records import Case
from mdt.cases.rules import CaseState
from mdt.learning.commands import withdraw_all_examples
from mdt.merging.queries import (
    compared_for,
    get_merge_for,
    later_merge,
    recorded_since,
    rows_on,
    values_of,
)
from mdt.merging.records import PatientMerge, PatientPair
from mdt.merging.rules import (
    FIELDS,
    as_kept,
    as_was,
    changed_since,
    differences,
    in_order,
    wrong_with_joining,
)
from mdt.objections.commands import leave_meetings
from mdt.own_door.commands import end_doors
from mdt.own_door.rules import EndReason
from mdt.patients.commands import rename
from mdt.patients.queries import find_by_nhs_number
from mdt.patients.records import Patient
from mdt.retention.rules import KEPT
from mdt.run.commands import tell_screens
from mdt.sharing.commands import end_other_registrations, resume_registrations
from mdt.sharing.queries import objections_of
from mdt.sharing.rules import ObjectionScope
from network.access.rules import Actor
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, now
from network.plumbing.refusals import Invalid, NotAllowed, NotFound, Refusal

NAMES = frozenset({"family_name", "given_name", "preferred_name"})


class NotNow(Refusal):
    """Something else has to be done before."""


@command
def note_compared(actor: Actor, one_id: uuid.UUID, other_id: uuid.UUID) -> None:
    """Keep that somebody looked at two entries side by side."""
    for entry in compared_for(actor, one_id, other_id):
        record(actor, "look_for_twins", "patient", entry.patient.id)


@command
def merge_people(
    actor: Actor,
    kept_id: uuid.UUID,
    merged_id: uuid.UUID,
    reason: str,
    *,
    taken: Mapping[str, uuid.UUID],
    has_compared: bool,
) -> uuid.UUID:
    """Join two entries of one person: everything goes to the kept one, and the other is found no more.

    `taken` says of what they do not say alike whose word counts. Objections of either hold from now on.
    """
    if not all(each.is_known for each in compared_for(actor, kept_id, merged_id)):
        raise NotAllowed(
            "Only whoever may read both entries can say that they are one person. Ask a care coordinator."
        )
    if wrong := wrong_with_joining(reason, has_compared):
        raise Invalid(wrong)
    kept, merged = _locked(kept_id, merged_id)
    _refuse_joined(kept, merged)
    written = _written(kept, merged, taken)
    before = {"kept": as_kept(values_of(kept)), "written": as_kept(written), "held": _named(rows_on(kept.id))}
    merge = PatientMerge(
        kept_id=kept.id,
        merged_id=merged.id,
        reason=reason.strip(),
        moved=_named(rows_on(merged.id)),
        before="",
        merged_by=actor.name,
    )
    db.session.add(merge)
    db.session.flush()
    tell_screens(merged.id)
    _move(merge, merge.moved, back=False)
    merged.nhs_index, merged.merged_into_id = None, kept.id
    db.session.flush()
    _write(kept, written)
    # Somebody is registered once: the practice that was not chosen sees all of them no more.
    merge.before = json.dumps(before | {"registered": end_other_registrations(kept)})
    _tell_cases(actor, kept, f"{actor.name} joined two entries of this person.")
    _after(actor, kept)
    for patient in (kept, merged):
        record(actor, "merge_people", "patient", patient.id, merge=str(merge.id), kept=str(kept.id))
    return merge.id


@command
def part_people(actor: Actor, merge_id: uuid.UUID) -> None:
    """Part two entries that were joined: what moved goes back, what was recorded since stays where it is."""
    merge = _to_part(get_merge_for(actor, merge_id))
    kept, merged = _locked(merge.kept_id, merge.merged_id)
    before = json.loads(merge.before)
    follow = recorded_since(merge, before["held"]).follow
    tell_screens(kept.id)
    _move(merge, merge.moved, back=True)
    _move(merge, _named(follow), back=True)
    resume_registrations(before["registered"])
    _restore(kept, before)
    db.session.flush()
    holder = find_by_nhs_number(merged.nhs_number) if merged.nhs_number else None
    if holder is not None:
        raise NotNow("Their NHS number stands with another entry now. Take it off there first.")
    merged.nhs_index, merged.merged_into_id = merged.nhs_number, None
    merge.undone_by, merge.undone_at = actor.name, now()
    db.session.flush()
    for patient in (kept, merged):
        _tell_cases(
            actor, patient, f"{actor.name} parted two entries that had been joined: they are two people."
        )
        _after(actor, patient)
        record(actor, "part_people", "patient", patient.id, merge=str(merge.id), kept=str(kept.id))


@command
def tell_apart(actor: Actor, one_id: uuid.UUID, other_id: uuid.UUID) -> None:
    """Say that two entries are two people: they are not shown as a pair again."""
    compared_for(actor, one_id, other_id)
    first_id, second_id = in_order(one_id, other_id)
    db.session.add(PatientPair(first_id=first_id, second_id=second_id, told_apart_by=actor.name))
    for patient_id in (first_id, second_id):
        record(actor, "tell_apart", "patient", patient_id)


@command
def take_back_telling_apart(actor: Actor, one_id: uuid.UUID, other_id: uuid.UUID) -> None:
    """Take back that two entries are two people."""
    compared_for(actor, one_id, other_id)
    first_id, second_id = in_order(one_id, other_id)
    said = db.session.scalars(
        select(PatientPair).where(PatientPair.first_id == first_id, PatientPair.second_id == second_id)
    ).one_or_none()
    if said is None:
        raise NotFound
    db.session.delete(said)
    for patient_id in (first_id, second_id):
        record(actor, "take_back_telling_apart", "patient", patient_id)


def _named(rows: Mapping[str, Sequence[uuid.UUID]]) -> dict[str, list[str]]:
    return {name: [str(row_id) for row_id in ids] for name, ids in rows.items()}


def _locked(kept_id: uuid.UUID, merged_id: uuid.UUID) -> tuple[Patient, Patient]:
    # In one order, so that two who join the same pair wait for each other.
    rows = select(Patient).where(Patient.id.in_([kept_id, merged_id])).order_by(Patient.id).with_for_update()
    found = {row.id: row for row in db.session.scalars(rows.execution_options(populate_existing=True))}
    return found[kept_id], found[merged_id]


def _refuse_joined(*patients: Patient) -> None:
    # Whoever waited for another's merge finds its entries gone.
    if any(patient.merged_into_id is not None for patient in patients):
        raise NotNow("Somebody else has just joined one of these two. Look again.")


def _written(kept: Patient, merged: Patient, taken: Mapping[str, uuid.UUID]) -> dict[str, object]:
    """Return what of the merged entry the kept one takes over."""
    found = differences(values_of(kept), values_of(merged))
    unsaid = {each.name: merged.id for each in found if each.takes_second}
    return {each.name: each.second for each in found if (unsaid | dict(taken)).get(each.name) == merged.id}


def _write(patient: Patient, values: Mapping[str, object]) -> None:
    for name, value in values.items():
        setattr(patient, name, value)
    if "nhs_number" in values:
        patient.nhs_index = patient.nhs_number
    if "born" in values:
        patient.born_index = patient.born
    db.session.flush()
    if NAMES & values.keys():
        rename(patient)


def _restore(kept: Patient, before: Mapping[str, Mapping[str, object]]) -> None:
    """Give the kept entry its own words back, but for those that somebody has corrected since."""
    was, written = before["kept"], before["written"]
    corrected = changed_since(was, written, written, as_kept(values_of(kept)))
    _write(
        kept, {name: as_was(name, was[name]) for name in FIELDS if name in written and name not in corrected}
    )


def _move(merge: PatientMerge, rows: Mapping[str, Sequence[str]], *, back: bool) -> None:
    """Move rows between the two entries; what is append-only goes by the owner's function."""
    away, home = (merge.kept_id, merge.merged_id) if back else (merge.merged_id, merge.kept_id)
    kept = text("select move_kept(cast(:kept as regclass), :ids, :decided, :back)")
    db.session.flush()
    for name, texts in rows.items():
        ids = [uuid.UUID(row_id) for row_id in texts]
        if name in KEPT:
            db.session.execute(kept, {"kept": name, "ids": ids, "decided": merge.id, "back": back})
        else:
            table = db.metadata.tables[name]
            there = table.c.id.in_(ids), table.c.patient_id == away
            db.session.execute(update(table).where(*there).values(patient_id=home))
    db.session.expire_all()


def _to_part(merge: PatientMerge) -> PatientMerge:
    locked = select(PatientMerge).where(PatientMerge.id == merge.id).with_for_update()
    merge = db.session.scalars(locked.execution_options(populate_existing=True)).one()
    if merge.undone_at is not None:
        raise NotNow(f"{merge.undone_by} has parted these two already.")
    if later := later_merge(merge):
        raise NotNow(
            f"{later.merged_by} joined a further entry on {later.merged_at:%d %B %Y}. Part that one first."
        )
    return merge


def _tell_cases(actor: Actor, patient: Patient, said: str) -> None:
    sent = select(Case).where(Case.patient_id == patient.id, Case.state != CaseState.DRAFT)
    for case in db.session.scalars(sent):
        tell(actor, case, said)


def _after(actor: Actor, patient: Patient) -> None:
    """Keep to what either objected to, on lists, on screens and in clinics."""
    tell_screens(patient.id)
    # A link was given to whoever one of the two entries is: it never opens what was joined or parted since.
    end_doors(actor, patient.id, EndReason.JOINED)
    standing = objections_of([patient.id]).get(patient.id, ())
    if standing:
        withdraw_all_examples(actor, patient.id)
    if any(each.scope is ObjectionScope.ALL for each in standing):
        leave_meetings(actor, patient.id)
