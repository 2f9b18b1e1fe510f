"""Taking a workbook of training in: upload and look at it, then confirm or discard."""

import uuid

from sqlalchemy import delete, or_

from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.organisations.queries import network_of
from network.plumbing.commands import apart, command
from network.plumbing.database import db, now
from network.plumbing.refusals import Invalid, Refusal
from network.plumbing.unpacking import read_workbook
from rota.training_books.queries import get_training_upload_for, template
from rota.training_books.records import TrainingUpload
from rota.training_books.rules import MOST_ROWS, READERS, TrainingSheet
from rota.training_books.writing.commands import WRITERS
from rota.uploads.rules import KEPT_FOR, Outcome
from rota.workbook.commands import Unfit, Written
from rota.workbook.queries import Import, directory_for
from rota.workbook.rules import ROWS_BESIDES, Book, read_book


class _Rehearsed(Exception):
    """All was written; now it is taken back."""


@command
def upload_training_book(actor: Actor, name: str, content: bytes) -> uuid.UUID:
    """Keep a workbook for a day, with what its import would do; nothing of it is written yet."""
    require(actor.may(Permission.EDIT_ROTATIONS))
    outcome = _rehearse(actor, _book_in(content))
    _forget_old(actor)
    upload = TrainingUpload(account_id=actor.account_id, name=name[-120:], content=content)
    upload.outcome = outcome.as_plain()
    db.session.add(upload)
    db.session.flush()
    record(actor, "upload_training_book", "training_upload", upload.id, name=upload.name)
    return upload.id


@command
def confirm_training_book(actor: Actor, upload_id: uuid.UUID) -> None:
    """Write an uploaded workbook, all of it or nothing; its content is not kept any longer."""
    upload = get_training_upload_for(actor, upload_id, to_change=True)
    if upload.imported_at:
        raise Refusal("This workbook has been imported already.")
    book = _book_in(upload.content)
    written = _write(actor, book)
    outcome = Outcome(counts=written.counts, left_out=tuple(book.left_out), changes=written.changes)
    upload.outcome, upload.content, upload.imported_at = outcome.as_plain(), b"", now()
    record(actor, "confirm_training_book", "training_upload", upload.id, counts=written.counts)


@command
def discard_training_book(actor: Actor, upload_id: uuid.UUID) -> None:
    """Forget an uploaded workbook."""
    upload = get_training_upload_for(actor, upload_id, to_change=True)
    db.session.delete(upload)
    record(actor, "discard_training_book", "training_upload", upload.id, name=upload.name)


@command
def note_training_taken_out(actor: Actor) -> None:
    """Keep that somebody took out what the network holds of its training."""
    require(actor.may(Permission.EDIT_ROTATIONS))
    record(actor, "export_training_book", "network", network_of(actor))


def _book_in(content: bytes) -> Book:
    """Read what a workbook says, or refuse what holds nothing to import."""
    arrived = read_workbook(content, MOST_ROWS, ROWS_BESIDES)
    book = read_book(template(), arrived.sheets, READERS)
    if book.size > MOST_ROWS:
        raise Invalid(f"The workbook has more than {MOST_ROWS} rows. Import it in parts.")
    book.left_out += arrived.not_read
    if book.is_empty:
        sheets = ", ".join(TrainingSheet)
        raise Invalid(
            f"There is nothing to import: none of the sheets {sheets} has a row. Fill in the template."
        )
    return book


def _rehearse(actor: Actor, book: Book) -> Outcome:
    """Write everything, see what came of it, and take it back."""
    left_out = tuple(dict.fromkeys(book.left_out))
    try:
        with apart():
            written = _write(actor, book)
            raise _Rehearsed
    except _Rehearsed:
        return Outcome(counts=written.counts, left_out=left_out, changes=written.changes)
    except Unfit as unfit:
        return Outcome(tuple(unfit.problems), len(unfit.problems), {}, left_out)


def _write(actor: Actor, book: Book) -> Written:
    """Write all that a workbook says, or raise `Unfit`."""
    work = Import(actor, directory_for(actor), list(book.problems))
    for sheet, (column, write) in WRITERS.items():
        for line in book.lines[sheet]:
            with work.row(line.place, column):
                write(work, line)
    if work.problems:
        raise Unfit(work.problems)
    return Written(tuple(work.changes))


def _forget_old(actor: Actor) -> None:
    old = TrainingUpload.at < now() - KEPT_FOR
    db.session.execute(delete(TrainingUpload).where(or_(old, TrainingUpload.account_id == actor.account_id)))
