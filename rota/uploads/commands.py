"""Taking a workbook in: upload and rehearse, then confirm or discard."""

import uuid

from sqlalchemy import delete, or_

from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import apart, command
from network.plumbing.database import db, now
from network.plumbing.refusals import Invalid
from network.plumbing.unpacking import read_sheets
from rota.tables.queries import template
from rota.tables.rules import SheetName
from rota.uploads.queries import get_upload_for
from rota.uploads.records import WorkbookUpload
from rota.uploads.rules import KEPT_FOR, Outcome
from rota.workbook.commands import Unfit, write_book
from rota.workbook.rules import MOST_ROWS, Book, read_book


class _Rehearsed(Exception):
    """All was written; now it is taken back."""


@command
def upload_workbook(actor: Actor, name: str, content: bytes) -> uuid.UUID:
    """Keep a workbook for a day, with what its import would do; nothing of it is written yet."""
    require(actor.may(Permission.IMPORT_WORKBOOK))
    book = _book_in(content)
    _forget_old(actor)
    upload = WorkbookUpload(account_id=actor.account_id, name=name[-120:], content=content)
    upload.outcome = _rehearse(actor, book).as_plain()
    db.session.add(upload)
    db.session.flush()
    record(actor, "upload_workbook", "workbook_upload", upload.id, name=upload.name)
    return upload.id


@command
def confirm_workbook(actor: Actor, upload_id: uuid.UUID) -> Outcome:
    """Write an uploaded workbook, all of it or nothing."""
    upload = get_upload_for(actor, upload_id, to_change=True)
    book = _book_in(upload.content)
    counts = write_book(actor, book)
    db.session.delete(upload)
    record(actor, "confirm_workbook", "workbook_upload", upload.id, name=upload.name)
    return Outcome(counts=counts, left_out=tuple(book.left_out))


@command
def discard_workbook(actor: Actor, upload_id: uuid.UUID) -> None:
    """Forget an uploaded workbook."""
    upload = get_upload_for(actor, upload_id, to_change=True)
    db.session.delete(upload)
    record(actor, "discard_workbook", "workbook_upload", upload.id, name=upload.name)


def _book_in(content: bytes) -> Book:
    book = read_book(template(), read_sheets(content, MOST_ROWS))
    if book.is_empty:
        sheets = ", ".join(SheetName)
        raise Invalid(
            f"There is nothing to import: none of the sheets {sheets} has a row. Fill in the template."
        )
    return book


def _rehearse(actor: Actor, book: Book) -> Outcome:
    left_out = tuple(book.left_out)
    counts: dict[str, dict[str, int]] = {}
    try:
        with apart():
            counts = write_book(actor, book)
            raise _Rehearsed
    except _Rehearsed:
        return Outcome(counts=counts, left_out=left_out)
    except Unfit as unfit:
        return Outcome(tuple(unfit.problems), len(unfit.problems), {}, left_out)


def _forget_old(actor: Actor) -> None:
    old = WorkbookUpload.at < now() - KEPT_FOR
    db.session.execute(delete(WorkbookUpload).where(or_(old, WorkbookUpload.account_id == actor.account_id)))
