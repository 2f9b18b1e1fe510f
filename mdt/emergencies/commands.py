"""Opening a person's cases in an emergency, ending that early, reviewing it, and answering for it."""

import uuid
from collections.abc import Sequence

from flask import render_template
from sqlalchemy import select

from mdt.audience.queries import accounts_of
from mdt.cases.commands import tell
from mdt.cases.records import Case
from mdt.emergencies.queries import (
    TRIED,
    cases_to_open,
    find_in_emergency,
    get_opening_for,
    sees_all,
    tries_of,
)
from mdt.emergencies.records import EmergencyOpening
from mdt.emergencies.rules import (
    HOLDS,
    MOST_TRIES,
    OPENED_BY,
    EmergencyKind,
    Finding,
    Wanted,
    wrong_with_emergency,
    wrong_with_words,
)
from mdt.emergencies.wording import opened_said, to_be_told
from mdt.letters.commands import need_to_tell
from mdt.letters.queries import due_to_tell
from mdt.letters.rules import Audience
from mdt.patients.records import Patient
from mdt.sharing.commands import note_disclosure, relate
from mdt.texts.queries import name_of
from network.access.guard import require
from network.access.rules import TABLE, Actor, Permission, Role
from network.accounts.queries import colleagues_of
from network.accounts.records import Account
from network.audit.commands import record
from network.organisations.queries import get_organisation_for
from network.plumbing.commands import apart, command
from network.plumbing.database import ENGLAND, db, now, today
from network.plumbing.mail import address_of, post
from network.plumbing.refusals import Invalid, NotFound, Refusal

# Coordinators keep watch at once; governance leads review.
TOLD = frozenset({Role.CARE_COORDINATOR, Role.GOVERNANCE_LEAD})
LONGEST_TOLD = 160


class TooManyTries(Refusal):
    """Somebody looked for more people than an emergency has."""

    def __init__(self) -> None:
        super().__init__(
            f"You have tried {MOST_TRIES} times within the hour. Ring a care coordinator of your network."
        )


class ShutOut(Exception):
    """The person does not want whoever asks to know; this never leaves the command."""


@command
def open_in_emergency(actor: Actor, wanted: Wanted, kind: EmergencyKind, reason: str) -> Case | None:
    """Open a person's cases for some hours; return the case to look at first, None where nobody is found.

    A try that finds nobody commits as well: the trail keeps it.
    """
    require(actor.may(Permission.BREAK_GLASS))
    # Tries sent side by side are counted one after the other.
    db.session.execute(select(Account.id).where(Account.id == actor.account_id).with_for_update())
    if tries_of(actor.account_id) >= MOST_TRIES:
        raise TooManyTries
    if wrong := wrong_with_emergency(wanted, reason):
        raise Invalid(wrong)
    patient = find_in_emergency(wanted)
    record(actor, TRIED, "account", actor.account_id, kind=kind.value, found=patient is not None)
    if patient is None:
        return None
    cases = cases_to_open(patient.id)
    if not sees_all(actor, cases):
        try:
            with apart():
                _open(actor, patient, cases, kind, reason.strip())
        except ShutOut:
            record(actor, "refuse_emergency", "patient", patient.id, kind=kind.value)
            return None
    return cases[0]


@command
def end_emergency(actor: Actor, opening_id: uuid.UUID) -> None:
    """End an opening before its time: by whoever made it, or by who coordinates."""
    seen = get_opening_for(actor, opening_id, lock=True)
    is_own = seen.opening.account_id == actor.account_id
    require(is_own or actor.may(Permission.BUILD_LISTS))
    if not seen.is_running:
        raise Refusal("This has ended already.")
    seen.opening.relation.ends_at = now()
    record(actor, "end_emergency", "patient", seen.opening.patient_id, opening=str(opening_id))


