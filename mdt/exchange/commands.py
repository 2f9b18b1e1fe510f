"""Giving a case on as a FHIR bundle, and taking over what others sent: field by field, never by itself."""

import json
import uuid
from collections.abc import Collection
from dataclasses import fields, replace

from flask import current_app
from sqlalchemy import delete, or_

from mdt.exchange.bundles.rules import bundle_of
from mdt.exchange.incoming.rules import (
    FileState,
    Incoming,
    PatientIn,
    Unreadable,
    differences,
    is_another,
    read_incoming,
)
from mdt.exchange.queries import (
    KEPT_FOR,
    case_out,
    contact_of,
    find_patient_for,
    get_case_to_give,
    get_file_for,
    identity_of,
    incoming_of,
    values_of,
)
from mdt.exchange.records import RecordFile
from mdt.exchange.wording import ANOTHER, NOBODY, sent_plan_said
from mdt.learning.queries import objects_to_all
from mdt.patients.records import Patient
from mdt.patients.rules import Contact, Identity
from mdt.plans.commands import begin_plan, write_plan
from mdt.plans.queries import find_draft, words_of
from mdt.plans.rules import LONGEST_TEXT
from mdt.sharing.commands import note_disclosure, refuse_in_emergency
from mdt.story.commands import change_patient
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record, record_refused
from network.plumbing.commands import command
from network.plumbing.database import db, now, today
from network.plumbing.refusals import Invalid, Refusal
from network.plumbing.settings import Settings

LONGEST_REASON = 200
IDENTITY = frozenset(each.name for each in fields(Identity))
CONTACT = frozenset(each.name for each in fields(Contact))


@command
def give_case(actor: Actor, case_id: uuid.UUID, *, recipient: str, reason: str) -> bytes:
    """Give a case on as a FHIR R4 bundle, and keep to whom and why."""
    seen = get_case_to_give(actor, case_id)
    refuse_in_emergency(actor, seen.case.patient_id)
    if objects_to_all(seen.case.patient_id):
        raise Refusal("They object to any sharing for meetings: nothing of this case is given on.")
    if not recipient.strip() or not reason.strip():
        raise Invalid("Enter who gets the file, and what for.")
    if max(len(recipient), len(reason)) > LONGEST_REASON:
        raise Invalid(f"Shorten both answers to {LONGEST_REASON} characters.")
    bundle = bundle_of(case_out(actor, case_id), now(), uuid.uuid4())
    what = f"a copy of case {seen.case.ref} as a file"
    note_disclosure(seen.case.patient_id, recipient.strip(), what, why=reason.strip())
    record(actor, "give_case", "case", case_id, ref=seen.case.ref)
    return json.dumps(bundle, ensure_ascii=False, indent=2).encode()


@command
def bring_record(actor: Actor, content: bytes) -> uuid.UUID:
    """Keep a file about somebody known here for a day, to be compared; nothing of it is taken over yet."""
    require(actor.may_somewhere(Permission.CONTRIBUTE))
    settings: Settings = current_app.extensions["settings"]
    try:
        incoming = read_incoming(content, only_invented=not settings.is_production)
    except Unreadable as wrong:
        raise Invalid(str(wrong)) from None
    access = find_patient_for(actor, incoming.patient.nhs_number)
    if access is None:
        record_refused(actor, "try_record", "network", actor.network_id)
        raise Invalid(NOBODY)
    patient = access.patient
    names = (patient.given_name, patient.family_name, patient.preferred_name)
    if is_another(names, patient.born_on, incoming.patient):
        record_refused(actor, "try_number", "patient", patient.id)
        raise Invalid(ANOTHER)
    _forget_old(actor)
    row = RecordFile(account_id=actor.account_id, patient_id=patient.id, content=content.decode("utf-8-sig"))
    db.session.add(row)
    db.session.flush()
    record(actor, "bring_record", "patient", patient.id, file=str(row.id))
    return row.id


@command
def note_record_compared(actor: Actor, file_id: uuid.UUID) -> None:
    """Keep that somebody compared what others sent with what is known here."""
    _, access = get_file_for(actor, file_id)
    record(actor, "compare_record", "patient", access.patient.id)


@command
def take_record_over(
    actor: Actor, file_id: uuid.UUID, taken: Collection[str], *, with_plan: bool, seen: int
) -> uuid.UUID:
    """Take over what was chosen, field by field; plans and goals go into a draft, which nobody has agreed."""
    row, access = get_file_for(actor, file_id, to_change=True)
    patient, incoming = access.patient, incoming_of(row)
    chosen = {each.name for each in differences(values_of(patient), incoming.patient)} & set(taken)
    if not chosen and not with_plan:
        raise Invalid("Choose what to take over, or discard the file.")
    if chosen:
        _change(actor, patient, incoming.patient, chosen, seen)
    if with_plan:
        _draft(actor, patient.id, incoming)
    row.state, row.content = FileState.DONE, None
    record(actor, "take_record_over", "patient", patient.id, fields=sorted(chosen), plan=with_plan)
    return patient.id


@command
def discard_record(actor: Actor, file_id: uuid.UUID) -> None:
    """Forget a file that others sent."""
    row, access = get_file_for(actor, file_id, to_change=True)
    db.session.delete(row)
    record(actor, "discard_record", "patient", access.patient.id)


def _change(actor: Actor, patient: Patient, theirs: PatientIn, chosen: Collection[str], seen: int) -> None:
    values = {name: getattr(theirs, name) for name in chosen}
    change_patient(
        actor,
        patient.id,
        replace(identity_of(patient), **{name: each for name, each in values.items() if name in IDENTITY}),
        replace(contact_of(patient), **{name: each for name, each in values.items() if name in CONTACT}),
        patient.practice_id,
        seen=seen,
    )


def _draft(actor: Actor, patient_id: uuid.UUID, incoming: Incoming) -> None:
    sent = sent_plan_said(incoming, today())
    if not sent:
        raise Invalid("This file holds no plan and no goals.")
    plan_id = begin_plan(actor, patient_id)
    draft = find_draft(patient_id)
    assert draft is not None
    words = words_of(draft)
    others_part = "\n\n".join(filter(None, [words.others_part, sent]))
    if len(others_part) > LONGEST_TEXT:
        raise Invalid(
            f"With what the file says, the draft would be longer than {LONGEST_TEXT:,} characters. Shorten it"
            " first, or leave the plan out and copy what matters."
        )
    write_plan(actor, plan_id, replace(words, others_part=others_part), seen=draft.row_version)


def _forget_old(actor: Actor) -> None:
    old, own = RecordFile.at < now() - KEPT_FOR, RecordFile.account_id == actor.account_id
    db.session.execute(delete(RecordFile).where(RecordFile.state == FileState.READY, or_(old, own)))
