from datetime import UTC, datetime, timedelta

import pytest

from mdt.dates.rules import (
    MeetingDetails,
    wrong_with_date,
    wrong_with_length,
    wrong_with_link,
    wrong_with_quorum,
)

NOON = datetime(2026, 12, 10, 12, tzinfo=UTC)
DETAILS = MeetingDetails(NOON)


@pytest.mark.parametrize(
    ("minutes", "opening", "closing", "is_right"),
    [
        (60, 2, 4, True),
        (5, 0, 0, True),
        (480, 2, 4, True),
        (4, 0, 0, False),
        (481, 2, 4, False),
        (60, 30, 30, False),
        (60, -1, 4, False),
        (60, 2, -1, False),
    ],
)
def test_a_length_leaves_time_for_cases(minutes: int, opening: int, closing: int, is_right: bool) -> None:
    assert (not wrong_with_length(minutes, opening, closing)) is is_right


@pytest.mark.parametrize(
    ("link", "is_right"), [("", True), ("https://a.example", True), ("javascript:alert(1)", False)]
)
def test_a_link_leads_to_a_page(link: str, is_right: bool) -> None:
    assert (not wrong_with_link(link)) is is_right


@pytest.mark.parametrize(("number", "is_right"), [(0, True), (9, True), (10, False), (-1, False)])
def test_a_quorum_asks_for_a_few(number: int, is_right: bool) -> None:
    assert (not wrong_with_quorum({"pharmacy": number})) is is_right


def test_a_date_cannot_be_moved_into_the_past() -> None:
    assert "still to come" in wrong_with_date(DETAILS, NOON + timedelta(days=1), NOON)


def test_a_date_that_should_have_begun_can_still_be_changed() -> None:
    assert not wrong_with_date(DETAILS, NOON, NOON + timedelta(minutes=5))
