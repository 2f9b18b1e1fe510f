from network.access.rules import Role
from rota.ledger.commands import export_ledger
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.rota import scene


@attempt(export_ledger)
def _export_ledger(cast: Cast):
    people = scene.make_scene(cast)
    version = scene.open_rota(cast)
    scene.put(version, people[0], cast.elm_site, cast[Role.WORKFORCE_MANAGER])
    scene.make_chosen(version)
    return by(cast[Role.FINANCE_VIEWER], str(version.id))
