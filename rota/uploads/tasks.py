"""Long workbooks, read and written in the background."""

import logging
import uuid
from collections.abc import Callable

from flask import current_app
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from network.access.rules import Actor
from network.accounts.queries import workplace_of
from network.accounts.records import Account
from network.plumbing.database import db
from network.plumbing.queue import Task, task
from network.plumbing.refusals import Refusal
from rota.uploads.records import WorkbookUpload
from rota.uploads.rehearsal.commands import (
    give_up_upload,
    rehearse_upload,
    show_problems,
    write_upload,
)
from rota.uploads.rules import BUSY, Outcome, UploadState
from rota.workbook.commands import Unfit

BROKE = (
    "Reading it broke off because of a fault; nothing was written. Try again. If it happens again, tell your "
    "administrator the time of day."
)
log = logging.getLogger(__name__)


@task("uploads.rehearse")
def rehearse(network_id: uuid.UUID | None, upload_id: str | uuid.UUID) -> None:
    """Find out what a long workbook would do; does nothing where that is known."""
    _at(network_id, upload_id, UploadState.WAITING, lambda *given: rehearse_upload(*given))


@task("uploads.write")
def write(network_id: uuid.UUID | None, upload_id: str | uuid.UUID) -> None:
    """Write a long workbook; does nothing where it is written."""
    _at(network_id, upload_id, UploadState.WRITING, lambda *given: write_upload(*given))


Work = Callable[[Actor, uuid.UUID, Callable[[int], None]], object]


def _at(network_id: uuid.UUID | None, upload_id: str | uuid.UUID, state: UploadState, work: Work) -> None:
    upload_id = uuid.UUID(str(upload_id))
    upload = db.session.get(WorkbookUpload, upload_id)
    account = db.session.get(Account, upload.account_id) if upload and upload.account_id else None
    if upload is None or account is None or not account.active or upload.state is not state:
        return
    actor = workplace_of(account, network_id).actor
    if actor.network_id != network_id:
        # Whoever has left this network may work in another; what they may do there does not hold here.
        return
    try:
        work(actor, upload_id, lambda rows: _tell(upload_id, rows))
    except OperationalError:
        # The queue tries again once the database is back.
        raise
    except Unfit as unfit:
        show_problems(actor, upload_id, Outcome(tuple(unfit.problems), len(unfit.problems)))
    except Refusal as refusal:
        give_up_upload(actor, upload_id, refusal.sentence)
    except Exception:
        log.exception("workbook failed", extra={"upload": str(upload_id)})
        give_up_upload(actor, upload_id, BROKE)


def _tell(upload_id: uuid.UUID, rows: int) -> None:
    """Write how far it is beside the transaction that does the work, so that others see it."""
    with current_app.app_context():
        db.session.execute(
            update(WorkbookUpload)
            .where(WorkbookUpload.id == upload_id, WorkbookUpload.state.in_(BUSY))
            .values(done=rows)
        )
        db.session.commit()


TASKS: dict[UploadState, Task] = {UploadState.WAITING: rehearse, UploadState.WRITING: write}
