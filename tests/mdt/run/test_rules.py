from datetime import UTC, date, datetime, timedelta

import pytest

from mdt.meetings.rules import MeetingKind, MeetingState
from mdt.run.rules import MOST_BORROWED, Part, borrowed_after, cannot_begin, leave_after, seconds_run
from mdt.run.wording import passed_on_said, unread_said

NOON = datetime(2026, 12, 9, 12, tzinfo=UTC)
M = MeetingState
MAY_BEGIN = {
    (M.PUBLISHED, MeetingKind.MEETING),
    (M.PUBLISHED, MeetingKind.HUDDLE),
    (M.PLANNED, MeetingKind.HUDDLE),
    # Until the minutes are signed a meeting goes on, to put them right.
    (M.MINUTES_DRAFT, MeetingKind.MEETING),
    (M.MINUTES_DRAFT, MeetingKind.HUDDLE),
}


@pytest.mark.parametrize("kind", MeetingKind, ids=str)
@pytest.mark.parametrize("state", M, ids=str)
def test_a_meeting_begins_from_where_it_may(state: MeetingState, kind: MeetingKind) -> None:
    assert (not cannot_begin(state, kind)) == ((state, kind) in MAY_BEGIN)


def test_a_meeting_runs_from_its_beginning_to_its_end() -> None:
    assert seconds_run(None, None, NOON) == 0
    assert seconds_run(NOON - timedelta(minutes=31), None, NOON) == 31 * 60
    assert seconds_run(NOON - timedelta(hours=9), NOON - timedelta(hours=8), NOON) == 3600


def test_whoever_comes_for_the_first_cases_may_leave_after_them() -> None:
    parts = [Part("Oak", 8), Part("Elm", 12), Part("Charity", None), Part("Ash", 3)]
    assert leave_after(parts, 12) == [Part("Ash", 3), Part("Oak", 8)]


def test_nobody_leaves_early_where_the_list_is_empty() -> None:
    assert leave_after([Part("Oak", 8)], 0) == []


def test_minutes_are_borrowed_and_given_back_within_reason() -> None:
    assert borrowed_after(0, 1) == 1
    assert borrowed_after(1, -2) == 0
    assert borrowed_after(MOST_BORROWED, 5) == MOST_BORROWED


def test_what_was_not_read_back_is_named() -> None:
    assert unread_said(["C-0001"]).startswith("C-0001 has minutes")
    assert unread_said(["C-0001", "C-0002", "C-0003"]).startswith("C-0001, C-0002 and C-0003 have minutes")


def test_where_a_case_goes_that_was_not_decided_is_said_with_the_next_date() -> None:
    assert passed_on_said(date(2026, 12, 9)) == (
        "What is not decided goes on to the next date, Wednesday 9 December."
    )
    assert "No next date is set" in passed_on_said(None)
