from datetime import date, time

import pytest

from mdt.bookings.rules import HALF_DAYS, BookingState, Plan, Turn
from mdt.bookings.wording import (
    booking_tag,
    noticed_said,
    plan_said,
    standing_said,
    turn_said,
    unsuitable_said,
)

PLAN = Plan(date(2026, 8, 4), time(9), "Elm Surgery", 3)
B = BookingState


def test_a_plan_is_said_as_it_is_told_to_the_person() -> None:
    assert plan_said(PLAN) == "Tuesday 4 August, morning, Elm Surgery, Place 3"


@pytest.mark.parametrize("state", B)
def test_every_state_has_a_tag_and_a_sentence(state: B) -> None:
    assert booking_tag(state).text == state.label
    assert "Eye clinic" in standing_said(state, "Eye clinic", PLAN)
    assert standing_said(state, "Eye clinic", None)


def test_every_turn_has_a_heading_and_says_what_to_do() -> None:
    assert all(all(turn_said(turn)) for turn in Turn)


def test_what_the_rota_did_is_said_without_jargon() -> None:
    later = Plan(date(2026, 8, 11), time(14), "Oak Surgery", 1)
    assert noticed_said("Eye clinic", None, B.PLANNED, PLAN) == (
        "A place in Eye clinic is planned: Tuesday 4 August, morning, Elm Surgery, Place 3."
    )
    assert noticed_said("Eye clinic", PLAN, B.PLANNED, later).endswith(
        "now Tuesday 11 August, afternoon, Oak Surgery, Place 1;"
        " before, Tuesday 4 August, morning, Elm Surgery, Place 3."
    )
    assert noticed_said("Eye clinic", PLAN, B.CLOSED, None) == (
        "Eye clinic on Tuesday 4 August was closed, or moved out of their reach: they need another place."
    )
    assert "asked for again" in noticed_said("Eye clinic", PLAN, B.ASKED, None)


def test_half_days_that_do_not_suit_are_said_by_the_day_where_both_do_not() -> None:
    assert (
        unsuitable_said(["Friday afternoon", "Monday morning", "Friday morning"]) == "Monday morning, Friday"
    )
    assert not unsuitable_said([])
    assert unsuitable_said(HALF_DAYS).count(",") == 6
