from datetime import date, timedelta

import pytest

from rota.mine.rules import Entry, EntryKind, first_monday, in_order
from tests.makers import MONDAY


@pytest.mark.parametrize(
    ("today", "asked_for", "monday"),
    [
        (MONDAY, None, MONDAY),
        (MONDAY + timedelta(5), None, MONDAY),
        (MONDAY + timedelta(6), None, MONDAY + timedelta(7)),
        (MONDAY, MONDAY + timedelta(9), MONDAY + timedelta(7)),
        (MONDAY, date.max, MONDAY),
        (MONDAY, date.min, MONDAY),
    ],
)
def test_a_page_begins_with_a_monday_that_one_can_live_to_see(today, asked_for, monday) -> None:
    assert first_monday(asked_for, today) == monday


def test_leave_over_several_sessions_is_one_line() -> None:
    am = Entry(EntryKind.AWAY, 1, ("AM",), "Annual leave")
    pm = Entry(EntryKind.AWAY, 2, ("PM",), "Annual leave")
    evening = Entry(EntryKind.WORK, 3, ("Evening",), "Enhanced access")
    first, second = in_order([evening, pm, am])
    assert (first.labels, first.title) == (("AM", "PM"), "Annual leave")
    assert second is evening
