import csv
import re
from datetime import date, timedelta

import pytest
import time_machine

from mdt.cases.commands import note_case_opened
from mdt.patients.rules import Identity
from network.access.rules import Role
from network.accounts.commands import give_role, set_sign_in_rules
from network.audit.queries import Wanted, entries_for
from network.audit.rules import DeedKind
from network.organisations.commands import add_organisation
from network.organisations.queries import names_known
from network.plumbing.database import in_network, now, today
from network.plumbing.refusals import NotFound
from network.vocabulary import OrganisationKind
from tests.cast import Cast, client_for
from tests.mdt.scene import refer


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


def test_the_trail_is_narrowed_to_one_person_by_reference_and_only_an_id_is_in_the_address(
    cast: Cast,
) -> None:
    case, other = refer(cast), refer(cast, identity=Identity("Else", "Sam", date(1950, 5, 6)))
    note_case_opened(cast[Role.CARE_COORDINATOR], other.id)
    lead = client_for(cast, Role.GOVERNANCE_LEAD)
    for words in ("c-1", " C-0001 ", "999 000 0018"):
        answer = lead.post("/audit/about", data={"words": words})
        assert answer.location == f"/audit?about={case.patient_id}"
    page = lead.get(answer.location).text
    assert "Only what was done with the data of <strong>C-0001</strong>" in page
    assert "<td>Refer patient" in page
    assert "<td>Open case" not in page
    assert f"/patients/{case.patient_id}/seen" in page
    assert "Specimen" not in page
    looked_up = entries_for(cast[Role.GOVERNANCE_LEAD], Wanted(verb="look_up_person"))
    assert [entry.about_id for entry in looked_up.entries] == [case.patient_id] * 3

    nobody = lead.post("/audit/about", data={"words": "C-0099"}, follow_redirects=True)
    assert "Nobody is known by that here" in nobody.text
    assert numbers(lead.get(f"/audit?about={cast.elm.id}").text) == []
    assert lead.get("/audit?about=nonsense").status_code == 200
    # An administrator runs the network, and does not look people up.
    administrator = client_for(cast, Role.ADMINISTRATOR)
    assert administrator.post("/audit/about", data={"words": "C-0001"}).status_code == 403
    assert "Whose data?" not in administrator.get("/audit").text


def test_the_trail_is_narrowed_by_kind_of_deed_and_taken_out_as_a_harmless_file(cast: Cast) -> None:
    administrator = cast[Role.ADMINISTRATOR]
    case = refer(cast)
    note_case_opened(cast[Role.CARE_COORDINATOR], case.id)
    add_organisation(administrator, kind=OrganisationKind.VOLUNTARY, name="=cmd|' /C calc'!A0")
    client = client_for(cast, Role.ADMINISTRATOR)
    page = client.get("/audit", query_string={"kind": "view"}).text
    assert ("<td>Open case" in page, "<td>Refer patient" in page) == (True, False)
    assert "C-0001" in page
    assert '<span class="soft">=cmd|' in client.get("/audit").text, "organisations by name"
    assert names_known(administrator, [cast.stranger.network_id, cast.elm.id]) == {cast.elm.id: cast.elm.name}
    assert client.get("/audit", query_string={"kind": "nonsense"}).status_code == 422
    whole = client.post("/audit/export", data={})
    assert whole.headers["Content-Disposition"] == "attachment; filename=audit.csv"
    lines = list(csv.reader(whole.data.decode("utf-8-sig").splitlines()))
    assert lines[0][:3] == ["No.", "When", "Who"]
    assert [line[0] for line in lines[1:]] == [str(number) for number in range(1, len(lines))]
    assert not [cell for line in lines for cell in line if cell.startswith(("=", "+", "@"))]
    some = client.post("/audit/export", data={"kind": "view"})
    assert len(some.data.splitlines()) == 2
    exported = entries_for(administrator, Wanted(kind=DeedKind.EXPORT)).entries
    assert [entry.details["entries"] for entry in exported] == [1, len(lines) - 1]
