from sqlalchemy import event

from network.access.rules import Role
from network.plumbing.database import db
from rota.planning.queries import planned_for
from rota.rotas.commands import open_period
from rota.rotas.queries import get_version_for
from tests.cast import Cast
from tests.makers import MONDAY
from tests.rota import scene


def test_a_problem_has_the_people_and_the_dated_demand(cast: Cast) -> None:
    scene.make_scene(cast)
    version_id = open_period(cast[Role.WORKFORCE_MANAGER], MONDAY, 2)
    planned = planned_for(get_version_for(cast[Role.WORKFORCE_MANAGER], version_id))
    assert len(planned.problem.people) == 3
    assert len(planned.problem.duties) == 2 * 2 * 10
    assert planned.plan.placements == frozenset()
