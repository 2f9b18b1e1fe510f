from network.access.rules import Role
from network.vocabulary import Activity, RoleGroup, SessionKind
from rota.lines import commands
from rota.lines.rules import Numbers
from tests.attempts import attempt, by
from tests.attempts.rotas import placed
from tests.cast import Cast
from tests.makers import MONDAY
from tests.rota import scene


@attempt(commands.change_line)
def _change_line(cast: Cast):
    version, cell = placed(cast)
    line = scene.line_on(version, cast.elm_site, cell)
    return by(cast[Role.PRACTICE_MANAGER], version.id, line.id, Numbers(2, 2, 3))


@attempt(commands.add_line)
def _add_line(cast: Cast):
    version, _ = placed(cast)
    where = cast.elm_site.id, MONDAY, SessionKind.EVENING
    what = RoleGroup.GP, Activity.CLINIC, Numbers(1, 1, 1)
    return by(cast[Role.PRACTICE_MANAGER], version.id, *where, *what)
