from network.vocabulary import SessionKind
from rota.edits.rules import Cell
from tests.addresses import address
from tests.addresses.rotas import draft
from tests.cast import Cast
from tests.makers import MONDAY
from tests.rota import scene


@address(
    "rotas.copy_as",
    "rotas.rename",
    "stages.collect",
    "stages.reopen",
    "parts.show",
    "readiness.show",
    "readiness.changed",
    "lines.show",
    "lines.add",
)
def _version(cast: Cast):
    return {"version_id": draft(cast).id}


@address("stages.show", "comparing.show", "comparing.again")
def _rota(cast: Cast):
    return {"period_id": draft(cast).period_id}


@address("lines.change", alone=True)
def _line(cast: Cast):
    version = draft(cast)
    line = scene.line_on(version, cast.elm_site, Cell(version.id, MONDAY, SessionKind.MORNING))
    return {"version_id": version.id, "line_id": line.id}
