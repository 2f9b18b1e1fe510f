from datetime import timedelta

import pytest

from network.access.rules import Role
from network.plumbing.database import db, in_network, today
from rota.leave import commands
from rota.leave.rules import AbsenceKind, Away
from tests import makers
from tests.cast import Cast, client_for

SOON = today() + timedelta(30)
MANAGER = Role.PRACTICE_MANAGER


def make_member_id(cast: Cast) -> str:
    with in_network(cast.network.id):
        engagement = makers.make_engagement(cast.elm, makers.make_person("Example", "Amy"))
        member_id = str(makers.make_member(engagement, cast.network).id)
        db.session.commit()
    return member_id


def answers(member_id: str, **changed: str) -> dict[str, str]:
    given = {
        "member_id": member_id,
        "kind": "annual",
        "starts_on": str(SOON),
        "begins": "morning",
        "ends_on": str(SOON + timedelta(4)),
        "ends": "evening",
    }
    return given | changed


def test_a_manager_asks_for_somebody_and_a_colleague_approves(cast: Cast) -> None:
    member_id = make_member_id(cast)
    client = client_for(cast, MANAGER)
    assert "No request waits for a decision" in client.get("/leave").text
    answer = client.post("/leave/new", data=answers(member_id, begins="midday"))
    assert answer.status_code == 303
    page = client.get(answer.location, follow_redirects=True).text
    assert "from midday" in page
    assert "No working pattern is recorded" in page
    assert "Amy Example" in client.get("/leave").text
    assert "1 request" in client.get("/").text
    assert client.post(f"{answer.location}/approve").status_code == 303
    assert "Approved" in client.get("/leave?show=coming").text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"starts_on": ""}, "Enter the first day."),
        ({"starts_on": "31 Feb"}, "Enter a real date"),
        ({"ends_on": str(SOON - timedelta(1))}, "The last day must be on or after the first day."),
        ({"kind": "sickness"}, "Choose one from the list."),
        ({"member_id": "nobody"}, "Choose a person from the list."),
        ({"note": "x" * 501}, "Shorten the note"),
    ],
)
def test_a_form_that_cannot_be_used_comes_back_with_what_to_do(
    cast: Cast, changed: dict[str, str], sentence: str
) -> None:
    answer = client_for(cast, MANAGER).post("/leave/new", data=answers(make_member_id(cast)) | changed)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert sentence in answer.text


def test_declining_asks_for_a_reason(cast: Cast) -> None:
    client = client_for(cast, MANAGER)
    address = client.post("/leave/new", data=answers(make_member_id(cast))).location
    assert client.get(f"{address}/decline").status_code == 200
    assert client.post(f"{address}/decline", data={"reason": ""}).status_code == 422
    assert client.post(f"{address}/decline", data={"reason": "Two others are away."}).status_code == 303
    assert "Two others are away." in client.get(address).text


def test_sickness_is_reported_and_ended(cast: Cast) -> None:
    client = client_for(cast, MANAGER)
    days = answers(make_member_id(cast), starts_on=str(today()), ends_on="")
    assert client.get("/leave/sickness").status_code == 200
    address = client.post("/leave/sickness", data=days).location.removesuffix("/decision")
    assert "Sickness" in client.get(address).text
    assert "ickness" not in client_for(cast, Role.CLINICAL_LEAD).get(address).text
    assert client.get(f"{address}/back").status_code == 200
    assert client.post(f"{address}/back", data={"last_day": str(today())}).status_code == 303
    assert client.get(f"{address}/back").status_code == 404


def test_staff_withdraw_their_own_request(cast: Cast) -> None:
    person = cast[Role.STAFF].person_id
    member = makers.make_member(makers.make_engagement(cast.elm), cast.network)
    member.engagement.person_id = person
    db.session.commit()
    absence_id = commands.request_leave(cast[Role.STAFF], member.id, Away(AbsenceKind.ANNUAL, SOON, SOON))
    client = client_for(cast, Role.STAFF)
    assert client.post(f"/leave/{absence_id}/approve").status_code == 403
    assert client.post(f"/leave/{absence_id}/withdraw").status_code == 303
    assert client.get("/leave?show=past").text.count("Withdrawn") == 1


def test_somebody_who_is_not_on_the_rota_is_told_so(cast: Cast) -> None:
    assert "You are not on the rota yet" in client_for(cast, Role.STAFF).get("/leave/new").text


@pytest.mark.parametrize(
    "address",
    [
        "/leave?show=nonsense&page=-3",
        "/leave?page=9999999999999999999999",
        "/leave?show=coming",
        "/leave?show=past",
    ],
)
def test_odd_addresses_show_a_list(cast: Cast, address: str) -> None:
    assert client_for(cast, MANAGER).get(address).status_code == 200


def test_a_finance_viewer_has_no_leave_pages(cast: Cast) -> None:
    client = client_for(cast, Role.FINANCE_VIEWER)
    assert client.get("/leave").status_code == 403
    assert ">Leave<" not in client.get("/").text
