import itertools
import uuid

import pytest
from sqlalchemy import select

from network.access.rules import SYSTEM, Role
from network.audit.records import AuditEntry
from network.plumbing.database import db, enter_network
from network.plumbing.refusals import NotAllowed, NotFound, Refusal
from rota.jobs.commands import begin_job, cancel_job, give_up_job, stop_job
from rota.jobs.records import SolveJob
from rota.jobs.rules import MOVES, JobState
from rota.jobs.tasks import solve
from rota.planning.commands import ask_to_fill
from rota.solver.limits import Limits
from tests.cast import Cast, client_for
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER
QUICK = Limits(seconds=20, workers=1)


@pytest.fixture
def job_id(cast: Cast) -> uuid.UUID:
    scene.make_scene(cast)
    return ask_to_fill(cast[MANAGER], scene.open_rota(cast).id, QUICK)


def state_of(job_id: uuid.UUID) -> JobState:
    return db.session.get_one(SolveJob, job_id, populate_existing=True).state


def test_a_waiting_job_that_is_cancelled_never_starts(cast: Cast, job_id: uuid.UUID) -> None:
    cancel_job(cast[MANAGER], job_id)
    solve(cast[MANAGER].network_id, job_id=job_id)
    job = db.session.get_one(SolveJob, job_id)
    assert (job.state, job.attempts) == (JobState.CANCELLED, 0)


def test_a_waiting_job_that_is_stopped_has_nothing_to_keep(cast: Cast, job_id: uuid.UUID) -> None:
    stop_job(cast[MANAGER], job_id)
    assert state_of(job_id) is JobState.CANCELLED


def test_a_job_that_has_ended_is_not_done_twice(cast: Cast, job_id: uuid.UUID) -> None:
    for _ in range(2):
        solve(cast[MANAGER].network_id, job_id=str(job_id))
    assert db.session.get_one(SolveJob, job_id).attempts == 1
    with pytest.raises(Refusal, match="ended already"):
        stop_job(cast[MANAGER], job_id)


def test_a_fault_is_told_in_a_sentence_and_leaves_the_rota_alone(cast: Cast, job_id: uuid.UUID) -> None:
    job = db.session.get_one(SolveJob, job_id)
    job.problem = {**job.problem, "sessions": "nonsense"}
    db.session.commit()
    solve(cast[MANAGER].network_id, job_id=job_id)
    job = db.session.get_one(SolveJob, job_id)
    assert job.state is JobState.FAILED
    assert job.said.startswith("The search broke off because of a fault")


@pytest.mark.parametrize("role", [Role.PRACTICE_MANAGER, Role.STAFF, Role.FINANCE_VIEWER, Role.ADMINISTRATOR])
def test_only_who_fills_the_network_stops_or_cancels(cast: Cast, job_id: uuid.UUID, role: Role) -> None:
    for deed in (stop_job, cancel_job):
        with pytest.raises((NotAllowed, NotFound)):
            deed(cast[role], job_id)
    assert state_of(job_id) is JobState.QUEUED


def test_a_stranger_finds_no_job(cast: Cast, job_id: uuid.UUID) -> None:
    enter_network(cast.stranger.network_id)
    for deed in (stop_job, cancel_job):
        with pytest.raises(NotFound):
            deed(cast.stranger, job_id)


def test_each_step_of_a_job_is_in_the_trail(cast: Cast, job_id: uuid.UUID) -> None:
    solve(cast[MANAGER].network_id, job_id=job_id)
    verbs = db.session.scalars(select(AuditEntry.verb).order_by(AuditEntry.number)).all()
    assert verbs == ["open_period", "ask_to_fill", "begin_job", "take_plan", "end_job"]


@pytest.mark.parametrize(("state", "to"), list(itertools.product(JobState, JobState)))
def test_jobs_move_as_the_table_says_and_not_otherwise(
    cast: Cast, job_id: uuid.UUID, state: JobState, to: JobState
) -> None:
    job = db.session.get_one(SolveJob, job_id)
    job.state = state
    db.session.commit()
    if to in MOVES[state]:
        give_up_job(SYSTEM, job_id, to, "")
        assert state_of(job_id) is to
    else:
        with pytest.raises(Refusal):
            give_up_job(SYSTEM, job_id, to, "")
        assert state_of(job_id) is state


def test_a_job_taken_up_again_counts_its_attempts(cast: Cast, job_id: uuid.UUID) -> None:
    for attempt in (1, 2):
        begin_job(SYSTEM, job_id, "some engine")
        assert db.session.get_one(SolveJob, job_id, populate_existing=True).attempts == attempt


def test_the_page_of_a_running_job_asks_again_and_that_of_an_ended_one_does_not(
    cast: Cast, job_id: uuid.UUID
) -> None:
    client = client_for(cast, MANAGER)
    url = f"/rota/jobs/{job_id}/"
    waiting = client.get(url).text
    assert 'hx-trigger="every 1s"' in waiting
    assert "Waiting for a free worker" in waiting
    solve(cast[MANAGER].network_id, job_id=job_id)
    ended = client.get(f"{url}progress").text
    assert "hx-trigger" not in ended
    assert "See the rota" in ended
    assert "Nothing short" in ended
