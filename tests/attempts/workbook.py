import uuid

from network.access.rules import Role
from network.plumbing.unpacking import read_sheets
from rota.tables.queries import template
from rota.uploads import commands as uploads
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
