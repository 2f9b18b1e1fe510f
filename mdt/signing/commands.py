"""Signing minutes, all decisions at once: then the cases move on and the letters are written."""

import uuid

from mdt.actions.queries import open_actions_of
from mdt.bookings.commands import ask_for_places
from mdt.cases.commands import lock_case, lock_cases, move_case, tell
from mdt.cases.records import Case
from mdt.cases.rules import CaseState
from mdt.decisions.commands import add_addendum, sign_decision
from mdt.letters.commands import add_telling, need_to_tell
from mdt.letters.queries import due_to_tell
from mdt.letters.rules import Audience
from mdt.meetings.commands import lock_meeting, move_meeting
from mdt.meetings.queries import get_meeting_for, may_sign
from mdt.meetings.records import Meeting
from mdt.meetings.rules import MeetingState
from mdt.signing.queries import Minute, get_decision_for, minutes_for
from mdt.signing.rules import wrong_with_signing
from mdt.texts.queries import name_of
from mdt.writing.commands import write_letters
from network.access.guard import require
from network.access.rules import Actor
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import ENGLAND, now
from network.plumbing.refusals import Refusal


class NotReady(Refusal):
    """Something is missing before the minutes can be signed."""


class ChangedMeanwhile(Refusal):
    """Somebody put the minutes right since they were read."""

    def __init__(self) -> None:
        super().__init__("Somebody has just put these minutes right. Read what they say now, then sign.")


@command
def note_minutes_opened(actor: Actor, meeting_id: uuid.UUID) -> None:
    """Keep that somebody read the minutes, and with them every case in them."""
    minutes = minutes_for(actor, meeting_id)
    record(actor, "open_minutes", "meeting", meeting_id)
    for each in minutes.cases:
        record(actor, "open_case", "case", each.seen.case.id, reason=each.seen.access.relation.reason.value)


@command
def sign_minutes(
    actor: Actor, meeting_id: uuid.UUID, why_without_quorum: str = "", *, seen: str | None = None
) -> int:
    """Put the chair's name under every decision of a meeting, as it was read; return how many there are."""
    meeting = _meeting_to_sign(actor, meeting_id)
    minutes = minutes_for(actor, meeting_id)
    if seen is not None and seen != minutes.version:
        raise ChangedMeanwhile
    waiting = minutes.quorum.waiting if minutes.decided else ()
    if wrong := wrong_with_signing(minutes.unfinished, waiting, why_without_quorum):
        raise NotReady(wrong)
    lock_cases({each.seen.case.id for each in minutes.cases})
    move_meeting(actor, meeting, MeetingState.SIGNED)
    meeting.signed_at, meeting.signed_by = now(), actor.name
    for each in minutes.decided:
        _sign(actor, each, why_without_quorum.strip() if waiting else "")
    for each in minutes.noted:
        _end_noted(actor, each)
    record(
        actor,
        "sign_minutes",
        "meeting",
        meeting.id,
        decisions=len(minutes.decided),
        left_out=minutes.hidden,
        without_quorum=bool(waiting),
    )
    return len(minutes.decided)


@command
def add_to_decision(
    actor: Actor, decision_id: uuid.UUID, words: str, *, is_person_to_be_told: bool
) -> uuid.UUID:
    """Add to a signed decision, and put down that the person needs to be told of it."""
    addendum_id = add_addendum(actor, decision_id, words)
    _, seen = get_decision_for(actor, decision_id)
    if is_person_to_be_told and seen.access.patient.died_on is None:
        add_telling(actor, seen.case.id, name_of(seen.access.patient), audience=Audience.PERSON)
    return addendum_id


def _meeting_to_sign(actor: Actor, meeting_id: uuid.UUID) -> Meeting:
    meeting = get_meeting_for(actor, meeting_id)
    require(may_sign(actor, meeting))
    return lock_meeting(meeting)


def _sign(actor: Actor, minute: Minute, why_without_quorum: str) -> None:
    decision = minute.decision
    if decision is None:
        return
    sign_decision(actor, decision)
    case = lock_case(minute.seen.case)
    said = f"{actor.name} signed the decision of {minute.seen.item.meeting.name}."
    if why_without_quorum:
        said += f" The quorum was not met: {why_without_quorum}"
    _move_on(actor, case, said)
    ask_for_places(actor, decision)
    write_letters(actor, decision)


def _end_noted(actor: Actor, minute: Minute) -> None:
    """Let a case go on that needed no decision: its person is told that, too."""
    case, meeting = lock_case(minute.seen.case), minute.seen.item.meeting
    _move_on(actor, case, f"{actor.name} signed the minutes of {meeting.name}: noted.")
    if case.patient.died_on is None:
        due_on = due_to_tell(meeting.starts_at.astimezone(ENGLAND).date())
        need_to_tell(case, Audience.PERSON, name_of(case.patient), due_on)


def _move_on(actor: Actor, case: Case, said: str) -> None:
    is_acting = case.id in open_actions_of([case.id])
    if case.state is CaseState.DISCUSSED and is_acting:
        move_case(actor, case, CaseState.ACTING, said)
    else:
        tell(actor, case, said)
