"""Joining somebody who was entered a second time with the person who was known before."""

import uuid

from sqlalchemy import delete, func, select, update

from mdt.cases.commands import lock_case, tell
from mdt.cases.queries import get_case_for
from mdt.cases.records import Case
from mdt.patients.records import NameBeginning, Patient
from mdt.referrals.queries import maybe_the_same
from mdt.sharing.commands import note_disclosure, note_sharing
from mdt.sharing.queries import latest_sharing, objections_of, told_of
from mdt.sharing.records import CareRelation, ObjectionRecord
from mdt.story.records import Carer, Need, Statement
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db
from network.plumbing.refusals import NotFound, Refusal

MOVED = (CareRelation, Statement, Need, Carer)


class NotJoinable(Refusal):
    """More than one referral hangs on the second entry: it is no slip of the front door."""


@command
def join_with_known(actor: Actor, case_id: uuid.UUID, known_id: uuid.UUID) -> None:
    """Say that the person of a new case is somebody known before: the case and its story go to them."""
    case = lock_case(get_case_for(actor, case_id).case)
    require(actor.may(Permission.BUILD_LISTS))
    second = case.patient
    first = next(
        (each.patient for each in maybe_the_same(actor, second) if each.patient.id == known_id), None
    )
    if first is None:
        raise NotFound
    sent = select(func.count()).select_from(Case).where(Case.patient_id == second.id, Case.number > 0)
    if db.session.scalar(sent) != 1:
        raise NotJoinable(
            "More than one case hangs on this entry. Refer the person anew and withdraw this one."
        )
    _move_records(actor, second, first)
    # Drafts of the same person go with them, unseen.
    db.session.execute(update(Case).where(Case.patient_id == second.id).values(patient_id=first.id))
    _retire(second, first)
    tell(actor, case, f"{actor.name} compared the two: this is somebody who was known here before.")
    record(actor, "join_with_known", "patient", first.id, second=str(second.id), ref=case.ref)


def _move_records(actor: Actor, second: Patient, first: Patient) -> None:
    for table in MOVED:
        db.session.execute(update(table).where(table.patient_id == second.id).values(patient_id=first.id))
    # What is append-only is not moved but said again of the other.
    sharing = latest_sharing(second.id)
    if sharing is not None:
        note_sharing(
            actor,
            first.id,
            sharing.basis,
            how=sharing.how,
            informed_by=sharing.informed_by,
            informed_on=sharing.informed_on,
        )
    for told_once in told_of(second.id):
        note_disclosure(
            first.id,
            told_once.told,
            told_once.what,
            organisation_id=told_once.organisation_id,
            account_id=told_once.account_id,
        )
    for row in objections_of([second.id]).get(second.id, ()):
        db.session.add(
            ObjectionRecord(
                patient_id=first.id,
                scope=row.scope,
                organisation_id=row.organisation_id,
                discipline=row.discipline,
                topic=row.topic,
                recorded_by=row.recorded_by,
            )
        )


def _retire(second: Patient, first: Patient) -> None:
    """Let nobody find the second entry any more; the first takes over a number that only the second had."""
    number, second.nhs_number, second.nhs_index = second.nhs_number, None, None
    second.born_index = f"joined {first.id}"
    db.session.execute(delete(NameBeginning).where(NameBeginning.patient_id == second.id))
    db.session.flush()
    if number and first.nhs_number is None:
        first.nhs_number = first.nhs_index = number
    if first.practice_id is None:
        first.practice_id = second.practice_id
