import pytest

from network.access.rules import Role
from network.organisations import queries
from network.organisations.records import Room
from network.vocabulary import EquipmentKind, RoomKind
from tests import makers
from tests.cast import Cast, client_for


@pytest.fixture
def admin(cast: Cast):
    return client_for(cast, Role.ADMINISTRATOR)


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


def _as_form(fields):
    return {name: [value for other, value in fields if other == name] for name, _ in fields}
