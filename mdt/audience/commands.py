"""Letting those who come to a meeting know of a case, and writing to them without a word about a person."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import render_template

from mdt.audience.queries import accounts_of, audience_of, shut_out_of, told_by
from mdt.audience.rules import KNOWS_FOR_DAYS, LetterKind, Listener
from mdt.audience.wording import subject_of
from mdt.meetings.records import Meeting
from mdt.patients.records import Patient
from mdt.sharing.commands import note_disclosure, relate
from mdt.sharing.rules import Reason
from network.access.rules import Actor
from network.plumbing.database import ENGLAND
from network.plumbing.mail import address_of, post

# As long as the record of what somebody was told holds.
LONGEST_WHAT = 80


@dataclass(frozen=True)
class Line:
    """A case on a list: what it is called, whom it is about, and which disciplines it needs."""

    id: uuid.UUID
    case_id: uuid.UUID
    ref: str
    patient: Patient
    invited: tuple[str, ...]


def tell_audience(actor: Actor, meeting: Meeting, lines: Iterable[Line], kind: LetterKind) -> list[str]:
    """Let those who come know of the cases that need them, and write to them; part of a command.

    Return, in sentences, whom an objection keeps from knowing.
    """
    audience = audience_of(meeting)
    refs: dict[uuid.UUID, list[str]] = {}
    shut_out = []
    for line in lines:
        told, shut = _let_know(actor, meeting, line, [one for one in audience if one.hears_of(line.invited)])
        for one in told:
            refs.setdefault(one.account_id, []).append(line.ref)
        shut_out += [f"{one.name} is not told of {line.ref}: the person objected." for one in shut]
    write_letters(meeting, kind, refs)
    return shut_out


def write_letters(meeting: Meeting, kind: LetterKind, refs: Mapping[uuid.UUID, Sequence[str]]) -> int:
    """Write to accounts about a meeting, naming cases by their references; part of a command."""
    accounts = accounts_of(refs)
    for account in accounts:
        letter = render_template(
            "mdt/audience/letter.txt",
            meeting=meeting,
            kind=kind,
            refs=refs[account.id],
            link=address_of("meetings.show", meeting_id=meeting.id),
        )
        post(account.email, subject_of(kind, meeting.name, meeting.starts_at.astimezone(ENGLAND)), letter)
    return len(accounts)


def _let_know(
    actor: Actor, meeting: Meeting, line: Line, listeners: Iterable[Listener]
) -> tuple[list[Listener], list[Listener]]:
    """Relate people to a patient and keep that they were told; return whom, and whom objections keep out."""
    known = told_by(line.id)
    fresh = [one for one in listeners if one.account_id not in known]
    shut = shut_out_of(line.patient.id, {one.account_id: one.discipline for one in fresh})
    day = meeting.starts_at.astimezone(ENGLAND)
    ends_on = day.date() + timedelta(days=KNOWS_FOR_DAYS)
    what = f"list of {meeting.name}, {day.day} {day:%B}"[-LONGEST_WHAT:]
    told = [one for one in fresh if one.account_id not in shut]
    for one in told:
        relate(
            actor,
            line.patient,
            Reason.MEETING,
            account_id=one.account_id,
            discipline=one.discipline,
            case_id=line.case_id,
            from_id=line.id,
            ends_on=ends_on,
        )
        note_disclosure(
            line.patient.id, one.name, what, organisation_id=one.organisation_id, account_id=one.account_id
        )
    return told, [one for one in fresh if one.account_id in shut]
