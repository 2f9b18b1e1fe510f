"""Recording what somebody does not want shared, which holds at once everywhere; and lifting it."""

import uuid

from mdt.bookings.commands import let_all_go
from mdt.cases.queries import open_cases_of
from mdt.learners.commands import end_all_learning
from mdt.learning.commands import withdraw_all_examples
from mdt.lists.commands import take_off
from mdt.lists.queries import item_of_case
from mdt.objections.queries import told_before
from mdt.run.commands import tell_screens
from mdt.sharing.commands import refuse_in_emergency
from mdt.sharing.queries import access_to, objections_of
from mdt.sharing.records import ObjectionRecord
from mdt.sharing.rules import ObjectionScope
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.organisations.queries import get_organisation_for
from network.plumbing.commands import command
from network.plumbing.database import db
from network.plumbing.refusals import Invalid, NotFound
from network.vocabulary import Discipline


@command
def object_to_sharing(
    actor: Actor,
    patient_id: uuid.UUID,
    scope: ObjectionScope,
    *,
    organisation_id: uuid.UUID | None = None,
    discipline: Discipline | None = None,
    topic: str = "",
) -> list[str]:
    """Record what somebody does not want shared, from now on, and name those who were told already."""
    access_to(actor, patient_id)
    require(actor.may_somewhere(Permission.CONTRIBUTE))
    _refuse_half(actor, scope, organisation_id, discipline, topic)
    row = ObjectionRecord(
        patient_id=patient_id,
        scope=scope,
        organisation_id=organisation_id if scope is ObjectionScope.ORGANISATION else None,
        discipline=discipline if scope is ObjectionScope.DISCIPLINE else None,
        topic=topic.strip() if scope is ObjectionScope.TOPIC else "",
        recorded_by=actor.name,
    )
    db.session.add(row)
    db.session.flush()
    record(actor, "object_to_sharing", "patient", patient_id, scope=scope.value)
    end_all_learning(actor, patient_id)
    withdraw_all_examples(actor, patient_id)
    # Before the lists: whatever the room does takes the meeting first and its cases after.
    tell_screens(patient_id)
    if scope is ObjectionScope.ALL:
        leave_meetings(actor, patient_id)
    return sorted({told.told for told in told_before(actor, row)})


@command
def lift_objection(actor: Actor, patient_id: uuid.UUID, objection_id: uuid.UUID) -> None:
    """Record that somebody takes an objection back; both stay on record."""
    access_to(actor, patient_id)
    require(actor.may_somewhere(Permission.CONTRIBUTE))
    refuse_in_emergency(actor, patient_id)
    standing = {each.id: each for each in objections_of([patient_id]).get(patient_id, ())}
    if objection_id not in standing:
        raise NotFound
    lifted = standing[objection_id]
    db.session.add(
        ObjectionRecord(patient_id=patient_id, scope=lifted.scope, lifts_id=lifted.id, recorded_by=actor.name)
    )
    record(actor, "lift_objection", "patient", patient_id, scope=lifted.scope.value)


def leave_meetings(actor: Actor, patient_id: uuid.UUID) -> None:
    """Take somebody who wants nothing shared off every list, and give back what meetings asked for them.

    Part of a command.
    """
    cases = open_cases_of(patient_id)
    for case in cases:
        item = item_of_case(case.id)
        if item is not None:
            take_off(actor, item, "They do not want to be discussed.")
    let_all_go(actor, [case.id for case in cases], "They do not want their story shared for meetings.")


def _refuse_half(
    actor: Actor,
    scope: ObjectionScope,
    organisation_id: uuid.UUID | None,
    discipline: Discipline | None,
    topic: str,
) -> None:
    if scope is ObjectionScope.ORGANISATION:
        if organisation_id is None:
            raise Invalid("Choose the organisation that is not to know.")
        get_organisation_for(actor, organisation_id)
    if scope is ObjectionScope.DISCIPLINE and discipline is None:
        raise Invalid("Choose the discipline that is not to know.")
    if scope is ObjectionScope.TOPIC and not topic.strip():
        raise Invalid("Enter the topic that is not to be told.")
