from sqlalchemy import select

from network.access.rules import Role
from network.plumbing.database import db
from rota.jobs.records import SolveJob
from rota.jobs.rules import JobState
from rota.jobs.tasks import solve
from rota.planning.commands import ask_to_fill
from rota.rotas.commands import open_period
from rota.rotas.records import Assignment
from rota.solver.limits import Limits
from tests.cast import Cast
from tests.makers import MONDAY
from tests.rota import scene

QUICK = Limits(seconds=1.0, workers=1)


def test_a_filled_rota_has_its_sessions_and_says_how_good_it_is(cast: Cast) -> None:
    scene.make_scene(cast)
    manager = cast[Role.WORKFORCE_MANAGER]
    version_id = open_period(manager, MONDAY, 1)
    job_id = ask_to_fill(manager, version_id, QUICK)
    solve(manager.network_id, job_id=job_id)
    job = db.session.get_one(SolveJob, job_id, populate_existing=True)
    assert (job.state, job.said) == (JobState.DONE, "Nothing short")
    rows = db.session.scalars(select(Assignment).where(Assignment.version_id == version_id)).all()
    assert len(rows) >= 20
