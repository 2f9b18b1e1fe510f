"""Writing what follows a signed decision, for each who must know."""

import uuid
from datetime import date

from sqlalchemy import select

from mdt.bookings.queries import bookings_of_items
from mdt.bookings.rules import HELD
from mdt.decisions.records import Decision
from mdt.letters.commands import letter_to_handle, need_to_tell, refuse_unless_draft
from mdt.letters.queries import due_to_tell, letter_head, stops_of
from mdt.letters.records import Letter, Telling
from mdt.letters.rules import Audience
from mdt.texts.queries import agreed, name_of, words_for_organisation, words_for_person, words_for_practice
from mdt.texts.rules import Ringing
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.organisations.records import Organisation
from network.plumbing.commands import command
from network.plumbing.database import ENGLAND, db


def write_letters(actor: Actor, decision: Decision) -> None:
    """Write what follows a signed decision, for each who must know; part of a command, safe to run twice."""
    if db.session.scalars(select(Telling.id).where(Telling.decision_id == decision.id).limit(1)).first():
        return
    patient = decision.case.patient
    _write(actor, decision, Audience.PERSON, None, name_of(patient))
    if patient.practice is not None:
        _write(actor, decision, Audience.PRACTICE, patient.practice, patient.practice.name)
    # The practice reads its own actions among all of them.
    others = {each.organisation_id: each.organisation for each in agreed(decision) if each.organisation}
    for organisation in others.values():
        if organisation.id != patient.practice_id:
            _write(actor, decision, Audience.ORGANISATION, organisation, organisation.name)
    for whom in {each.to_be_told.strip() for each in agreed(decision)} - {""}:
        need_to_tell(decision.case, Audience.OTHER, whom, _due(decision), decision_id=decision.id)
    record(actor, "write_letters", "case", decision.case_id, decision=str(decision.id))


@command
def rewrite_letter(actor: Actor, letter_id: uuid.UUID) -> None:
    """Write a text again from what is recorded now; what was changed by hand is lost."""
    letter = letter_to_handle(actor, letter_id).letter
    refuse_unless_draft(letter)
    decision = db.session.get_one(Decision, letter.decision_id)
    letter.words = _words(decision, letter.audience, letter.organisation_id)
    record(actor, "rewrite_letter", "case", letter.case_id, letter=str(letter.id))


@command
def change_letter_head(actor: Actor, *, team: str, address: str, phone: str, hours: str) -> None:
    """Say who writes to people, and whom they may ring."""
    require(actor.may(Permission.BUILD_LISTS))
    head = letter_head()
    head.team, head.address, head.phone, head.hours = team, address, phone, hours
    db.session.add(head)
    record(actor, "change_letter_head", "network", actor.network_id)


def _write(
    actor: Actor, decision: Decision, audience: Audience, organisation: Organisation | None, whom: str
) -> None:
    organisation_id = organisation.id if organisation else None
    stopped = stops_of([(decision.case.patient, audience, organisation_id)])[0]
    has_died = decision.case.patient.died_on is not None
    if (audience is not Audience.PERSON and stopped) or (audience is Audience.PERSON and has_died):
        return
    letter = None
    if not stopped:
        letter = Letter(
            case_id=decision.case_id,
            decision_id=decision.id,
            audience=audience,
            organisation_id=organisation_id,
            words=_words(decision, audience, organisation_id),
            made_by=actor.name,
        )
        db.session.add(letter)
        db.session.flush()
    need_to_tell(
        decision.case,
        audience,
        whom,
        _due(decision),
        decision_id=decision.id,
        organisation_id=organisation_id,
        letter_id=letter.id if letter else None,
    )


def _words(decision: Decision, audience: Audience, organisation_id: uuid.UUID | None) -> str:
    if audience is Audience.PERSON:
        head = letter_head()
        name = decision.case.coordinator or head.team or "your care coordinator"
        return words_for_person(decision, Ringing(name, head.phone, head.hours), _booked(decision))
    if audience is Audience.PRACTICE:
        return words_for_practice(decision, _booked(decision))
    return words_for_organisation(decision, db.session.get_one(Organisation, organisation_id))


def _booked(decision: Decision) -> tuple[str, ...]:
    """Name the clinics in which the decision has asked for a place."""
    rows = bookings_of_items([decision.item_id]).get(decision.item_id, [])
    return tuple(row.clinic for row in rows if row.state in HELD)


def _due(decision: Decision) -> date:
    return due_to_tell(decision.item.meeting.starts_at.astimezone(ENGLAND).date())
