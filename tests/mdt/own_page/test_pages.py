import re
from datetime import timedelta

import pytest
from flask import Flask, current_app
from flask.testing import FlaskClient
from sqlalchemy import select

from mdt.cases.records import Case
from mdt.involvements.commands import add_involvement
from mdt.involvements.rules import TieDetails, TieKind
from mdt.letters.records import LetterHead, Telling
from mdt.letters.rules import Audience
from mdt.objections.commands import object_to_sharing
from mdt.own_door.commands import stop_own_doors
from mdt.own_door.queries import doors_for
from mdt.own_door.records import DoorNote, OwnDoor
from mdt.own_door.rules import MOST_TRIES, EndReason, Part
from mdt.patients.records import Patient
from mdt.patients.rules import LetterFormat
from mdt.sharing.rules import ObjectionScope
from mdt.story.commands import end_statement
from mdt.story.records import Statement
from network.access.rules import Role
from network.audit.records import AuditEntry
from network.plumbing.database import days_ago, db, in_network, today
from tests.cast import Cast, client_for
from tests.makers import keep
from tests.mdt.outcomes.scene import started
from tests.mdt.own_door.scene import BORN, COORDINATOR, make_carer, make_link, said
from tests.mdt.scene import make_action, make_case, make_decision, make_item, make_meeting, refer


def phone() -> FlaskClient:
    """Open a browser in which nobody is signed in."""
    return current_app.test_client()


def come_in(token: str, **born: str) -> FlaskClient:
    visitor = phone()
    answer = visitor.post(f"/own/open/{token}", data=BORN | born)
    assert (answer.status_code, answer.location) == (303, "/own")
    return visitor


def rows(cast: Cast, query):
    db.session.expire_all()
    with in_network(cast.network.id):
        return db.session.scalars(query).all()


def statement_on(page) -> str:
    found = re.search(r"/own/words/([0-9a-f-]{36})", page.text)
    assert found
    return found[1]


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


def test_a_carer_sees_what_the_person_agreed_to_and_nothing_to_correct(cast: Cast) -> None:
    patient_id = refer(cast).patient_id
    said(cast, patient_id)
    said(cast, patient_id, words="I worry about my drinking.")
    carer_id = make_carer(cast, patient_id)
    object_to_sharing(cast[COORDINATOR], patient_id, ObjectionScope.TOPIC, topic="drinking")
    for name in ("Drinking support", "Meals at noon"):
        add_involvement(cast[COORDINATOR], patient_id, TieDetails(TieKind.SERVICE, name))
    visitor = come_in(make_link(cast, patient_id, carer_id=carer_id, shows=(Part.WORDS, Part.TEAM)))
    page = visitor.get("/own").text
    assert "My allotment." in page
    assert "Meals at noon" in page
    assert "drinking" not in page.lower()
    for absent in ("Correct this", "What is being done", "Who has looked at my record"):
        assert absent not in page
    [own, _] = rows(cast, select(Statement).order_by(Statement.noted_at))
    assert visitor.get(f"/own/words/{own.id}").location == "/own?done=changed"
    assert visitor.get("/own/questions").location == "/own"
    visitor.post("/own/write", data={"words": "I cannot come on Friday."})
    [note] = rows(cast, select(DoorNote))
    assert note.said_by == "Ann Example"


def test_what_others_said_and_what_speaks_of_safeguarding_is_not_on_the_page(cast: Cast) -> None:
    case = make_case(cast)
    said(cast, case.patient_id, words="He drinks.", said_by="A neighbour")
    said(cast, case.patient_id, words="I fear his violence.", said_by="Sam")
    make_action(case, None, cast.elm.id, words="Ring the safeguarding team")
    page = come_in(make_link(cast, case.patient_id), **born_of(cast, case)).get("/own").text
    for absent in ("He drinks.", "violence", "safeguarding"):
        assert absent not in page


def born_of(cast: Cast, case: Case) -> dict[str, str]:
    with in_network(cast.network.id):
        born = db.session.get_one(Patient, case.patient_id).born_on
    return {"day": str(born.day), "month": str(born.month), "year": str(born.year)}


