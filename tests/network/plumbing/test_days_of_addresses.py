from datetime import date

import pytest

from network.plumbing.typed import Unreadable, day_of_address


def test_a_day_of_an_address_is_read() -> None:
    assert day_of_address("2026-12-07") == date(2026, 12, 7)


@pytest.mark.parametrize("text", ["9999-12-31", "0001-01-01", "x", "2026-02-30"])
def test_days_that_cannot_be_or_lie_too_far_off_are_none(text: str) -> None:
    with pytest.raises(Unreadable):
        day_of_address(text)
