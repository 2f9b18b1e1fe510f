"""Keeping a referral for later: nobody but whoever keeps it hears of it before it is sent."""

import uuid

from mdt.cases.commands import lock_case
from mdt.cases.queries import next_draft_number
from mdt.cases.records import Case
from mdt.patients.commands import put_down
from mdt.patients.records import Patient
from mdt.patients.rules import Identity
from mdt.referrals.commands import chosen, forget_person, lock_numbers, put_down_case, require_referrer
from mdt.referrals.queries import get_draft_for, relation_of_draft
from mdt.referrals.rules import Referral, wrong_with_paste
from mdt.sharing.commands import relate
from mdt.sharing.rules import Reason
from network.access.rules import Actor
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, now
from network.plumbing.refusals import Invalid


@command
def keep_draft(
    actor: Actor,
    identity: Identity | None,
    referral: Referral,
    *,
    organisation_id: uuid.UUID,
    practice_id: uuid.UUID | None = None,
    patient_id: uuid.UUID | None = None,
    draft_id: uuid.UUID | None = None,
) -> uuid.UUID:
    """Keep what was typed of a referral, new or kept before; only who it is about has to be there."""
    require_referrer(actor, organisation_id)
    if wrong := wrong_with_paste(referral.pasted):
        raise Invalid(wrong)
    draft = lock_case(get_draft_for(actor, draft_id).case) if draft_id else None
    # Whether anybody of this name is known is asked when it is sent.
    if identity is None:
        draft = _kept_of(actor, draft, chosen(actor, patient_id), organisation_id, referral)
        forget_person(draft)
    else:
        draft = _kept_of_typed(actor, draft, identity, practice_id, organisation_id, referral)
    record(actor, "keep_draft", "case", draft.id)
    return draft.id


@command
def throw_draft_away(actor: Actor, case_id: uuid.UUID) -> None:
    """Throw a draft away: nothing of it is left, and nothing of a person of whom it alone spoke."""
    draft = lock_case(get_draft_for(actor, case_id).case)
    record(actor, "throw_draft_away", "case", draft.id)
    db.session.delete(draft)
    db.session.flush()
    forget_person(draft)


def _kept_of_typed(
    actor: Actor,
    draft: Case | None,
    identity: Identity,
    practice_id: uuid.UUID | None,
    organisation_id: uuid.UUID,
    referral: Referral,
) -> Case:
    relation = relation_of_draft(draft) if draft else None
    patient = put_down(actor, relation.patient if relation else None, identity, practice_id)
    draft = _kept_of(actor, draft, patient, organisation_id, referral)
    if relation is None:
        relate(
            actor,
            patient,
            Reason.DRAFTED,
            account_id=actor.account_id,
            case_id=draft.id,
            from_id=draft.id,
        )
    return draft


def _kept_of(
    actor: Actor, draft: Case | None, patient: Patient, organisation_id: uuid.UUID, referral: Referral
) -> Case:
    if draft is None:
        lock_numbers()
        draft = Case(referrer_id=actor.account_id, number=next_draft_number())
    put_down_case(actor, draft, patient, organisation_id, referral)
    draft.basis, draft.how_informed = referral.basis, referral.how_informed.strip()
    draft.made_at = now()
    return draft
