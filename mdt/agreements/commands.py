"""Recording what organisations signed, and when an agreement ended; what was signed before stays."""

import uuid
from datetime import date

from mdt.agreements.queries import agreement_of, get_agreement_for
from mdt.agreements.records import SharingAgreement
from mdt.agreements.rules import AgreementDetails, wrong_with_agreement, wrong_with_end
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import ENGLAND, db, today
from network.plumbing.refusals import Invalid, Refusal

ABOUT = "organisation"


@command
def record_agreement(actor: Actor, organisation_id: uuid.UUID, details: AgreementDetails) -> uuid.UUID:
    """Record that an organisation signed; the latest signature counts."""
    require(actor.may(Permission.EDIT_SHARING))
    organisation = agreement_of(actor, organisation_id).organisation
    if wrong := wrong_with_agreement(details, today()):
        raise Invalid(wrong)
    row = SharingAgreement(
        organisation_id=organisation.id,
        reference=details.reference.strip(),
        signed_by=details.signed_by.strip(),
        signed_on=details.signed_on,
        review_on=details.review_on,
        recorded_by=actor.name,
    )
    db.session.add(row)
    db.session.flush()
    record(
        actor,
        "record_agreement",
        ABOUT,
        organisation.id,
        agreement=str(row.id),
        signed_on=str(row.signed_on),
        review_on=str(row.review_on),
    )
    return row.id


@command
def end_agreement(actor: Actor, agreement_id: uuid.UUID, ended_on: date) -> None:
    """Record that an agreement ended."""
    row = _to_change(actor, agreement_id)
    if row.ended_on is not None:
        raise Refusal("This agreement has ended already.")
    if wrong := wrong_with_end(row.signed_on, ended_on, today()):
        raise Invalid(wrong)
    row.ended_on = ended_on
    record(actor, "end_agreement", ABOUT, row.organisation_id, agreement=str(row.id), ended_on=str(ended_on))


@command
def resume_agreement(actor: Actor, agreement_id: uuid.UUID) -> None:
    """Take back that an agreement ended: a slip."""
    row = _to_change(actor, agreement_id)
    if row.ended_on is None:
        raise Refusal("This agreement has not ended.")
    row.ended_on = None
    record(actor, "resume_agreement", ABOUT, row.organisation_id, agreement=str(row.id))


@command
def take_back_agreement(actor: Actor, agreement_id: uuid.UUID) -> None:
    """Take back an agreement on the day it was recorded: a slip. Later it is ended instead."""
    row = _to_change(actor, agreement_id)
    if row.recorded_at.astimezone(ENGLAND).date() != today():
        raise Refusal("This was recorded on another day. End it, and record the right one.")
    record(
        actor,
        "take_back_agreement",
        ABOUT,
        row.organisation_id,
        agreement=str(row.id),
        signed_on=str(row.signed_on),
        review_on=str(row.review_on),
    )
    db.session.delete(row)


def _to_change(actor: Actor, agreement_id: uuid.UUID) -> SharingAgreement:
    row = get_agreement_for(actor, agreement_id)
    require(actor.may(Permission.EDIT_SHARING))
    return row
