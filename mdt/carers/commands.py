"""Keeping what carers say and agree to, and how their assessment goes."""

import uuid
from dataclasses import dataclass
from datetime import date

from mdt.carers.queries import agreements_of, get_said, known_of
from mdt.carers.records import CarerAgreement, CarerAssessmentStep, CarerSaid
from mdt.carers.rules import (
    LONGEST_NOTE,
    LONGEST_WORDS,
    AgreementScope,
    SaidKind,
    Strain,
    may_move,
)
from mdt.sharing.queries import access_to_change
from mdt.story.queries import get_carer
from mdt.story.records import Carer
from mdt.story.rules import CarersAssessment
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.organisations.queries import organisations_for
from network.plumbing.commands import command
from network.plumbing.database import db, today
from network.plumbing.refusals import Invalid


@dataclass(frozen=True)
class CarerWords:
    """What a carer said, as it was heard."""

    kind: SaidKind
    words: str
    heard_on: date
    strain: Strain | None = None
    is_confidential: bool = False


@command
def note_carer_opened(actor: Actor, carer_id: uuid.UUID) -> None:
    """Keep that somebody looked at what is known of a carer."""
    carer = get_carer(carer_id)
    access = access_to_change(actor, carer.patient_id)
    record(actor, "open_carer", "patient", carer.patient_id, reason=access.relation.reason.value)


@command
def note_carer_said(actor: Actor, carer_id: uuid.UUID, said: CarerWords) -> uuid.UUID:
    """Put down what a carer said of themselves, in their words; in confidence, it stays apart."""
    carer = _carer_for(actor, carer_id)
    _refuse_unkept(carer)
    if wrong := _wrong_with(said):
        raise Invalid(wrong)
    row = CarerSaid(
        patient_id=carer.patient_id,
        carer_id=carer.id,
        kind=said.kind,
        strain=said.strain,
        words=said.words.strip(),
        is_confidential=said.is_confidential,
        heard_by=actor.name,
        heard_by_id=actor.account_id,
        heard_on=said.heard_on,
    )
    db.session.add(row)
    db.session.flush()
    # The person may read the trail: that it was told in confidence is confidential too.
    record(actor, "note_carer_said", "patient", carer.patient_id, said=str(row.id))
    return row.id


@command
def end_carer_said(actor: Actor, said_id: uuid.UUID) -> uuid.UUID:
    """Keep that what a carer said holds no more."""
    row = get_said(said_id)
    _carer_for(actor, row.carer_id)
    row.ended_on, row.ended_by = today(), actor.name
    record(actor, "end_carer_said", "patient", row.patient_id, said=str(row.id))
    return row.carer_id


@command
def restore_carer_said(actor: Actor, said_id: uuid.UUID) -> uuid.UUID:
    """Take back that what a carer said holds no more."""
    row = get_said(said_id, is_ended=True)
    _carer_for(actor, row.carer_id)
    row.ended_on, row.ended_by = None, ""
    record(actor, "restore_carer_said", "patient", row.patient_id, said=str(row.id))
    return row.carer_id


@command
def note_agreement(
    actor: Actor, carer_id: uuid.UUID, scope: AgreementScope, *, agrees: bool, how: str, on_day: date
) -> uuid.UUID:
    """Put down what a carer agrees to, or not, about themselves; what they said before stays on record."""
    carer = _carer_for(actor, carer_id)
    if on_day > today():
        raise Invalid("Enter a day that is not in the future.")
    if not how.strip():
        raise Invalid("Enter how they said so, such as 'on the phone'.")
    row = CarerAgreement(
        patient_id=carer.patient_id,
        carer_id=carer.id,
        scope=scope,
        agrees=agrees,
        how=how.strip(),
        on_day=on_day,
        recorded_by=actor.name,
    )
    db.session.add(row)
    db.session.flush()
    record(actor, "note_agreement", "patient", carer.patient_id, carer=str(carer.id), scope=scope.value)
    return row.id


@command
def note_assessment(
    actor: Actor,
    carer_id: uuid.UUID,
    state: CarersAssessment,
    *,
    on_day: date,
    organisation_id: uuid.UUID | None = None,
    note: str = "",
) -> uuid.UUID:
    """Put down how a carer's own assessment goes: one step after the other, none is taken out again."""
    carer = _carer_for(actor, carer_id)
    if not may_move(carer.assessment, state):
        raise Invalid(
            f"It stands at “{carer.assessment.label.lower()}”: {state.label.lower()} cannot follow."
        )
    before = known_of([carer])[carer.id].stands.stepped_on
    if on_day > today() or (before is not None and on_day < before):
        raise Invalid("Enter a day from the last step until today.")
    if len(note.strip()) > LONGEST_NOTE:
        raise Invalid(f"Shorten the note to {LONGEST_NOTE} characters.")
    if organisation_id not in {None, *(one.id for one in organisations_for(actor))}:
        raise Invalid("Choose who has to do it from the list.")
    row = CarerAssessmentStep(
        patient_id=carer.patient_id,
        carer_id=carer.id,
        state=state,
        on_day=on_day,
        organisation_id=organisation_id,
        note=note.strip(),
        recorded_by=actor.name,
    )
    carer.assessment = state
    db.session.add(row)
    db.session.flush()
    record(actor, "note_assessment", "patient", carer.patient_id, carer=str(carer.id), state=state.value)
    return row.id


def _carer_for(actor: Actor, carer_id: uuid.UUID) -> Carer:
    carer = get_carer(carer_id)
    access_to_change(actor, carer.patient_id)
    require(actor.may_somewhere(Permission.CONTRIBUTE))
    return carer


def _refuse_unkept(carer: Carer) -> None:
    kept = agreements_of([carer.id])[carer.id].get(AgreementScope.KEEP)
    if kept is not None and not kept.agrees:
        raise Invalid(
            "They do not agree that what they say about themselves is kept. Ask them again before you write."
        )


def _wrong_with(said: CarerWords) -> str:
    if not said.words.strip() and said.strain is None:
        return "Enter what they said, in their words."
    if len(said.words) > LONGEST_WORDS:
        return f"Shorten their words to {LONGEST_WORDS} characters."
    if said.heard_on > today():
        return "Enter a day that is not in the future."
    if said.kind is SaidKind.STRAIN and said.strain is None:
        return "Choose how caring is for them."
    return ""
