from network.access.rules import Role
from network.vocabulary import JobRole
from rota.asks import commands as asks
from rota.cells import commands as cells
from rota.rows.rules import EMPTY
from rota.trials import commands as trials
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.makers import MONDAY
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER


def drafted(cast: Cast):
    """A draft, a duty of its first morning, and somebody for it."""
    people = scene.make_scene(cast)
    version = scene.open_rota(cast)
    cell = scene.cell_of(people[0])
    return version, scene.line_on(version, cast.elm_site, cell), cell


@attempt(cells.arrange)
def _arrange(cast: Cast):
    version, line, cell = drafted(cast)
    return by(cast[MANAGER], version.id, {cell: line.id}, {cell: EMPTY})


@attempt(asks.ask_person)
def _ask_person(cast: Cast):
    version, line, cell = drafted(cast)
    return by(cast[MANAGER], version.id, line.id, cell.member_id)


@attempt(asks.open_to_bank)
def _open_to_bank(cast: Cast):
    version, line, _ = drafted(cast)
    return by(cast[MANAGER], version.id, line.id)


@attempt(asks.end_asking)
def _end_asking(cast: Cast):
    version, line, _ = drafted(cast)
    return by(cast[MANAGER], asks.open_to_bank(cast[MANAGER], version.id, line.id))


@attempt(trials.try_unpinned)
def _try_unpinned(cast: Cast):
    return by(cast[MANAGER], drafted(cast)[0].id)


@attempt(trials.try_with_locum)
def _try_with_locum(cast: Cast):
    return by(cast[MANAGER], drafted(cast)[0].id, JobRole.GP, 4)


@attempt(trials.try_closed)
def _try_closed(cast: Cast):
    return by(cast[MANAGER], drafted(cast)[0].id, cast.elm_site.id, (MONDAY, MONDAY))
