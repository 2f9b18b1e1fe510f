import time
import uuid

import pytest
from flask import Flask
from sqlalchemy import func, select

from network.access.rules import Role
from network.plumbing.database import db
from rota.jobs.commands import cancel_job, stop_job
from rota.jobs.queries import steps_of
from rota.jobs.records import SolveJob
from rota.jobs.rules import ENDED, JobState
from rota.planning.commands import ask_to_fill
from rota.rotas.records import Assignment
from rota.solver.limits import Limits
from tests.cast import Cast
from tests.rota import scene
from tests.workers import a_worker, wait_for

LONG = Limits(seconds=120.0, workers=2)
MANAGER = Role.WORKFORCE_MANAGER


@pytest.fixture
def job_id(cast: Cast) -> uuid.UUID:
    """Ask for a solve that would take minutes."""
    scene.make_scene(cast, doctors=16)
    for site in (cast.elm_site, cast.oak_site):
        scene.want(site, minimum=4, desired=6)
    return ask_to_fill(cast[MANAGER], scene.open_rota(cast, weeks=4).id, LONG)


def job(job_id: uuid.UUID) -> SolveJob:
    db.session.rollback()
    return db.session.get_one(SolveJob, job_id, populate_existing=True)


def sessions_placed() -> int:
    return db.session.scalar(select(func.count()).select_from(Assignment)) or 0


def test_stop_keeps_the_best_long_before_the_limit(app: Flask, cast: Cast, job_id: uuid.UUID) -> None:
    with a_worker(app):
        wait_for(lambda: job(job_id).best is not None)
        stop_job(cast[MANAGER], job_id)
        asked = time.monotonic()
        wait_for(lambda: job(job_id).state in ENDED)
        took = time.monotonic() - asked
    assert job(job_id).state is JobState.STOPPED
    assert sessions_placed() > 100
    # A second is promised on an idle machine; this one may be running other tests.
    assert took < LONG.seconds / 4


def test_cancel_leaves_the_rota_as_it_was(app: Flask, cast: Cast, job_id: uuid.UUID) -> None:
    with a_worker(app):
        wait_for(lambda: job(job_id).state is not JobState.QUEUED)
        cancel_job(cast[MANAGER], job_id)
        wait_for(lambda: job(job_id).state in ENDED)
    assert job(job_id).state is JobState.CANCELLED
    assert sessions_placed() == 0


def test_a_killed_worker_loses_nothing_and_another_goes_on_from_the_best(
    app: Flask, cast: Cast, job_id: uuid.UUID
) -> None:
    with a_worker(app) as worker:
        wait_for(lambda: job(job_id).best is not None)
        worker.kill()
        worker.wait()
    left = job(job_id)
    best = left.best
    reached = steps_of(job_id)[-1]
    assert (left.state, left.attempts, best is None) == (JobState.IMPROVING, 1, False)
    with a_worker(app):
        wait_for(lambda: job(job_id).attempts == 2, seconds=60)
        wait_for(lambda: steps_of(job_id)[-1].seconds > reached.seconds)
        stop_job(cast[MANAGER], job_id)
        wait_for(lambda: job(job_id).state in ENDED)
    assert job(job_id).state is JobState.STOPPED
    assert steps_of(job_id)[-1].cost <= reached.cost
    assert sessions_placed() > 100


def test_a_worker_that_is_shut_down_hands_its_solve_back(app: Flask, cast: Cast, job_id: uuid.UUID) -> None:
    with a_worker(app):
        wait_for(lambda: job(job_id).best is not None)
    assert job(job_id).state is JobState.IMPROVING
    with a_worker(app):
        wait_for(lambda: job(job_id).attempts == 2)
        cancel_job(cast[MANAGER], job_id)
        wait_for(lambda: job(job_id).state in ENDED)
    assert job(job_id).state is JobState.CANCELLED
