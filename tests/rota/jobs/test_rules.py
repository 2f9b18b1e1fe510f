from datetime import timedelta

from network.plumbing.database import now
from rota.jobs.rules import ENDED, MOVES, TAKEN, JobState, is_silent, seconds_left


def test_every_state_of_a_job_has_its_moves_and_ends_are_ends() -> None:
    assert set(MOVES) == set(JobState)
    assert {JobState.DONE, JobState.STOPPED, JobState.CANCELLED, JobState.FAILED} == ENDED
    assert TAKEN < ENDED


def test_every_state_leads_to_an_end() -> None:
    for state in set(JobState) - ENDED:
        assert MOVES[state] & ENDED


def test_a_worker_is_silent_after_ten_seconds() -> None:
    assert is_silent(now() - timedelta(seconds=11), now())
    assert not is_silent(now() - timedelta(seconds=9), now())
    assert not is_silent(None, now())


def test_a_job_picked_up_again_has_the_rest_of_its_time() -> None:
    assert seconds_left(20, 12) == 8
    assert seconds_left(20, 30) == 1
