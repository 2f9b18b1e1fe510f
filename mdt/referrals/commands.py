"""The one front door: referring somebody, and the coordinator's answer."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta

from mdt.cases.commands import WrongState, lock_case, move_case
from mdt.cases.queries import get_case_for, get_own_referral, next_number
from mdt.cases.records import Case
from mdt.cases.rules import ANSWERED, CaseState, Risk, Stream, missing_to_submit
from mdt.patients.commands import MaybeKnown, register
from mdt.patients.queries import find_by_nhs_number, matches_of, names_of
from mdt.patients.records import Patient
from mdt.patients.rules import Contact, Identity, parts_of, tidy_nhs_number
from mdt.referrals.queries import (
    REFUSAL_SHOWN,
    REFUSED,
    get_draft_for,
    refers_for,
    relation_of_draft,
)
from mdt.referrals.rules import Referral, wrong_with_paste
from mdt.sharing.commands import end_relations, note_sharing, relate
from mdt.sharing.queries import access_to, accesses, objections_of, sharing_mode
from mdt.sharing.rules import ObjectionScope, Reason, missing_basis
from network.access.guard import require
from network.access.rules import Actor, Permission, Role
from network.accounts.queries import colleagues_of
from network.audit.commands import record, record_refused
from network.plumbing.commands import command
from network.plumbing.database import db, now, take_turns, today
from network.plumbing.refusals import Invalid, Refusal

TAKEN_BACK_WITHIN = timedelta(days=1)
Follower = Callable[[Actor, Case], None]
_followers: list[Follower] = []
COORDINATES = frozenset({Role.CARE_COORDINATOR})


def follows_referrals(follower: Follower) -> Follower:
    """Call a function, within the same command, whenever somebody was referred."""
    _followers.append(follower)
    return follower


@command
def refer_patient(
    actor: Actor,
    identity: Identity | None,
    referral: Referral,
    *,
    organisation_id: uuid.UUID,
    practice_id: uuid.UUID | None = None,
    contact: Contact | None = None,
    is_somebody_else: bool = False,
    patient_id: uuid.UUID | None = None,
    draft_id: uuid.UUID | None = None,
) -> uuid.UUID:
    """Refer somebody, new or chosen, on behalf of an organisation of one's own; a draft of it is sent."""
    require_referrer(actor, organisation_id)
    _refuse_gaps(referral)
    draft = lock_case(get_draft_for(actor, draft_id).case) if draft_id else None
    if identity is None:
        patient = chosen(actor, patient_id)
    else:
        patient = _patient(actor, identity, contact or Contact(), practice_id, is_somebody_else)
    _refuse_objected(actor, patient)
    if patient.died_on is not None:
        record_refused(actor, "try_to_refer", "patient", patient.id, outcome="died")
        raise Refusal("This person has died. Talk with the care coordinator if that is not so.")
    assert referral.basis is not None
    note_sharing(
        actor,
        patient.id,
        referral.basis,
        how=referral.how_informed,
        informed_by=actor.name,
        informed_on=referral.informed_on or today(),
    )
    case = _taken_up(actor, draft, patient, organisation_id, referral)
    move_case(actor, case, CaseState.SUBMITTED, f"Referred by {actor.name}, {case.organisation.name}.")
    case.submitted_at = now()
    _let_know(actor, case)
    record(actor, "refer_patient", "case", case.id, ref=case.ref, organisation=str(organisation_id))
    for follow in _followers:
        follow(actor, case)
    return case.id


@command
def return_referral(actor: Actor, case_id: uuid.UUID, question: str) -> None:
    """Ask the referrer something before the case can go on."""
    _answer(actor, case_id, CaseState.RETURNED, question, "Enter what you need to know.", "Returned")


@command
def redirect_referral(actor: Actor, case_id: uuid.UUID, where: str) -> None:
    """Say which service serves the person better."""
    _answer(actor, case_id, CaseState.REDIRECTED, where, "Enter where this should go, and why.", "Redirected")


