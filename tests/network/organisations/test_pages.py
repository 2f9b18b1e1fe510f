import pytest

from network.access.rules import Role
from tests.cast import Cast, client_for, sign_in


@pytest.fixture
def admin(cast: Cast):
    return client_for(cast, Role.ADMINISTRATOR)


def test_everybody_sees_who_belongs_to_the_network(cast):
    page = client_for(cast, Role.STAFF).get("/network").text
    assert "Elm Surgery" in page
    assert "Good Neighbours" in page
    assert "Far Surgery" not in page
    assert "Add an organisation" not in page


def test_an_empty_network_says_what_to_do(cast):
    client = sign_in(client_for(cast, Role.STAFF), cast.stranger_account)
    assert "Elm Surgery" not in client.get("/network").text


def test_an_organisation_is_added_and_its_site_comes_next(cast, admin):
    answers = {"kind": "pharmacy", "name": "Quay Pharmacy", "ods_code": "fzz01", "joined_on": "2026-11-02"}
    page = admin.post("/network/organisations/add", data=answers, follow_redirects=True).text
    assert "Quay Pharmacy is a member of the network" in page
    assert "FZZ01" in page
    assert "No sites yet" in page


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": " "}, "Enter the name of the organisation."),
        ({"kind": ""}, "Choose the kind of organisation."),
        ({"ods_code": "123"}, "Enter an ODS code with F and 4 letters or digits"),
        ({"joined_on": "31/02/2026"}, "Enter a real date"),
        ({"list_size": "many"}, "Enter a whole number"),
    ],
)
def test_a_wrong_answer_comes_back_with_what_to_do(admin, change, said):
    answers = {"kind": "pharmacy", "name": "Quay Pharmacy", "joined_on": "2026-11-02"} | change
    answer = admin.post("/network/organisations/add", data=answers)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert said in answer.text


def test_leaving_can_be_undone_from_the_banner(cast, admin):
    oak = f"/network/organisations/{cast.oak.id}"
    page = admin.post(f"{oak}/leave", data={"left_on": "2026-11-02"}, follow_redirects=True).text
    assert f'action="{oak}/stay"' in page
    assert "stays in the network" in admin.post(f"{oak}/stay", follow_redirects=True).text


@pytest.mark.parametrize("word", ["change", "leave", "sites/add", "equipment/add"])
def test_others_may_look_but_not_edit(cast, word):
    client = client_for(cast, Role.WORKFORCE_MANAGER)
    assert client.get(f"/network/organisations/{cast.elm.id}").status_code == 200
    assert client.get(f"/network/organisations/{cast.elm.id}/{word}").status_code == 403


def test_a_stranger_finds_no_page(cast, client):
    sign_in(client, cast.stranger_account)
    assert client.get(f"/network/organisations/{cast.elm.id}").status_code == 404
