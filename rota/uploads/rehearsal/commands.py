"""Reading an uploaded workbook through, and writing it: in one go, however long it takes."""

import uuid
from collections.abc import Callable

from sqlalchemy import text

from network.access.rules import Actor
from network.audit.commands import record
from network.plumbing.commands import apart, command
from network.plumbing.database import db
from network.plumbing.refusals import Invalid, Refusal
from network.plumbing.unpacking import read_workbook
from rota.tables.queries import template
from rota.tables.rules import SheetName
from rota.uploads.queries import get_upload_for
from rota.uploads.records import WorkbookUpload
from rota.uploads.rules import MOVES, Outcome, UploadState
from rota.workbook.commands import Unfit, write_book
from rota.workbook.rules import MOST_ROWS, ROWS_BESIDES, Book, read_book

Teller = Callable[[int], None]


class _Rehearsed(Exception):
    """All was written; now it is taken back."""


def told_to_nobody(rows: int) -> None:
    """Tell nobody how far it is."""


def book_in(content: bytes) -> Book:
    """Read what a workbook says, or refuse what holds nothing to import."""
    arrived = read_workbook(content, MOST_ROWS, ROWS_BESIDES)
    book = read_book(template(), arrived.sheets)
    if book.size > MOST_ROWS:
        raise Invalid(f"The workbook has more than {MOST_ROWS:,} rows. Import it in parts.")
    book.left_out += arrived.not_read
    if book.is_empty:
        sheets = ", ".join(SheetName)
        raise Invalid(
            f"There is nothing to import: none of the sheets {sheets} has a row. Fill in the template."
        )
    return book


def rehearse(actor: Actor, book: Book, tell: Teller = told_to_nobody) -> Outcome:
    """Write everything, see what came of it, and take it back."""
    left_out = tuple(dict.fromkeys(book.left_out))
    try:
        with apart():
            written = write_book(actor, book, tell)
            raise _Rehearsed
    except _Rehearsed:
        return Outcome(counts=written.counts, left_out=left_out, changes=written.changes)
    except Unfit as unfit:
        return Outcome(tuple(unfit.problems), len(unfit.problems), {}, left_out)


@command
def rehearse_upload(actor: Actor, upload_id: uuid.UUID, tell: Teller = told_to_nobody) -> None:
    """Find out what a workbook that waits would do."""
    upload = _alone_with(actor, upload_id)
    if upload.state is not UploadState.WAITING:
        raise Refusal("This workbook has been read already.")
    upload.outcome = rehearse(actor, book_in(upload.content), tell).as_plain()
    move_upload(upload, UploadState.READY)
    record(actor, "rehearse_workbook", "workbook_upload", upload.id, name=upload.name)


@command
def write_upload(actor: Actor, upload_id: uuid.UUID, tell: Teller = told_to_nobody) -> Outcome:
    """Write an uploaded workbook, all of it or nothing; its content is not kept any longer."""
    upload = _alone_with(actor, upload_id)
    if upload.state not in (UploadState.READY, UploadState.WRITING):
        raise Refusal("This workbook has been imported already.")
    book = book_in(upload.content)
    written = write_book(actor, book, tell)
    outcome = Outcome(counts=written.counts, left_out=tuple(book.left_out), changes=written.changes)
    upload.outcome, upload.content = outcome.as_plain(), b""
    move_upload(upload, UploadState.DONE)
    record(actor, "confirm_workbook", "workbook_upload", upload.id, name=upload.name)
    return outcome


@command
def give_up_upload(actor: Actor, upload_id: uuid.UUID, why: str) -> None:
    """Note that a workbook could not be read or written, and why."""
    upload = _alone_with(actor, upload_id)
    upload.said = why[:500]
    move_upload(upload, UploadState.FAILED)
    record(actor, "give_up_workbook", "workbook_upload", upload.id, name=upload.name)


@command
def show_problems(actor: Actor, upload_id: uuid.UUID, outcome: Outcome) -> None:
    """Show a workbook again that does not fit any more since it was looked at."""
    upload = _alone_with(actor, upload_id)
    upload.outcome = outcome.as_plain()
    if upload.state is not UploadState.READY:
        move_upload(upload, UploadState.READY)
    record(actor, "refuse_workbook", "workbook_upload", upload.id, name=upload.name)


def move_upload(upload: WorkbookUpload, state: UploadState) -> None:
    """Move an upload on."""
    if state not in MOVES[upload.state]:
        raise Refusal(f"This workbook is {upload.state.label.lower()}. Go back and look at it again.")
    upload.state = state


def _alone_with(actor: Actor, upload_id: uuid.UUID) -> WorkbookUpload:
    # The row itself stays open to others, who write into it how far this is.
    db.session.execute(text("select pg_advisory_xact_lock(:key)"), {"key": upload_id.int % 2**63})
    upload = get_upload_for(actor, upload_id)
    db.session.refresh(upload)
    return upload