@command
def decline_referral(actor: Actor, case_id: uuid.UUID, reason: str) -> None:
    """Decline a referral with a reason the referrer can act on."""
    _answer(
        actor, case_id, CaseState.DECLINED, reason, "Enter why, so that the referrer can act.", "Declined"
    )


@command
def take_back_answer(actor: Actor, case_id: uuid.UUID) -> None:
    """Take an answer to a referral back: it waits for triage again."""
    case = _case_to_triage(actor, case_id)
    is_lately = case.answered_at is not None and case.answered_at > now() - TAKEN_BACK_WITHIN
    if case.state not in ANSWERED or not is_lately:
        raise WrongState("This case is past its triage: its answer cannot be taken back.")
    case.answer, case.answered_at, case.answered_by = "", None, ""
    if case.state in REFUSED:
        _let_know(actor, case)
    move_case(actor, case, CaseState.SUBMITTED, f"{actor.name} took the answer back.")
    record(actor, "take_back_answer", "case", case.id, ref=case.ref)


@command
def send_again(actor: Actor, case_id: uuid.UUID, answer: str) -> None:
    """Answer the coordinator's question and send the referral again."""
    case = lock_case(get_own_referral(actor, case_id))
    if not answer.strip():
        raise Invalid("Enter the answer to the coordinator's question.")
    move_case(actor, case, CaseState.SUBMITTED, f"{actor.name} answered: {answer.strip()}")
    record(actor, "send_again", "case", case.id, ref=case.ref)


@command
def accept_referral(
    actor: Actor,
    case_id: uuid.UUID,
    *,
    coordinator_id: uuid.UUID,
    stream: Stream = Stream.DISCUSS,
    risks: tuple[Risk, ...] = (),
    review_due: date | None = None,
) -> None:
    """Take a referral on: it is ready for a list, and somebody coordinates it."""
    case = _case_to_triage(actor, case_id)
    coordinator = _coordinator(actor, coordinator_id)
    case.coordinator_id, case.coordinator = coordinator_id, coordinator
    case.stream, case.risks, case.review_due = stream, [risk.value for risk in risks], review_due
    case.answered_at, case.answered_by = now(), actor.name
    move_case(actor, case, CaseState.TRIAGED, f"Taken on by {actor.name}; {coordinator} coordinates.")
    relate(
        actor, case.patient, Reason.COORDINATES, account_id=coordinator_id, case_id=case.id, from_id=case.id
    )
    record(actor, "accept_referral", "case", case.id, ref=case.ref, stream=stream.value)


def require_referrer(actor: Actor, organisation_id: uuid.UUID) -> None:
    """Let those on who refer for an organisation of their own."""
    require(actor.may_somewhere(Permission.REFER_CASES))
    if organisation_id not in refers_for(actor):
        raise Invalid("Choose the organisation for which you refer.")


def _refuse_gaps(referral: Referral) -> None:
    missing = missing_to_submit(referral.question, referral.wants, referral.why_not_asked)
    missing.append(missing_basis(sharing_mode(), referral.basis))
    missing.append(wrong_with_paste(referral.pasted))
    if wrong := " ".join(each for each in missing if each):
        raise Invalid(wrong)


def chosen(actor: Actor, patient_id: uuid.UUID | None) -> Patient:
    """Return who was chosen, as far as one may know of them."""
    if patient_id is None:
        raise Invalid("Say who is referred.")
    return access_to(actor, patient_id).patient


def _patient(
    actor: Actor, identity: Identity, contact: Contact, practice_id: uuid.UUID | None, is_somebody_else: bool
) -> Patient:
    """Return the person who is known already, or register them."""
    number = tidy_nhs_number(identity.nhs_number)
    known = find_by_nhs_number(number) if number else None
    if known is not None:
        _refuse_other_name(actor, known, identity)
        return known
    # Whoever may not know of the other hears nothing of them: the coordinator compares the two.
    if not is_somebody_else and accesses(actor, [match.patient.id for match in matches_of(identity)]):
        raise MaybeKnown(
            "Somebody with this date of birth and a name like it is known here already. Is it them?"
        )
    return register(actor, identity, contact, practice_id)


