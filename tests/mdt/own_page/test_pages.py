import re

import pytest
from flask import Flask
from sqlalchemy import select

from mdt.letters.records import LetterHead
from mdt.own_door.commands import stop_own_doors
from mdt.own_door.records import DoorNote, OwnDoor
from mdt.own_door.rules import MOST_TRIES, EndReason
from mdt.story.records import Statement
from network.access.rules import Role
from network.audit.records import AuditEntry
from network.plumbing.database import days_ago, in_network, today
from tests.cast import Cast, client_for
from tests.makers import keep
from tests.mdt.own_door.scene import BORN, COORDINATOR, make_carer, make_link, said
from tests.mdt.own_page.hands import come_in, phone, rows, statement_on
from tests.mdt.scene import make_case, refer


def test_a_person_comes_in_reads_corrects_and_writes_and_the_coordinator_hears_of_it(cast: Cast) -> None:
    patient_id = refer(cast).patient_id
    said(cast, patient_id)
    token = make_link(cast, patient_id)
    before = phone().get(f"/own/open/{token}")
    assert "allotment" not in before.text
    assert "Specimen" not in before.text
    visitor = come_in(token)
    page = visitor.get("/own")
    assert "My allotment." in page.text
    assert "Is it urgent? Do not write here." in page.text
    statement_id = statement_on(page)
    empty = visitor.post(f"/own/words/{statement_id}", data={"words": " "})
    assert empty.status_code == 422
    assert visitor.post(f"/own/words/{statement_id}", data={"words": "My sister."}).status_code == 303
    page = visitor.get("/own?done=corrected")
    assert "My sister." in page.text
    assert "My allotment." not in page.text
    visitor.post("/own/write", data={"words": "Please ring me."})
    old, new = rows(cast, select(Statement).order_by(Statement.noted_at))
    assert (old.words, old.ended_by, new.said_by) == ("My allotment.", "their own page", "Edith Specimen")
    coordinator = client_for(cast, COORDINATOR)
    assert "Wrote to you" in coordinator.get("/morning").text
    shown = coordinator.get(f"/patients/{patient_id}/own-page").text
    assert "Please ring me." in shown
    assert "My sister." in shown
    for note in rows(cast, select(DoorNote)):
        coordinator.post(f"/patients/own-pages/notes/{note.id}/read")
    assert "Wrote to you" not in coordinator.get("/morning").text


def test_who_says_that_it_is_still_true_has_said_so_today(cast: Cast) -> None:
    patient_id = refer(cast).patient_id
    said(cast, patient_id)
    visitor = come_in(make_link(cast, patient_id))
    visitor.post(f"/own/words/{statement_on(visitor.get('/own'))}/confirm")
    [statement] = rows(cast, select(Statement))
    assert statement.confirmed_on == today()
    assert "Still true on" in visitor.get("/own").text


def test_every_view_is_in_the_trail_and_told_to_the_person_without_names(cast: Cast) -> None:
    patient_id = refer(cast).patient_id
    client_for(cast, COORDINATOR).get(f"/patients/{patient_id}")
    visitor = come_in(make_link(cast, patient_id))
    page = visitor.get("/own").text
    assert "Care coordinator, Elm Surgery" in page
    assert "You, or whoever has your link" in page
    assert cast[COORDINATOR].name not in page.partition("Who has looked at my record")[2]
    views = rows(cast, select(AuditEntry).where(AuditEntry.verb == "see_own_page"))
    assert [each.actor for each in views] == ["The person, by their own link"]


def test_a_wrong_date_of_birth_says_no_more_than_that_and_too_many_turn_the_link_off(cast: Cast) -> None:
    patient_id = refer(cast).patient_id
    token, visitor = make_link(cast, patient_id), phone()
    for unfinished in ({"day": "x"}, {"day": "4"}, BORN | {"day": "31", "month": "2"}):
        assert visitor.post(f"/own/open/{token}", data=unfinished).status_code == 422
    for _ in range(MOST_TRIES - 1):
        answer = visitor.post(f"/own/open/{token}", data=BORN | {"year": "1942"})
        assert answer.status_code == 422
        assert "That does not fit" in answer.text
        assert visitor.get("/own").location == "/own/gone"
    assert visitor.post(f"/own/open/{token}", data=BORN | {"day": "9"}).location == "/own/gone"
    assert visitor.post(f"/own/open/{token}", data=BORN).location == "/own/gone"
    [door] = rows(cast, select(OwnDoor))
    assert door.ended_because is EndReason.GUESSED
    assert "The link turned itself off" in client_for(cast, COORDINATOR).get("/morning").text


