from sqlalchemy import select

from network.access.rules import Role
from network.plumbing.database import db
from rota.requests.records import RotaRequest
from tests.cast import Cast, client_for
from tests.makers import MONDAY
from tests.rota import scene
from tests.rota.requests.test_commands import own_member

OFF = {"works": "off", "when": MONDAY.isoformat(), "part": "whole", "points": "4"}


def test_staff_make_change_and_withdraw_a_wish(cast: Cast) -> None:
    scene.make_scene(cast)
    me = own_member(cast)
    version = scene.open_rota(cast)
    period_id, me_id = version.period_id, me.id
    client = client_for(cast, Role.STAFF)
    assert "10 of 10 points" in client.get("/requests").text
    page = f"/requests/{period_id}/{me_id}"
    answer = client.post(page, data=OFF, follow_redirects=True)
    assert "Noted: Off Monday 7 December, all day." in answer.text
    assert "6 of 10 points" in answer.text
    request_id = db.session.scalars(select(RotaRequest.id)).one()
    change = f"/requests/change/{request_id}"
    assert 'value="4"' in client.get(change).text
    answer = client.post(change, data=OFF | {"when": "every-5", "part": "morning"}, follow_redirects=True)
    assert "keeps that time free already" in answer.text
    answer = client.post(change, data=OFF | {"when": "every-1", "part": "morning"}, follow_redirects=True)
    assert "Changed to: Off every Tuesday, morning." in answer.text
    answer = client.post(f"/requests/withdraw/{request_id}", follow_redirects=True)
    assert "its points are free again" in answer.text
    assert 'name="when" value="every-1"' in answer.text
    assert 'name="part" value="morning"' in answer.text


def test_what_is_wrong_comes_back_with_the_form(cast: Cast) -> None:
    scene.make_scene(cast)
    me = own_member(cast)
    version = scene.open_rota(cast)
    page = f"/requests/{version.period_id}/{me.id}"
    client = client_for(cast, Role.STAFF)
    for wrong, part in (
        ({"points": "12"}, "Spend 1 to 10 points"),
        ({"points": "two"}, "Enter a whole number"),
        ({"points": ""}, "Enter the points you spend"),
        ({"when": "2031-01-01"}, "Choose a day of this rota"),
        ({"when": "every-6"}, "Choose a day of this rota"),
        ({"part": "evening"}, "keeps that time free already"),
    ):
        answer = client.post(page, data=OFF | wrong)
        assert answer.status_code == 422, wrong
        assert part in answer.text


def test_a_manager_enters_a_wish_for_somebody(cast: Cast) -> None:
    people = scene.make_scene(cast)
    version = scene.open_rota(cast)
    period_id, member_id = version.period_id, people[0].id
    client = client_for(cast, Role.PRACTICE_MANAGER)
    listed = client.get(f"/requests/{period_id}")
    assert "Example00" in listed.text
    assert "Example01" not in listed.text
    lost = client.get(f"/requests/find?period_id={period_id}&member_id=", follow_redirects=True)
    assert "Choose a person from the list." in lost.text
    found = client.get(f"/requests/find?period_id={period_id}&member_id={member_id}", follow_redirects=True)
    assert "Wishes of Alex Example00" in found.text
    answer = client.post(f"/requests/{period_id}/{member_id}", data=OFF, follow_redirects=True)
    assert "entered by" in answer.text
    assert client.get(f"/requests/{period_id}/{people[1].id}").status_code == 404


def test_the_first_page_says_how_many_points_are_left(cast: Cast) -> None:
    scene.make_scene(cast)
    own_member(cast)
    scene.open_rota(cast)
    assert "you have 10 of 10 points left to wish with" in client_for(cast, Role.STAFF).get("/").text
