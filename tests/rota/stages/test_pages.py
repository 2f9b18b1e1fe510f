import re
from datetime import timedelta

import time_machine

from network.access.rules import Role
from network.plumbing.database import db
from rota.rotas.rules import PeriodState
from rota.stages.commands import approve_part, propose_version
from tests.cast import Cast, client_for
from tests.makers import MONDAY
from tests.rota import scene
from tests.rota.stages.test_commands import MANAGER, PRACTICE, a_draft


def test_the_page_offers_a_practice_manager_their_own_part_alone(cast: Cast) -> None:
    version = a_draft(cast)
    propose_version(cast[MANAGER], version.id)
    page = client_for(cast, PRACTICE).get(f"/rota/{version.period_id}")
    assert page.text.count(">Approve<") == 1
    assert "Back to drafting" not in page.text
    answer = client_for(cast, PRACTICE).post(
        f"/rota/versions/{version.id}/approve/{cast.elm.id}", follow_redirects=True
    )
    assert "Approved. You are told here" in answer.text
    assert "1 of 2 have approved" in answer.text


def test_staff_see_where_a_rota_is_but_no_draft(cast: Cast) -> None:
    version = a_draft(cast)
    assert client_for(cast, Role.STAFF).get(f"/rota/{version.period_id}").status_code == 404
    scene.make_chosen(version)
    page = client_for(cast, Role.STAFF).get(f"/rota/{version.period_id}")
    assert page.status_code == 200
    assert "Versions" not in page.text


def test_steps_are_marked_by_words_and_not_by_colour_alone(cast: Cast) -> None:
    version = a_draft(cast)
    page = client_for(cast, MANAGER).get(f"/rota/{version.period_id}").text
    assert re.search(r'aria-current="step">Drafting<span[^>]*>, now<', page)
    assert re.search(r">Published<span[^>]*>, still to come<", page)


def test_a_reason_is_asked_for_again_where_it_is_missing(cast: Cast) -> None:
    version = a_draft(cast)
    scene.make_chosen(version)
    answer = client_for(cast, MANAGER).post(f"/rota/versions/{version.id}/reopen", data={"why": ""})
    assert answer.status_code == 422
    assert "Enter why the rota is opened again" in answer.text


def test_questions_that_a_practice_manager_may_not_answer_are_not_asked(cast: Cast) -> None:
    version = a_draft(cast)
    browser = client_for(cast, PRACTICE)
    for page in ("new", *(f"versions/{version.id}/{word}" for word in ("collect", "what-if", "label"))):
        assert browser.get(f"/rota/{page}").status_code == 403


def test_the_first_page_says_which_rota_waits_for_whom(cast: Cast) -> None:
    version = a_draft(cast)
    propose_version(cast[MANAGER], version.id)
    waits = "is proposed: look over the part of Elm Surgery."
    assert waits in client_for(cast, PRACTICE).get("/").text
    assert waits not in client_for(cast, MANAGER).get("/").text
    approve_part(cast[PRACTICE], version.id, cast.elm.id)
    assert waits not in client_for(cast, PRACTICE).get("/").text
    version.period.state, version.period.requests_until = PeriodState.COLLECTING, MONDAY.replace(year=2020)
    db.session.commit()
    assert "is over: begin drafting." in client_for(cast, MANAGER).get("/").text
    assert "is over: begin drafting." not in client_for(cast, PRACTICE).get("/").text


def test_a_rota_that_is_over_waits_to_be_closed(cast: Cast) -> None:
    version = a_draft(cast)
    scene.make_chosen(version)
    with time_machine.travel(MONDAY + timedelta(8)):
        assert "is over: close it for payroll." in client_for(cast, MANAGER).get("/").text
        page = client_for(cast, MANAGER).post(f"/rota/versions/{version.id}/close", follow_redirects=True)
        assert "The rota is closed. Payroll can count it." in page.text
        assert "is over: close it" not in client_for(cast, MANAGER).get("/").text
