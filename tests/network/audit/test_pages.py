import re
from datetime import timedelta

import pytest
import time_machine

from network.access.rules import Role
from network.accounts.commands import give_role, set_sign_in_rules
from network.audit.queries import Wanted, entries_for
from network.plumbing.database import in_network, now, today
from network.plumbing.refusals import NotFound
from tests.cast import Cast, client_for


@pytest.fixture
def trail(cast: Cast) -> Cast:
    administrator = cast[Role.ADMINISTRATOR]
    with time_machine.travel(now() - timedelta(days=3)):
        set_sign_in_rules(administrator, 20)
    give_role(administrator, cast.accounts[Role.STAFF].id, Role.TRAINEE, cast.elm.id)
    with in_network(cast.stranger.network_id):
        set_sign_in_rules(administrator, 45)
    return cast


def numbers(page: str) -> list[int]:
    return [int(found) for found in re.findall(r'<th scope="row" class="is-numeric">(\d+)</th>', page)]


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.GOVERNANCE_LEAD])
def test_investigators_see_the_trail_of_their_network_newest_first(trail: Cast, role: Role) -> None:
    page = client_for(trail, role).get("/audit").text
    assert numbers(page) == [2, 1]
    assert "Give role" in page
    assert "role: trainee" in page
    assert "idle minutes: 45" not in page


def test_others_do_not(trail: Cast) -> None:
    for role in set(Role) - {Role.ADMINISTRATOR, Role.GOVERNANCE_LEAD}:
        assert client_for(trail, role).get("/audit").status_code == 403
        with pytest.raises(NotFound):
            entries_for(trail[role], Wanted())


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ({}, [2, 1]),
        ({"verb": "give_role"}, [2]),
        ({"verb": "nothing_like_it"}, []),
        ({"starts_on": 0}, [2]),
        ({"ends_on": -1}, [1]),
        ({"starts_on": -3, "ends_on": -3}, [1]),
        ({"account_id": "administrator"}, [2, 1]),
        ({"account_id": "", "verb": "", "starts_on": "", "ends_on": ""}, [2, 1]),
    ],
)
def test_the_trail_is_searched_by_person_deed_and_day(trail: Cast, search: dict, found: list[int]) -> None:
    query = {
        name: (today() + timedelta(days=v)).isoformat() if isinstance(v, int) else v
        for name, v in search.items()
    }
    if query.get("account_id"):
        query["account_id"] = str(trail[Role.ADMINISTRATOR].account_id)
    answer = client_for(trail, Role.ADMINISTRATOR).get("/audit", query_string=query)
    assert answer.status_code == 200
    assert numbers(answer.text) == found


@pytest.mark.parametrize(
    "query",
    [{"account_id": "x"}, {"starts_on": "31.2."}, {"page": "x"}, {"page": "-4"}, {"page": "9999999999"}],
)
def test_a_nonsensical_search_breaks_nothing(trail: Cast, query: dict) -> None:
    answer = client_for(trail, Role.ADMINISTRATOR).get("/audit", query_string=query)
    assert answer.status_code in {200, 422}
    assert numbers(answer.text) == [2, 1]


def test_a_long_trail_comes_in_pages(trail: Cast) -> None:
    for minutes in range(5, 105):
        set_sign_in_rules(trail[Role.ADMINISTRATOR], minutes)
    client = client_for(trail, Role.ADMINISTRATOR)
    first = client.get("/audit", query_string={"verb": "set_sign_in_rules"}).text
    assert numbers(first) == list(range(102, 52, -1))
    assert "Page 1 of 3" in first
    assert "/audit?verb=set_sign_in_rules&amp;page=2" in first
    assert numbers(client.get("/audit?verb=set_sign_in_rules&page=3").text) == [1]
