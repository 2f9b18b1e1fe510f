"""Writing down that a copy was asked for, making it, and keeping what became of the request."""

import io
import json
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from zipfile import ZIP_DEFLATED, ZipFile

from flask import render_template
from sqlalchemy import select

from mdt.seen.queries import days_of
from mdt.seen.wording import told_said
from mdt.sharing.queries import access_to
from mdt.subject_access.queries import Holding, RequestSeen, get_request_for, holding_of
from mdt.subject_access.records import SubjectRequest
from mdt.subject_access.rules import (
    Apart,
    AskedBy,
    RequestOutcome,
    due_on,
    wrong_with_ending,
    wrong_with_request,
)
from mdt.subject_access.wording import (
    file_name,
    for_machines,
    heading_of,
    left_out_said,
    lines_of,
    order_of,
)
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, today
from network.plumbing.refusals import Invalid, NotFound, Refusal


class EndedAlready(Refusal):
    """The request has ended."""

    def __init__(self) -> None:
        super().__init__("This request has ended. Open it again first.")


@dataclass(frozen=True)
class Copy:
    """An archive of everything that is held of somebody."""

    name: str
    packed: bytes


@command
def record_request(
    actor: Actor, patient_id: uuid.UUID, asked_by: AskedBy, received_on: date, note: str = ""
) -> uuid.UUID:
    """Write down that somebody asked for a copy; from the day it came, it is due within a month."""
    require(actor.may(Permission.GIVE_COPIES))
    access_to(actor, patient_id)
    if wrong := wrong_with_request(received_on, today()):
        raise Invalid(wrong)
    request = SubjectRequest(
        patient_id=patient_id,
        asked_by=asked_by,
        note=note.strip(),
        received_on=received_on,
        due_on=due_on(received_on),
        recorded_by=actor.name,
    )
    db.session.add(request)
    db.session.flush()
    record(
        actor,
        "record_subject_request",
        "patient",
        patient_id,
        request=str(request.id),
        due_on=request.due_on.isoformat(),
    )
    return request.id


@command
def make_copy(actor: Actor, request_id: uuid.UUID, included: Collection[Apart] = ()) -> Copy:
    """Make the archive that a request asks for; what was not ticked is left out, and named."""
    seen = _request_to_handle(actor, request_id)
    if seen.request.outcome is not None:
        raise EndedAlready
    assert seen.patient is not None
    holding = holding_of(seen.patient, included)
    record(
        actor,
        "give_copy",
        "patient",
        seen.request.patient_id,
        request=str(request_id),
        rows=holding.rows,
        included=sorted(apart.value for apart in included),
    )
    return Copy(file_name(seen.refs), _packed(actor, seen, holding))


@command
def end_request(
    actor: Actor, request_id: uuid.UUID, outcome: RequestOutcome, ended_on: date, why: str = ""
) -> None:
    """Keep what became of a request."""
    request = _request_to_handle(actor, request_id).request
    if request.outcome is not None:
        raise EndedAlready
    if wrong := wrong_with_ending(outcome, why, ended_on, request.received_on, today()):
        raise Invalid(wrong)
    request.outcome, request.ended_on, request.ended_why = outcome, ended_on, why.strip()
    request.ended_by = actor.name
    record(
        actor,
        "end_subject_request",
        "patient",
        request.patient_id,
        request=str(request_id),
        outcome=outcome.value,
    )


@command
def reopen_request(actor: Actor, request_id: uuid.UUID) -> None:
    """Take back that a request has ended; it is due when it was."""
    request = _request_to_handle(actor, request_id).request
    if request.outcome is None:
        raise Refusal("This request waits: it has not ended.")
    request.outcome = request.ended_on = None
    request.ended_by = request.ended_why = ""
    record(actor, "reopen_subject_request", "patient", request.patient_id, request=str(request_id))


def _request_to_handle(actor: Actor, request_id: uuid.UUID) -> RequestSeen:
    # Two who end it at once follow each other.
    db.session.execute(select(SubjectRequest.id).where(SubjectRequest.id == request_id).with_for_update())
    seen = get_request_for(actor, request_id)
    db.session.refresh(seen.request, ["outcome"])
    require(actor.may(Permission.GIVE_COPIES))
    if seen.patient is None:
        raise NotFound
    return seen


def _packed(actor: Actor, seen: RequestSeen, holding: Holding) -> bytes:
    """Pack a copy to read, the same for machines, each letter, and who saw what."""
    letters = holding.tables.get("mdt_letter", ())
    shown = {
        "refs": ", ".join(seen.refs),
        "made_by": actor.name,
        "made_on": today(),
        "left_out": left_out_said(holding.left_out),
        "letters": len(letters),
    }
    sections = [
        (heading_of(name), [(holding.names.get(row["id"], ""), lines_of(row, holding.names)) for row in rows])
        for name, rows in sorted(holding.tables.items(), key=lambda each: order_of(each[0]))
    ]
    files = {
        "copy.html": render_template("mdt/subject_access/copy.html", sections=sections, **shown),
        "copy.json": _for_machines(holding),
        "who-saw-it.html": render_template(
            "mdt/subject_access/who_saw_it.html",
            days=days_of(actor, seen.request.patient_id),
            said=told_said,
            **shown,
        ),
        "read-me.txt": render_template("mdt/subject_access/read_me.txt", **shown),
    }
    for number, letter in enumerate(letters, 1):
        words = render_template(
            "mdt/subject_access/letter.html", letter=letter, lines=lines_of(letter, holding.names), **shown
        )
        files[f"letters/letter-{number:02}.html"] = words
    return _zipped(files)


def _for_machines(holding: Holding) -> str:
    tables = {
        name: [{column: for_machines(value) for column, value in row.items()} for row in rows]
        for name, rows in holding.tables.items()
    }
    return json.dumps({"tables": tables, "left_out": left_out_said(holding.left_out)}, indent=1)


def _zipped(files: dict[str, str]) -> bytes:
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return packed.getvalue()
