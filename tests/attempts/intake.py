import io
import uuid

from openpyxl import Workbook

from network.access.rules import Role
from rota.intake import commands as intake
from rota.rotas.records import RotaVersion
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.makers import MONDAY
from tests.rota import scene


def sheet_of(name: str, *cells: object, day: object = MONDAY) -> bytes:
    """Make a manager's own sheet of one day: a name, and what its cells say."""
    book = Workbook()
    page = book.active
    page.append(["Name", day, None])
    page.append([None, "AM", "PM"])
    page.append([name, *cells])
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def draft_and_sheet(cast: Cast) -> tuple[RotaVersion, bytes]:
    people = scene.make_scene(cast)
    return scene.open_rota(cast), sheet_of(people[0].name, "ELM", None)


def uploaded(cast: Cast) -> tuple[uuid.UUID, uuid.UUID]:
    version, content = draft_and_sheet(cast)
    actor = cast[Role.WORKFORCE_MANAGER]
    return version.id, intake.upload_rota_sheet(actor, version.id, "rota.xlsx", content)


@attempt(intake.upload_rota_sheet)
def _upload(cast: Cast):
    version, content = draft_and_sheet(cast)
    return by(cast[Role.WORKFORCE_MANAGER], version.id, "rota.xlsx", content)


@attempt(intake.confirm_rota_sheet)
def _confirm(cast: Cast):
    return by(cast[Role.WORKFORCE_MANAGER], *uploaded(cast))


@attempt(intake.discard_rota_sheet)
def _discard(cast: Cast):
    return by(cast[Role.WORKFORCE_MANAGER], *uploaded(cast))