@command
def review_emergency(actor: Actor, opening_id: uuid.UUID, finding: Finding, note: str) -> None:
    """Say what a review of an opening came to; an earlier note stays above the new one."""
    seen = get_opening_for(actor, opening_id, lock=True)
    require(actor.may(Permission.EDIT_SHARING))
    opening = seen.opening
    if not seen.may_review:
        raise Refusal("This needs no review of yours: it is settled, or you opened it yourself.")
    if wrong := wrong_with_words(note, "what you found"):
        raise Invalid(wrong)
    opening.finding, opening.reviewed_by, opening.reviewed_at = finding, actor.name, now()
    opening.review_note = "\n".join(filter(None, (opening.review_note, note.strip())))
    record(
        actor,
        "review_emergency",
        "patient",
        opening.patient_id,
        opening=str(opening_id),
        finding=finding.value,
    )


@command
def explain_emergency(actor: Actor, opening_id: uuid.UUID, words: str) -> None:
    """Answer a review that asks for more: the words of whoever opened it."""
    opening = get_opening_for(actor, opening_id, lock=True).opening
    if opening.account_id != actor.account_id:
        raise NotFound
    if opening.finding is not Finding.TO_BE_EXPLAINED:
        raise Refusal("Nobody has asked you for more about this.")
    if wrong := wrong_with_words(words, "your explanation"):
        raise Invalid(wrong)
    opening.explanation = "\n".join(filter(None, (opening.explanation, words.strip())))
    record(actor, "explain_emergency", "patient", opening.patient_id, opening=str(opening_id))


def _open(actor: Actor, patient: Patient, cases: Sequence[Case], kind: EmergencyKind, reason: str) -> None:
    opened_at = now()
    ends_at = opened_at + HOLDS
    opening_id = uuid.uuid4()
    relation_id = relate(
        actor,
        patient,
        OPENED_BY[kind],
        account_id=actor.account_id,
        from_id=opening_id,
        ends_on=ends_at.astimezone(ENGLAND).date(),
        ends_at=ends_at,
    )
    if not sees_all(actor, cases):
        raise ShutOut
    opening = EmergencyOpening(
        id=opening_id,
        patient_id=patient.id,
        relation_id=relation_id,
        account_id=actor.account_id,
        name=actor.name,
        organisation=_organisation_of(actor),
        kind=kind,
        reason=reason,
        opened_at=opened_at,
    )
    db.session.add(opening)
    told = _tell_all(actor, opening, cases, opened_said(actor.name, opening.organisation, kind, ends_at))
    record(
        actor,
        "open_in_emergency",
        "patient",
        patient.id,
        kind=kind.value,
        opening=str(opening_id),
        told=told,
    )


def _tell_all(actor: Actor, opening: EmergencyOpening, cases: Sequence[Case], said: str) -> list[str]:
    """Keep it in the history, put down that the person is to be told, and write to those who keep watch."""
    for case in cases:
        tell(actor, case, said)
    patient = cases[0].patient
    whom = f"{opening.name}, {opening.organisation}"[:LONGEST_TOLD]
    note_disclosure(patient.id, whom, "opened in an emergency", account_id=actor.account_id)
    if patient.died_on is None:
        what = to_be_told(opening.opened_at)
        need_to_tell(cases[0], Audience.PERSON, name_of(patient), due_to_tell(today()), what=what)
    accounts = accounts_of({one.account_id for one in colleagues_of(actor, TOLD)})
    for account in accounts:
        letter = render_template(
            "mdt/emergencies/letter.txt",
            opening=opening,
            refs=[case.ref for case in reversed(cases)],
            link=address_of("emergencies.show", opening_id=opening.id),
        )
        post(account.email, "A case was opened in an emergency", letter)
    return [str(account.id) for account in accounts]


def _organisation_of(actor: Actor) -> str:
    grant = next(grant for grant in actor.grants if Permission.BREAK_GLASS in TABLE[grant.role])
    return get_organisation_for(actor, grant.organisation_id).name
