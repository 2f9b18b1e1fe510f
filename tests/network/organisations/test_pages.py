import pytest

from network.access.rules import Role
from network.organisations import queries
from network.organisations.records import Room
from network.vocabulary import EquipmentKind, RoomKind
from tests import makers
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


def test_a_site_gets_hours_and_rooms(cast, admin):
    site = {"name": "Elm branch", "code": "elb", "latitude": "51.5", "longitude": "-0.12", "accessible": "y"}
    page = admin.post(
        f"/network/organisations/{cast.elm.id}/sites/add", data=site, follow_redirects=True
    ).text
    assert "Enter its opening hours next" in page
    (branch,) = [site for site in queries.sites_for(cast[Role.STAFF]) if site.code == "ELB"]
    hours = {"starts_0_AM": "08:30", "ends_0_AM": "12:40"}
    page = admin.post(f"/network/sites/{branch.id}/hours", data=hours, follow_redirects=True).text
    assert "08:30 to 12:40" in page
    room = {"name": "Blue", "kind": "treatment", "attributes": ["couch", "hoist"], "bookable": "y"}
    page = admin.post(f"/network/sites/{branch.id}/rooms/add", data=room, follow_redirects=True).text
    assert "Examination couch and Hoist" in page


def test_hours_that_cannot_be_come_back_at_their_session(cast, admin):
    answer = admin.post(
        f"/network/sites/{cast.elm_site.id}/hours",
        data={"starts_0_AM": "12:00", "ends_0_AM": "08:00", "starts_1_AM": "08:00"},
    )
    assert answer.status_code == 422
    assert "Monday AM must end after it starts." in answer.text
    assert "Enter both a start and an end for Tuesday AM, or neither." in answer.text
    assert 'href="#starts_0_AM"' in answer.text


def test_monday_is_copied_without_saving(cast, admin):
    url = f"/network/sites/{cast.elm_site.id}/hours"
    answer = admin.post(url, data={"starts_0_AM": "07:15", "ends_0_AM": "12:00", "copy_monday": "yes"})
    assert answer.status_code == 200
    assert answer.text.count('value="07:15"') == 5
    assert "07:15" not in admin.get(url).text


def test_a_removed_room_comes_back_as_it_was(cast, admin):
    offers = {"hoist": True, "couch": True}
    room = makers.keep(Room(site_id=cast.elm_site.id, name="Blue", kind=RoomKind.GROUP, attributes=offers))
    makers.db.session.commit()
    admin.post(f"/network/rooms/{room.id}/remove")
    with admin.session_transaction() as session:
        ((_, banner),) = session["_flashes"]
    admin.post(banner["undo_url"], data=_as_form(banner["fields"]))
    organisation = queries.get_organisation_for(cast[Role.STAFF], cast.elm.id)
    (again,) = [room for room in organisation.sites[0].rooms if room.name == "Blue"]
    assert (again.kind, again.attributes) == (RoomKind.GROUP, {"couch": True, "hoist": True})


def test_equipment_is_added_and_removed(cast, admin):
    url = f"/network/organisations/{cast.elm.id}/equipment/add"
    answers = {"kind": "ecg", "number": "2", "site_id": str(cast.elm_site.id)}
    assert "ECG machine is added." in admin.post(url, data=answers, follow_redirects=True).text
    (ecg,) = queries.equipment_of(cast.elm)
    assert (ecg.kind, ecg.number, ecg.site.code) == (EquipmentKind.ECG, 2, "ELM")
    page = admin.post(f"/network/equipment/{ecg.id}/remove", follow_redirects=True).text
    assert "ECG machine is removed." in page
    assert queries.equipment_of(cast.elm) == []


@pytest.mark.parametrize("word", ["change", "leave", "sites/add", "equipment/add"])
def test_others_may_look_but_not_edit(cast, word):
    client = client_for(cast, Role.WORKFORCE_MANAGER)
    assert client.get(f"/network/organisations/{cast.elm.id}").status_code == 200
    assert client.get(f"/network/organisations/{cast.elm.id}/{word}").status_code == 403


def test_a_stranger_finds_no_page(cast, client):
    sign_in(client, cast.stranger_account)
    assert client.get(f"/network/organisations/{cast.elm.id}").status_code == 404


def _as_form(fields):
    return {name: [value for other, value in fields if other == name] for name, _ in fields}
