"""What leave comes to: balances, terms, limits, and the duty that leave takes on the grid."""

import html
from datetime import timedelta

import pytest
import time_machine

from bench.statements import counted
from network.access.rules import Role
from network.vocabulary import RoleGroup
from rota.leave.rules import AbsenceKind
from rota.limits.commands import set_limit
from tests.cast import Cast, client_for
from tests.makers import MONDAY
from tests.rota.advice.test_pages import MANAGER, asked, away, make_pair, published, question


@pytest.fixture(autouse=True)
def _weeks_before() -> None:
    with time_machine.travel(MONDAY - timedelta(weeks=4), tick=True):
        yield


def test_balances_are_for_oneself_and_for_who_decides(cast: Cast) -> None:
    own, other = make_pair(cast)
    staff = client_for(cast, Role.STAFF)
    assert "44.8" in staff.get("/leave/mine").text
    assert staff.get(f"/leave/balances/{own.id}").status_code == 200
    assert staff.get(f"/leave/balances/{other.id}").status_code == 404
    assert staff.get("/leave/balances").status_code == 403
    assert client_for(cast, Role.CLINICAL_LEAD).get(f"/leave/balances/{own.id}").status_code == 404
    assert other.name in client_for(cast, Role.PRACTICE_MANAGER).get("/leave/balances").text


def test_a_manager_adds_to_an_allowance_and_the_person_reads_why(cast: Cast) -> None:
    own, _ = make_pair(cast)
    client, address = client_for(cast, MANAGER), f"/leave/balances/{own.id}"
    answers = {"kind": "carried", "sessions": "2.5", "reason": "Agreed in March"}
    assert client.post(address, data=answers).status_code == 303
    page = client_for(cast, Role.STAFF).get(address).text
    assert "Agreed in March" in page
    assert "47.3" in page
    assert client_for(cast, Role.STAFF).post(address, data=answers).status_code == 403
    for changed, sentence in (({"sessions": "0"}, "but not 0"), ({"reason": " "}, "Enter the reason")):
        answer = client.post(address, data=answers | changed)
        assert (answer.status_code, sentence in answer.text) == (422, True)


def test_an_employer_sets_its_own_terms(cast: Cast) -> None:
    client = client_for(cast, Role.PRACTICE_MANAGER)
    address = f"/leave/terms/{cast.elm.id}"
    assert client.post(address, data={"weeks": "6", "year_day": "1", "year_month": "1"}).status_code == 303
    page = client.get("/leave/terms").text
    assert "1 January" in page
    assert "6.0" in page
    assert client.post(address, data={"weeks": "4"}).status_code == 422
    assert client.get(f"/leave/terms/{cast.oak.id}").status_code in (403, 404)


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_a_slip_of_the_year_is_reckoned_by_nobody(cast: Cast, year: str) -> None:
    own, _ = make_pair(cast)
    client, far = client_for(cast, Role.STAFF), f"{year}-12-31"
    assert client.get(f"/leave/balances/{own.id}?day={far}").status_code == 200
    for asked_for in ({"starts_on": far}, {"ends_on": far}):
        page = client.get("/leave/answer", query_string=question(own) | asked_for)
        assert (page.status_code, page.text.strip()) == (200, "")
        sent = client.post("/leave/new", data=question(own) | asked_for)
        assert sent.status_code == 422
        assert client.post("/leave/new", data=question(own) | asked_for | {"check": "yes"}).status_code == 422


def test_the_terms_of_any_number_of_employers_are_read_at_once(cast: Cast) -> None:
    client = client_for(cast, MANAGER)
    client.get("/leave/terms")

    def statements() -> int:
        with counted() as sent:
            assert client.get("/leave/terms").status_code == 200
        return sum("leave_terms" in each for each in sent)

    assert statements() == 1


def test_a_list_says_which_absences_break_a_limit(cast: Cast) -> None:
    own, other = make_pair(cast)
    set_limit(cast[MANAGER], cast.elm.id, None, RoleGroup.GP, 1)
    away(cast, other)
    asked(cast, own)
    page = client_for(cast, MANAGER).get("/leave").text
    assert "2 away (GP) on Mon 7 December; 1 is the most" in page
    assert "1 is the most" not in client_for(cast, Role.STAFF).get("/leave").text


def test_the_grid_strikes_out_the_duty_that_leave_takes(cast: Cast) -> None:
    own, _ = make_pair(cast)
    version = published(cast, own)
    away(cast, own, AbsenceKind.SICKNESS)
    grid = f"/rota/versions/{version.id}/?week={MONDAY}"
    seen = {
        role: html.unescape(client_for(cast, role).get(grid).text) for role in (MANAGER, Role.CLINIC_LEAD)
    }
    assert "Sick <s>ELM</s>" in seen[MANAGER]
    assert "N/A <s>ELM</s>" in seen[Role.CLINIC_LEAD]
    assert "ickness" not in seen[Role.CLINIC_LEAD]
