from dataclasses import replace
from datetime import timedelta

import pytest

from network.access.rules import Role
from network.plumbing.database import db, in_network, today
from network.vocabulary import Activity, RoleGroup, SessionKind
from rota.demand import commands
from rota.demand.queries import closures_for_planning, templates_for_planning
from rota.demand.records import Closure
from rota.demand.rules import Want
from tests.cast import Cast, client_for

SURGERY = Want(0, SessionKind.MORNING, RoleGroup.GP, Activity.SURGERY, 1, 2, 3)
ANSWERS = {
    "session": "0-AM",
    "role_group": "gp",
    "activity": "surgery",
    "minimum": "1",
    "desired": "2",
    "maximum": "3",
    "room": "consulting",
    "funding": "core",
    "competencies": ["minor_surgery"],
}
MANAGER = Role.WORKFORCE_MANAGER


def test_a_line_is_added_changed_and_removed(cast: Cast) -> None:
    client, site_id, network_id = client_for(cast, MANAGER), cast.elm_site.id, cast.network.id
    assert "Elm Surgery" in client.get("/demand").text
    assert "No cover is wanted here yet" in client.get(f"/demand/{site_id}").text
    assert client.post(f"/demand/{site_id}/add", data=ANSWERS).status_code == 303
    page = client.get(f"/demand/{site_id}").text
    assert "1 / 2 / 3" in page
    with in_network(network_id):
        [line] = templates_for_planning(today(), today())
        assert line.want.competencies == ("minor_surgery",)
    address = f"/demand/lines/{line.template_id}"
    assert "checked" in client.get(address).text
    assert client.post(address, data=ANSWERS | {"maximum": "5"}).status_code == 303
    assert "1 / 2 / 5" in client.get(f"/demand/{site_id}").text
    assert client.post(f"{address}/remove").status_code == 303
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"minimum": ""}, "Enter the minimum, or 0."),
        ({"desired": "two"}, "Enter a whole number, such as 2."),
        ({"desired": "0"}, "The desired number cannot be below the minimum, 1."),
        ({"maximum": "1"}, "The most cannot be below the desired number, 2."),
        ({"maximum": "999999999999999999999"}, "Enter a whole number"),
        ({"session": "5-SAT_AM"}, "Choose a session in which the site is open."),
        ({"role_group": ""}, "Choose one from the list."),
        (
            {"starts_on": "2027-01-01", "ends_on": "2026-01-01"},
            "The last day must be on or after the first day.",
        ),
        ({"competencies": ["juggling"]}, "juggling"),
    ],
)
def test_numbers_that_cannot_be_come_back_with_what_to_do(cast: Cast, changed: dict, sentence: str) -> None:
    answer = client_for(cast, MANAGER).post(f"/demand/{cast.elm_site.id}/add", data=ANSWERS | changed)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert sentence in answer.text


def test_the_same_line_twice_is_told_on_the_form(cast: Cast) -> None:
    client, site_id = client_for(cast, MANAGER), cast.elm_site.id
    client.post(f"/demand/{site_id}/add", data=ANSWERS)
    again = client.post(f"/demand/{site_id}/add", data=ANSWERS)
    assert again.status_code == 422
    assert "already has a line for GP surgery on Monday AM" in again.text


def test_a_cell_leads_to_a_form_that_knows_it(cast: Cast) -> None:
    address = (
        f"/demand/{cast.elm_site.id}/add?session=2-PM&role_group=nurse&activity=clinic&minimum=x&starts_on=x"
    )
    page = client_for(cast, MANAGER).get(address).text
    assert '<option value="2-PM" selected>' in page
    assert '<option value="nurse" selected>' in page


def test_a_weekday_is_copied(cast: Cast) -> None:
    commands.add_demand(cast[MANAGER], cast.elm_site.id, SURGERY)
    client, address = client_for(cast, MANAGER), f"/demand/{cast.elm_site.id}/copy"
    assert client.get(address).status_code == 200
    assert client.post(address, data={"weekday": "0"}).status_code == 422
    assert client.post(address, data={"weekday": "0", "to": ["1", "2"]}).status_code == 303
    assert client.get(f"/demand/{cast.elm_site.id}").text.count("1 / 2 / 3") == 3


def test_bank_holidays_are_offered_and_taken(cast: Cast) -> None:
    client, network_id = client_for(cast, MANAGER), cast.network.id
    address = f"/demand/{cast.elm_site.id}/closures"
    assert "Christmas Day" in client.get(address).text
    assert client.post(f"{address}/bank-holidays", data={"all": "yes"}).status_code == 303
    with in_network(network_id):
        closed = closures_for_planning(today(), today() + timedelta(365))
    assert {each.site_id for each in closed} == {cast.elm_site.id, cast.oak_site.id}


def test_a_site_closes_for_an_afternoon_and_opens_again(cast: Cast) -> None:
    client, address = client_for(cast, MANAGER), f"/demand/{cast.elm_site.id}/closures"
    monday = today() + timedelta(7 - today().weekday())
    learning = {"day": str(monday), "kind": "PM", "why": "Protected learning time"}
    assert client.post(address, data=learning).status_code == 303
    assert "Protected learning time" in client.get(address).text
    assert client.post(address, data=learning).status_code == 422
    assert client.post(address, data={"day": "x", "kind": "", "why": ""}).status_code == 422
    with in_network(cast.network.id):
        [closure_id] = [each.id for each in db.session.scalars(db.select(Closure))]
    assert client.post(f"{address}/{closure_id}/remove").status_code == 303


def test_a_practice_manager_reads_the_demand_of_others_without_buttons(cast: Cast) -> None:
    commands.add_demand(cast[MANAGER], cast.oak_site.id, replace(SURGERY))
    client = client_for(cast, Role.PRACTICE_MANAGER)
    page = client.get(f"/demand/{cast.oak_site.id}").text
    assert "1 / 2 / 3" in page
    assert "Add a line" not in page
    assert client.post(f"/demand/{cast.oak_site.id}/add", data=ANSWERS).status_code == 403
    assert client_for(cast, Role.STAFF).get("/demand").status_code == 403
