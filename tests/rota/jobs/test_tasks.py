import pytest
from sqlalchemy import select

from network.access.rules import SYSTEM, Role
from network.plumbing.database import db
from network.plumbing.queue import NotYet
from rota.jobs.commands import begin_job, cancel_job
from rota.jobs.records import SolveJob
from rota.jobs.rules import SILENT_AFTER, JobState
from rota.jobs.tasks import Work, _tell, alone_with, solve, tell_asker
from rota.jobs.wording import DIED
from rota.planning.commands import ask_to_fill
from rota.rotas.commands import open_period
from rota.rotas.queries import get_version_for
from rota.rotas.records import Assignment
from rota.solver.limits import Limits, Way
from tests.cast import Cast
from tests.makers import MONDAY
from tests.rota import scene

QUICK = Limits(seconds=20, workers=1)


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


def test_a_solve_that_another_worker_holds_is_looked_at_again(cast: Cast) -> None:
    scene.make_scene(cast)
    manager = cast[Role.WORKFORCE_MANAGER]
    job_id = ask_to_fill(manager, open_period(manager, MONDAY, 1), QUICK)
    with alone_with(job_id), pytest.raises(NotYet):
        solve(manager.network_id, job_id=job_id)
    solve(manager.network_id, job_id=job_id)
    assert db.session.get_one(SolveJob, job_id, populate_existing=True).state is JobState.DONE


def test_a_job_that_the_queue_gives_up_ends_and_its_rota_says_so(cast: Cast) -> None:
    scene.make_scene(cast)
    manager = cast[Role.WORKFORCE_MANAGER]
    version_id = open_period(manager, MONDAY, 1)
    job_id = ask_to_fill(manager, version_id, QUICK)
    begin_job(SYSTEM, job_id, "some engine")
    for _ in range(2):
        tell_asker(manager.network_id, job_id=str(job_id))
    job = db.session.get_one(SolveJob, job_id, populate_existing=True)
    assert (job.state, job.said) == (JobState.FAILED, DIED)
    assert get_version_for(manager, version_id).summary["given_up"] == DIED
    assert ask_to_fill(manager, version_id, QUICK)


def test_a_job_whose_worker_fell_silent_can_be_cancelled_and_stays_so(cast: Cast) -> None:
    scene.make_scene(cast)
    manager = cast[Role.WORKFORCE_MANAGER]
    version_id = open_period(manager, MONDAY, 1)
    job_id = ask_to_fill(manager, version_id, QUICK)
    begin_job(SYSTEM, job_id, "some engine")
    work = Work.of(job_id)
    assert work.limits.way is Way.FITTING
    job = db.session.get_one(SolveJob, job_id)
    assert job.heartbeat_at is not None
    job.heartbeat_at -= 2 * SILENT_AFTER
    db.session.commit()
    cancel_job(manager, job_id)
    cancelled = db.session.get_one(SolveJob, job_id, populate_existing=True)
    last_sign = cancelled.heartbeat_at
    assert cancelled.state is JobState.CANCELLED
    # The draft is free again, and who comes back to life changes nothing.
    other_id = ask_to_fill(manager, version_id, QUICK)
    assert other_id != job_id
    _tell(work, None)
    assert db.session.get_one(SolveJob, job_id, populate_existing=True).heartbeat_at == last_sign
