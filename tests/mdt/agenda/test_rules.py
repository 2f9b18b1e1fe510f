from datetime import date

import pytest

from mdt.agenda.rules import publish_by

CHRISTMAS = {date(2026, 12, 25), date(2026, 12, 28)}


@pytest.mark.parametrize(
    ("meeting_on", "by"),
    [
        (date(2026, 12, 9), date(2026, 12, 7)),
        (date(2026, 12, 7), date(2026, 12, 3)),
        (date(2026, 12, 6), date(2026, 12, 3)),
        (date(2026, 12, 29), date(2026, 12, 23)),
    ],
    ids=["midweek", "over a weekend", "on a Sunday", "over Christmas"],
)
def test_a_list_leaves_two_working_days_to_read_it(meeting_on: date, by: date) -> None:
    assert publish_by(meeting_on, CHRISTMAS) == by
