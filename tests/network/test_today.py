from datetime import UTC, datetime

import time_machine

from network.access.rules import Role
from tests.cast import Cast, client_for


def test_after_midnight_in_summer_it_is_the_new_day_in_england(cast: Cast) -> None:
    with time_machine.travel(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)):
        page = client_for(cast, Role.STAFF).get("/").text
    assert "Thursday 2 July" in page
