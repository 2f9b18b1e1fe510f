import uuid

from network.access.rules import Role
from network.plumbing.database import db
from network.plumbing.unpacking import read_sheets
from rota.tables.queries import template
from rota.uploads import commands as uploads
from rota.uploads.records import WorkbookUpload
from rota.uploads.rehearsal import commands as rehearsal
from rota.uploads.rules import Outcome, UploadState
from rota.workbook import commands as workbook
from rota.workbook.rules import read_book
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.rota.workbook.sheets import AMY, BEN, STAFF, make_workbook


def manager(cast: Cast):
    return cast[Role.WORKFORCE_MANAGER]


def content() -> bytes:
    return make_workbook(Staff=[STAFF, AMY, BEN])


def uploaded(cast: Cast) -> uuid.UUID:
    return uploads.upload_workbook(manager(cast), "staff.xlsx", content())


@attempt(uploads.upload_workbook, anywhere=True)
def _upload_workbook(cast: Cast):
    return by(manager(cast), "staff.xlsx", content())


@attempt(uploads.confirm_workbook)
def _confirm_workbook(cast: Cast):
    return by(manager(cast), uploaded(cast))


@attempt(uploads.discard_workbook)
def _discard_workbook(cast: Cast):
    return by(manager(cast), uploaded(cast))


@attempt(workbook.write_book, anywhere=True)
def _write_book(cast: Cast):
    return by(manager(cast), read_book(template(), read_sheets(content(), 1000)))


def waiting(cast: Cast) -> uuid.UUID:
    """Leave an upload to be read by a worker."""
    upload_id = uploaded(cast)
    db.session.get_one(WorkbookUpload, upload_id).state = UploadState.WAITING
    db.session.commit()
    return upload_id


@attempt(rehearsal.rehearse_upload)
def _rehearse_upload(cast: Cast):
    return by(manager(cast), waiting(cast))


@attempt(rehearsal.write_upload)
def _write_upload(cast: Cast):
    return by(manager(cast), uploaded(cast))


@attempt(rehearsal.give_up_upload)
def _give_up_upload(cast: Cast):
    return by(manager(cast), waiting(cast), "It broke off.")


@attempt(rehearsal.show_problems)
def _show_problems(cast: Cast):
    return by(manager(cast), uploaded(cast), Outcome())