def test_a_right_date_forgives_the_wrong_ones_before_it(cast: Cast) -> None:
    token, visitor = make_link(cast, refer(cast).patient_id), phone()
    for _ in range(MOST_TRIES):
        visitor.post(f"/own/open/{token}", data=BORN | {"day": "5"})
        assert visitor.post(f"/own/open/{token}", data=BORN).location == "/own"


def test_old_unknown_and_turned_off_links_all_lead_to_one_quiet_page_with_a_number(cast: Cast) -> None:
    keep(LetterHead(team="Riverside team", address="", phone="01632 960001", hours="Monday to Friday"))
    patient_id = refer(cast).patient_id
    own, carers = (
        make_link(cast, patient_id),
        make_link(cast, patient_id, carer_id=make_carer(cast, patient_id)),
    )
    with in_network(cast.network.id):
        stop_own_doors(cast[COORDINATOR], patient_id)
    answers = [phone().get(f"/own/open/{each}") for each in (own, carers, "nonsense", f"{own}0", "a.b")]
    answers.append(phone().get("/own"))
    assert {(each.status_code, each.location) for each in answers} == {(303, "/own/gone")}
    page = phone().get("/own/gone").text
    assert "01632 960001" in page
    assert "Riverside team" in page


def test_whoever_is_in_is_out_at_once_when_it_is_turned_off(cast: Cast) -> None:
    patient_id = refer(cast).patient_id
    visitor = come_in(make_link(cast, patient_id))
    member = client_for(cast, Role.CLINICIAN)
    assert "Not safe: turn it off" in member.get(f"/patients/{patient_id}").text
    member.post(f"/patients/{patient_id}/own-page/stop")
    assert visitor.get("/own").location == "/own/gone"
    assert visitor.post("/own/write", data={"words": "Hello"}).location == "/own/gone"
    assert not rows(cast, select(DoorNote))
    assert "Not safe: turn it off" not in member.get(f"/patients/{patient_id}").text


def test_what_a_browser_holds_opens_one_door_and_nothing_else(cast: Cast) -> None:
    patient_id = refer(cast).patient_id
    statement_id = said(cast, make_case(cast).patient_id)
    visitor = come_in(make_link(cast, patient_id))
    for path in (f"/patients/{patient_id}", f"/patients/{patient_id}/own-page", "/cases", "/morning"):
        assert visitor.get(path).location.startswith("/sign-in")
    # Words of somebody else are no words of theirs.
    assert visitor.get(f"/own/words/{statement_id}").location == "/own?done=changed"
    assert visitor.post(f"/own/words/{statement_id}/confirm").location == "/own?done=changed"
    assert not [each for each in rows(cast, select(Statement)) if each.confirmed_on]


def test_a_pass_is_over_after_half_an_hour_and_when_somebody_leaves(cast: Cast) -> None:
    visitor = come_in(make_link(cast, refer(cast).patient_id))
    with days_ago(-1 / 24):
        assert visitor.get("/own").location == "/own/gone"
    visitor = come_in(make_link(cast, refer(cast).patient_id))
    assert visitor.post("/own/leave").location == "/own/gone?why=left"
    assert visitor.get("/own").location == "/own/gone"


def test_a_person_turns_their_link_off_themselves(cast: Cast) -> None:
    token = make_link(cast, refer(cast).patient_id)
    come_in(token).post("/own/end")
    assert phone().get(f"/own/open/{token}").location == "/own/gone"
    assert "turned their link off" in client_for(cast, COORDINATOR).get("/morning").text.lower()


def test_the_answers_are_kept_by_nobody_and_the_pass_is_read_by_no_script(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SESSION_COOKIE_SECURE", True)
    token = make_link(cast, refer(cast).patient_id)
    answer = phone().post(f"/own/open/{token}", data=BORN)
    cookie = next(each for each in answer.headers.getlist("Set-Cookie") if each.startswith("own_page="))
    assert all(part in cookie for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/own", "Max-Age=1800"))
    assert token not in cookie
    page = phone().get(f"/own/open/{token}")
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert 'content="noindex' in page.text
    assert "<script" not in page.text


def test_a_form_of_the_page_is_taken_over_https(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    token, visitor = make_link(cast, refer(cast).patient_id), phone()
    here = f"/own/open/{token}"
    page = visitor.get(here, base_url="https://localhost")
    found = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page.text)
    assert found
    # As a browser sends it under the policy of the page.
    came_from = {"Referer": f"https://localhost{here}"}
    answer = visitor.post(
        here, data=BORN | {"csrf_token": found[1]}, base_url="https://localhost", headers=came_from
    )
    assert answer.location == "/own"