def _refuse_other_name(actor: Actor, known: Patient, identity: Identity) -> None:
    names = set(parts_of(names_of(known)))
    if known.born_on != identity.born_on or not names & set(
        parts_of(f"{identity.given_name} {identity.family_name}")
    ):
        # The answer tells that the number is known here: whoever tries numbers leaves a trail.
        record_refused(actor, "try_to_refer", "patient", known.id, outcome="other name or birthday")
        raise Invalid(
            "This NHS number belongs to somebody with another name or date of birth. Check all three."
        )


def _refuse_objected(actor: Actor, patient: Patient) -> None:
    standing = objections_of([patient.id]).get(patient.id, ())
    if any(each.scope is ObjectionScope.ALL for each in standing):
        record_refused(actor, "try_to_refer", "patient", patient.id, outcome="objected")
        raise Refusal(
            "This person does not want to be discussed. Talk with them: if they have changed their mind, the"
            " care coordinator records that first."
        )


def _taken_up(
    actor: Actor, draft: Case | None, patient: Patient, organisation_id: uuid.UUID, referral: Referral
) -> Case:
    lock_numbers()
    case = draft or Case(referrer_id=actor.account_id)
    case.number, case.made_at = next_number(), now()
    put_down_case(actor, case, patient, organisation_id, referral)
    if draft is not None:
        draft.basis, draft.how_informed = None, None
        forget_person(draft)
    return case


def lock_numbers() -> None:
    """Let nobody else take a number meanwhile: two who refer at the same moment would take the same."""
    take_turns("cases")


def put_down_case(
    actor: Actor, case: Case, patient: Patient, organisation_id: uuid.UUID, referral: Referral
) -> None:
    """Put down what is asked, and of whom; part of a command."""
    case.patient_id, case.organisation_id, case.referrer = patient.id, organisation_id, actor.name
    case.question, case.wants = referral.question.strip(), referral.wants.strip()
    case.why_not_asked, case.urgency = referral.why_not_asked.strip(), referral.urgency
    case.pasted = referral.pasted
    db.session.add(case)
    db.session.flush()
    db.session.expire(case, ["patient", "organisation"])


def forget_person(draft: Case) -> None:
    """Forget whom a draft alone spoke of; part of a command."""
    relation = relation_of_draft(draft)
    if relation is not None:
        patient = relation.patient
        db.session.delete(relation)
        db.session.flush()
        db.session.delete(patient)
        db.session.flush()


def _let_know(actor: Actor, case: Case) -> None:
    patient = case.patient
    # Whoever knows a person's three identifiers may refer them: that opens this case and no earlier one.
    relate(
        actor,
        patient,
        Reason.REFERRED,
        organisation_id=case.organisation_id,
        case_id=case.id,
        from_id=case.id,
    )
    if patient.practice_id:
        relate(actor, patient, Reason.REGISTERED, organisation_id=patient.practice_id, from_id=case.id)


def _case_to_triage(actor: Actor, case_id: uuid.UUID) -> Case:
    case = get_case_for(actor, case_id).case
    require(actor.may(Permission.BUILD_LISTS))
    return lock_case(case)


def _coordinator(actor: Actor, account_id: uuid.UUID) -> str:
    for colleague in colleagues_of(actor, COORDINATES):
        if colleague.account_id == account_id:
            return colleague.name
    raise Invalid("Choose somebody who coordinates care in this network.")


def _answer(actor: Actor, case_id: uuid.UUID, to: CaseState, words: str, sentence: str, said: str) -> None:
    case = _case_to_triage(actor, case_id)
    if not words.strip():
        raise Invalid(sentence)
    case.answer, case.answered_at, case.answered_by = words.strip(), now(), actor.name
    move_case(actor, case, to, f"{said} by {actor.name}: {words.strip()}")
    if to in REFUSED:
        # Whoever referred has the time to read why; then nothing ties them to the person by this case.
        end_relations(case.id, today() + REFUSAL_SHOWN)
    record(actor, f"{said.lower()}_referral", "case", case.id, ref=case.ref)
