from network.access.rules import Role
from rota.payroll.commands import export_payroll
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.rota import scene


@attempt(export_payroll)
def _export_payroll(cast: Cast):
    people = scene.make_scene(cast)
    version = scene.open_rota(cast)
    scene.put(version, people[0], cast.elm_site, cast[Role.WORKFORCE_MANAGER])
    scene.make_chosen(version)
    return by(cast[Role.WORKFORCE_MANAGER], version.period_id)
