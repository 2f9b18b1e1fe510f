import uuid
from datetime import datetime, time, timedelta

import pytest

from network.vocabulary import SessionKind
from rota.edits.rules import Cell
from rota.notices.rules import (
    Change,
    Duty,
    LetterKind,
    NoticeState,
    Reach,
    is_late,
    merged,
    notice_said,
    state_of,
)
from rota.notices.wording import dates_said, state_tag, subject_of
from tests.makers import MONDAY

CELL = Cell(uuid.uuid4(), MONDAY, SessionKind.MORNING)
NOW = datetime.combine(MONDAY - timedelta(1), time(9))


def duty(site: str = "Elm Surgery", starts: time = time(8), ends: time = time(12, 10)) -> Duty:
    return Duty(site, "Surgery", datetime.combine(MONDAY, starts), datetime.combine(MONDAY, ends))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (None, duty(), "new: Surgery at Elm Surgery"),
        (duty(), None, "no longer: Surgery at Elm Surgery"),
        (duty(), duty("Oak Surgery"), "Surgery at Oak Surgery instead of Surgery at Elm Surgery"),
        (
            duty(),
            duty(starts=time(9)),
            "Surgery at Elm Surgery: now 09:00 to 12:10 instead of 08:00 to 12:10",
        ),
        (duty(), duty(""), "Surgery, remote instead of Surgery at Elm Surgery"),
    ],
)
def test_each_kind_of_change_is_said(before: Duty | None, after: Duty | None, said: str) -> None:
    assert Change(CELL, before, after).said == said


def test_a_duty_is_read_as_it_was_kept() -> None:
    assert Duty.of_kept(duty().kept) == duty()
    assert Duty.of_kept(None) is None


def test_what_is_told_twice_is_one_change_from_the_first_to_the_last() -> None:
    first = Change(CELL, duty(), duty("Oak Surgery"), "swapped")
    second = Change(CELL, duty("Oak Surgery"), None, "annual leave")
    assert merged([first, second]) == (Change(CELL, duty(), None, "annual leave"),)


def test_what_came_back_again_is_no_change() -> None:
    away, back = Change(CELL, duty(), None), Change(CELL, None, duty())
    assert merged([away, back]) == ()


@pytest.mark.parametrize(
    ("moment", "is_rung"),
    [
        (NOW, True),
        (datetime.combine(MONDAY - timedelta(2), time(8, 1)), True),
        (datetime.combine(MONDAY - timedelta(2), time(8)), False),
        (datetime.combine(MONDAY, time(8, 1)), False),
    ],
)
def test_a_change_within_two_days_is_told_by_telephone(moment: datetime, is_rung: bool) -> None:
    assert Change(CELL, duty(), None).must_be_rung(moment) is is_rung


def test_the_earlier_of_two_hours_decides_when_it_is_too_late() -> None:
    assert Change(CELL, duty(starts=time(13)), duty(starts=time(8))).starts == duty().starts


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (-1, "already past"),
        (0, "today"),
        (1, "1 day's notice"),
        (41, "41 days' notice"),
        (42, "6 weeks' notice"),
        (84, "12 weeks' notice"),
    ],
)
def test_notice_is_said_in_weeks_then_in_days(days: int, said: str) -> None:
    assert notice_said(MONDAY + timedelta(days), MONDAY) == said


def test_less_notice_than_is_owed_is_late() -> None:
    assert is_late(MONDAY + timedelta(41), MONDAY, 6)
    assert not is_late(MONDAY + timedelta(42), MONDAY, 6)
    assert not is_late(MONDAY - timedelta(1), MONDAY, 6)
    assert not is_late(MONDAY, MONDAY, 0)


def test_states_go_from_knowing_least_to_knowing_most() -> None:
    assert state_of(None, None, None) is NoticeState.UNSEEN
    assert state_of(NOW, None, None) is NoticeState.SEEN
    assert state_of(NOW, None, NOW) is NoticeState.IN_PERSON
    assert state_of(NOW, NOW, NOW) is NoticeState.CONFIRMED


def test_each_state_has_a_tag() -> None:
    assert all(state_tag(state).text == state.label for state in NoticeState)


@pytest.mark.parametrize(
    ("email", "has_account", "in_person"),
    [("a@example.org", True, False), ("a@example.org", False, True), ("", True, True)],
)
def test_who_cannot_read_or_cannot_answer_is_told_in_person(email, has_account, in_person) -> None:
    assert Reach(uuid.uuid4(), "Amy", email, has_account).must_be_told_in_person is in_person


def test_letters_name_dates_and_no_more() -> None:
    assert dates_said([MONDAY + timedelta(1), MONDAY, MONDAY]) == ["Monday 7 December", "Tuesday 8 December"]
    assert subject_of(LetterKind.NEWS, False, MONDAY) == "Your rota from 7 December has changed"
    assert subject_of(LetterKind.REMINDER, True, MONDAY) == "Reminder: your rota from 7 December"
