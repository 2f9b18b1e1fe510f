"""Taking a workbook in: upload and look at it, then confirm or discard. Long ones wait for a worker."""

import uuid

from sqlalchemy import delete, or_

from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.organisations.queries import network_of
from network.plumbing.commands import command
from network.plumbing.database import db, now
from network.plumbing.queue import enqueue
from network.plumbing.refusals import Refusal
from rota.uploads.queries import get_upload_for
from rota.uploads.records import WorkbookUpload
from rota.uploads.rehearsal.commands import book_in, move_upload, rehearse, write_upload
from rota.uploads.rules import KEPT_FOR, ROWS_AT_ONCE, UploadState
from rota.uploads.tasks import TASKS


@command
def upload_workbook(actor: Actor, name: str, content: bytes) -> uuid.UUID:
    """Keep a workbook for a day, with what its import would do; nothing of it is written yet."""
    require(actor.may(Permission.IMPORT_WORKBOOK))
    book = book_in(content)
    _forget_old(actor)
    upload = WorkbookUpload(account_id=actor.account_id, name=name[-120:], content=content, size=book.size)
    if book.size <= ROWS_AT_ONCE:
        upload.outcome = rehearse(actor, book).as_plain()
    else:
        upload.state = UploadState.WAITING
    db.session.add(upload)
    db.session.flush()
    _send_to_worker(actor, upload)
    record(actor, "upload_workbook", "workbook_upload", upload.id, name=upload.name)
    return upload.id


@command
def confirm_workbook(actor: Actor, upload_id: uuid.UUID) -> None:
    """Write an uploaded workbook, all of it or nothing."""
    upload = get_upload_for(actor, upload_id)
    if upload.size <= ROWS_AT_ONCE:
        write_upload(actor, upload_id)
        return
    if upload.outcome.get("problem_count"):
        raise Refusal("Mend the problems in the workbook first, and upload it again.")
    move_upload(upload, UploadState.WRITING)
    upload.done = 0
    _send_to_worker(actor, upload)
    record(actor, "ask_to_import_workbook", "workbook_upload", upload.id, name=upload.name)


@command
def note_content_taken_out(actor: Actor) -> None:
    """Keep that somebody took out what the network holds of its staff and its demand."""
    require(actor.may(Permission.IMPORT_WORKBOOK))
    record(actor, "export_workbook", "network", network_of(actor))


@command
def discard_workbook(actor: Actor, upload_id: uuid.UUID) -> None:
    """Forget an uploaded workbook."""
    upload = get_upload_for(actor, upload_id, to_change=True)
    if upload.state is UploadState.WRITING:
        raise Refusal("This workbook is being imported. Wait until that has ended.")
    db.session.delete(upload)
    record(actor, "discard_workbook", "workbook_upload", upload.id, name=upload.name)


def _send_to_worker(actor: Actor, upload: WorkbookUpload) -> None:
    if (task := TASKS.get(upload.state)) is not None:
        enqueue(task, network_id=network_of(actor), upload_id=upload.id)


def _forget_old(actor: Actor) -> None:
    old = WorkbookUpload.at < now() - KEPT_FOR
    own = (WorkbookUpload.account_id == actor.account_id) & (WorkbookUpload.state != UploadState.WRITING)
    db.session.execute(delete(WorkbookUpload).where(or_(old, own)))
