import uuid
from datetime import UTC, datetime, timedelta

from mdt.lists.rules import ItemState
from mdt.readback.rules import action_id_of, seconds_between, seconds_taken, state_when_left

NOON = datetime(2026, 12, 9, 12, tzinfo=UTC)


def test_time_counts_only_while_a_case_is_open() -> None:
    assert seconds_taken(40, None, NOON) == 40
    assert seconds_taken(40, NOON - timedelta(seconds=21.9), NOON) == 61


def test_no_time_runs_backwards() -> None:
    assert seconds_between(NOON, NOON - timedelta(seconds=3)) == 0


def test_a_case_that_is_left_waits_again_unless_it_was_read_back_or_noted() -> None:
    assert state_when_left(is_read_back=False, was_noted=False) is ItemState.PLANNED
    assert state_when_left(is_read_back=True, was_noted=False) is ItemState.DECIDED
    assert state_when_left(is_read_back=False, was_noted=True) is ItemState.NOTED


def test_an_action_that_is_sent_twice_has_one_id() -> None:
    item = uuid.uuid4()
    assert action_id_of(item, "one") == action_id_of(item, "one")
    assert len({action_id_of(item, "one"), action_id_of(item, "two"), action_id_of(uuid.uuid4(), "one")}) == 3
