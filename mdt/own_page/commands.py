"""What people do at their own door: come in, read, confirm and correct their words, write, and leave."""

import uuid
from collections.abc import Mapping
from datetime import date
from enum import StrEnum, auto

from sqlalchemy import select

from mdt.instruments.rules import Answers
from mdt.outcomes.commands import keep_own_answers
from mdt.own_door.commands import end_door
from mdt.own_door.queries import DoorSeen, find_open_door, visitor_of
from mdt.own_door.records import DoorNote, OwnDoor
from mdt.own_door.rules import MOST_TRIES, EndReason, NoteKind, wrong_with_note
from mdt.own_page.queries import get_own_statement, own_name, questions_for
from mdt.story.records import Statement
from network.access.rules import Actor
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, now, today
from network.plumbing.refusals import Invalid, NotFound

ON_THEIR_PAGE = "their own page"


class DoorGone(NotFound):
    """The link was turned off, has run out, or never was one."""


class Try(StrEnum):
    """What came of trying a door."""

    IN = auto()
    WRONG = auto()
    SHUT = auto()


@command
def try_door(actor: Actor, door_id: uuid.UUID, secret: bytes, born_on: date | None) -> Try:
    """Open a door to whoever has its secret and, where it asks, the date of birth; count wrong ones.

    Too many wrong ones turn the link off. The answer is no refusal, so that the count is kept.
    """
    seen = _locked(door_id, secret)
    if seen.row.asks_birthday and born_on != seen.patient.born_on:
        return _note_wrong(seen)
    seen.row.wrong_tries, seen.row.opened_at = 0, now()
    record(visitor_of(seen), "open_own_page", "patient", seen.patient.id, door=str(door_id))
    return Try.IN


@command
def note_own_page_seen(actor: Actor, door_id: uuid.UUID) -> None:
    """Keep that somebody's own page was looked at."""
    seen = _open(door_id)
    seen.row.opened_at = now()
    record(visitor_of(seen), "see_own_page", "patient", seen.patient.id, door=str(door_id))


@command
def confirm_own_words(actor: Actor, door_id: uuid.UUID, statement_id: uuid.UUID) -> None:
    """Keep that the person says that their words are still true."""
    seen = _locked(door_id)
    statement = get_own_statement(seen, statement_id)
    statement.confirmed_on, statement.confirmed_by = today(), ON_THEIR_PAGE
    record(visitor_of(seen), "confirm_own_words", "patient", seen.patient.id, statement=str(statement.id))


@command
def correct_own_words(actor: Actor, door_id: uuid.UUID, statement_id: uuid.UUID, words: str) -> None:
    """Put down what the person says instead: their earlier words are ended, and stay on record."""
    if wrong := wrong_with_note(words):
        raise Invalid(wrong)
    seen = _locked(door_id)
    earlier = get_own_statement(seen, statement_id)
    if words.strip() == earlier.words:
        raise Invalid("Nothing is different yet. Change the words, then send them.")
    earlier.ended_on, earlier.ended_by = today(), ON_THEIR_PAGE
    statement = Statement(
        patient_id=seen.patient.id,
        kind=earlier.kind,
        words=words.strip(),
        said_by=own_name(seen.patient),
        heard_by=ON_THEIR_PAGE,
        heard_on=today(),
    )
    db.session.add(statement)
    db.session.flush()
    _note(seen, NoteKind.CORRECTED, statement.words)
    record(visitor_of(seen), "correct_own_words", "patient", seen.patient.id, statement=str(statement.id))


@command
def write_from_own_page(actor: Actor, door_id: uuid.UUID, words: str) -> None:
    """Bring what somebody writes at their door to whoever coordinates."""
    if wrong := wrong_with_note(words):
        raise Invalid(wrong)
    seen = _locked(door_id)
    _note(seen, NoteKind.COMMENT, words.strip())
    record(visitor_of(seen), "write_from_own_page", "patient", seen.patient.id, door=str(door_id))


@command
def answer_at_own_door(actor: Actor, door_id: uuid.UUID, answers: Mapping[uuid.UUID, Answers]) -> None:
    """Keep what the person answers to the questions that wait for them, by measure."""
    seen = _locked(door_id)
    waiting = {each.measure.id for each in questions_for(seen)}
    if not waiting or set(answers) - waiting:
        raise NotFound
    keep_own_answers(visitor_of(seen), seen.patient.id, answers)
    record(visitor_of(seen), "answer_at_own_door", "patient", seen.patient.id, door=str(door_id))


@command
def leave_for_good(actor: Actor, door_id: uuid.UUID) -> None:
    """Turn a link off for whoever has it: they lost it, or do not want it."""
    seen = _locked(door_id)
    end_door(visitor_of(seen), seen.row, EndReason.LEFT)
    _note(seen, NoteKind.LEFT, "")


def _note_wrong(seen: DoorSeen) -> Try:
    visitor = visitor_of(seen)
    seen.row.wrong_tries += 1
    record(visitor, "refuse_own_page", "patient", seen.patient.id, door=str(seen.row.id))
    if seen.row.wrong_tries < MOST_TRIES:
        return Try.WRONG
    end_door(visitor, seen.row, EndReason.GUESSED)
    _note(seen, NoteKind.SHUT_OUT, "")
    return Try.SHUT


def _note(seen: DoorSeen, kind: NoteKind, words: str) -> None:
    carer = seen.row.carer
    db.session.add(
        DoorNote(
            patient_id=seen.patient.id,
            door_id=seen.row.id,
            kind=kind,
            words=words,
            said_by=carer.name if carer else own_name(seen.patient),
        )
    )


def _open(door_id: uuid.UUID, secret: bytes | None = None) -> DoorSeen:
    if (seen := find_open_door(door_id, secret)) is None:
        raise DoorGone
    return seen


def _locked(door_id: uuid.UUID, secret: bytes | None = None) -> DoorSeen:
    """Return an open door, locked: of many tries at once each is counted."""
    db.session.execute(select(OwnDoor.id).where(OwnDoor.id == door_id).with_for_update())
    return _open(door_id, secret)