def test_nobody_reads_from_the_page_what_nobody_has_told_them(cast: Cast) -> None:
    case = make_case(cast)
    decision = make_decision(make_item(make_meeting(cast), case))
    make_action(case, None, cast.elm.id, words="Refer to the memory clinic", decision_id=decision.id)
    make_action(case, None, cast.elm.id, words="Fit a grab rail")
    telling = keep(
        Telling(
            case_id=case.id, decision_id=decision.id, audience=Audience.PERSON, whom="Them", due_on=today()
        )
    )
    visitor = come_in(make_link(cast, case.patient_id), **born_of(cast, case))
    page = visitor.get("/own").text
    assert "Fit a grab rail" in page
    assert "memory clinic" not in page
    assert "We talk about it with you first" in page
    with in_network(cast.network.id):
        telling.told_on = today()
        db.session.commit()
    assert "Refer to the memory clinic" in visitor.get("/own").text


def test_questions_that_wait_are_answered_at_the_door(cast: Cast) -> None:
    case = started(cast)
    visitor = come_in(make_link(cast, case.patient_id), **born_of(cast, case))
    assert "Answer 2 sets of questions" in visitor.get("/own").text
    assert visitor.post("/own/questions", data={}).status_code == 422
    fields = re.findall(r'type="radio" name="(\w+)" value="3"', visitor.get("/own/questions").text)
    assert visitor.post("/own/questions", data=dict.fromkeys(fields, "3")).status_code == 303
    assert visitor.get("/own/questions").location == "/own"


def test_the_page_is_in_the_persons_format(cast: Cast) -> None:
    case = refer(cast)
    case.patient.letter_format, case.patient.language = LetterFormat.LARGE_EASY_WORDS, "Polish"
    db.session.commit()
    page = come_in(make_link(cast, case.patient_id)).get("/own").text
    assert "own--large" in page
    assert "People who help me" in page
    assert "in Polish" in page


def test_words_that_ended_meanwhile_are_not_corrected_and_the_person_is_told(cast: Cast) -> None:
    patient_id = refer(cast).patient_id
    statement_id = said(cast, patient_id)
    visitor = come_in(make_link(cast, patient_id))
    with in_network(cast.network.id):
        end_statement(cast[COORDINATOR], statement_id)
    answer = visitor.post(f"/own/words/{statement_id}", data={"words": "My sister."})
    assert answer.location == "/own?done=changed"
    assert "This has changed" in visitor.get(answer.location).text


def test_a_link_without_a_date_of_birth_asks_for_none(cast: Cast) -> None:
    token = make_link(cast, refer(cast).patient_id, asks_birthday=False)
    assert "born" not in phone().get(f"/own/open/{token}").text
    assert phone().post(f"/own/open/{token}").location == "/own"


def test_the_link_is_shown_once_with_a_code_and_no_name(cast: Cast) -> None:
    patient_id = refer(cast).patient_id
    coordinator = client_for(cast, COORDINATOR)
    asked = {
        "carer_id": "",
        "is_safe": "yes",
        "handed_over": "On her own phone.",
        "expires_on": (today() + timedelta(days=30)).isoformat(),
        "asks_birthday": "y",
    }
    wrong = coordinator.post(f"/patients/{patient_id}/own-page/new", data=asked | {"is_safe": "no"})
    assert wrong.status_code == 422
    assert "Tell them in another way" in wrong.text
    made = coordinator.post(f"/patients/{patient_id}/own-page/new", data=asked)
    assert "<path d=" in made.text
    assert "SPECIMEN" not in made.text
    assert "Specimen" not in made.text
    link = re.search(r"/own/open/[\w.-]+", made.text)
    assert link
    assert phone().post(link.group(), data=BORN).location == "/own"
    assert link.group() not in coordinator.get(f"/patients/{patient_id}/own-page").text
    with in_network(cast.network.id):
        assert len(doors_for(cast[COORDINATOR], patient_id)) == 1
