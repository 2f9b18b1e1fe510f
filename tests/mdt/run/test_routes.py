from datetime import timedelta

import pytest
from flask import Flask

from mdt.meetings.rules import MeetingState
from mdt.minutes.queries import blocks_of
from mdt.minutes.rules import BlockName
from mdt.readback.commands import carry_item
from network.access.rules import Role
from network.plumbing.database import today
from network.vocabulary import Discipline
from tests.cast import Cast
from tests.mdt.room import make_room, read_back
from tests.mdt.scene import expect
from tests.mdt.screen import JSON, Screen, block

CHAIR, COORDINATOR = Role.CHAIR, Role.CARE_COORDINATOR


def test_the_page_shows_every_case_and_keeps_the_person_out_of_its_title(cast: Cast) -> None:
    meeting, items = make_room(cast)
    page = Screen(cast, meeting).client.get(f"/meetings/{meeting.id}/run")
    assert page.status_code == 200
    assert all(str(item.id) in page.text and item.case.ref in page.text for item in items)
    assert "EXAMPLE" not in page.text.split("</title>")[0]


def test_the_state_says_all_that_the_screen_shows(cast: Cast) -> None:
    meeting, (item, other) = make_room(cast, quorum={"pharmacy": 1, "dentistry": 1})
    row = expect(cast, meeting, Role.CLINICIAN, Discipline.PHARMACY)
    row.to_position = 1
    screen = Screen(cast, meeting)
    screen.post(f"/attendances/{row.id}", {"state": "present"})
    screen.post(f"/items/{item.id}/open")
    screen.post(f"/items/{item.id}/block", block("Rest."))
    screen.post(f"/items/{item.id}/borrow", {"minutes": 1})
    state = screen.state()
    assert state["meeting"]["quorum"] == {"is_met": False, "have": ["Pharmacy"], "waiting": ["Dentistry"]}
    assert (state["meeting"]["state"], state["meeting"]["may_minute"], state["meeting"]["may_sign"]) == (
        "running",
        True,
        True,
    )
    assert [each["state"] for each in state["items"]] == ["open", "planned"]
    assert (state["items"][0]["planned_s"], state["items"][0]["borrowed_s"]) == (270, 60)
    assert state["items"][0]["name"] == "EXAMPLEA, Sam"
    minutes = state["minutes"][str(item.id)]
    assert minutes["blocks"]["decision"]["words"] == "Rest."
    assert minutes["decision"] is None
    assert state["leave_after"] == [{"name": f"{cast[Role.CLINICIAN].name}, Elm Surgery", "position": 1}]
    assert state["here"] == [cast[CHAIR].name]
    assert str(other.id) in state["minutes"]


def test_the_day_of_the_review_that_is_held_is_no_day_of_the_next(cast: Cast) -> None:
    meeting, (item, other) = make_room(cast)
    item.case.review_due, other.case.review_due = today(), today() + timedelta(days=1)
    state = Screen(cast, meeting).state()
    held, ahead = (state["minutes"][str(each.id)] for each in (item, other))
    assert (held["review_due"], held["checklist"]) == (None, [])
    assert (ahead["review_due"], ahead["checklist"]) == (other.case.review_due.isoformat(), ["review"])


def test_no_clock_runs_for_what_is_put_right_after_the_end(cast: Cast) -> None:
    meeting, (item, other) = make_room(cast)
    read_back(cast[CHAIR], item)
    carry_item(cast[CHAIR], other.id, "No time.")
    screen = Screen(cast, meeting)
    assert screen.state()["meeting"]["is_timed"]
    screen.post("/finish")
    assert not screen.post(f"/items/{item.id}/open").json["meeting"]["is_timed"]


def test_the_pulse_is_silent_until_something_changes(cast: Cast) -> None:
    meeting, (item, _) = make_room(cast)
    screen, other = Screen(cast, meeting), Screen(cast, meeting, COORDINATOR)
    number = screen.state()["number"]
    assert screen.get(f"/pulse?number={number}").status_code == 204
    other.post(f"/items/{item.id}/block", block("Rest."))
    fresh = screen.get(f"/pulse?number={number}")
    assert fresh.status_code == 200
    assert fresh.json["number"] > number
    assert fresh.json["minutes"][str(item.id)]["blocks"]["decision"]["by"] == cast[COORDINATOR].name


def test_a_whole_case_by_what_the_screen_sends(cast: Cast) -> None:
    meeting, (item, _) = make_room(cast, state=MeetingState.PUBLISHED)
    screen, at = Screen(cast, meeting), f"/items/{item.id}"
    assert screen.post("/begin").json["meeting"]["state"] == "running"
    assert screen.post(f"{at}/open").json["items"][0]["state"] == "open"
    assert screen.post(f"{at}/block", block("Rest.")).json["number"] == 1
    taken = screen.post(f"{at}/action", {"text": "a @Elm +7 ring her", "key": "two"}).json["action"]
    assert (taken["words"], taken["state"]) == ("Ring her", "proposed")
    assert screen.post(f"{at}/view", {"how": "statement"}).json["number"]
    assert screen.post(f"{at}/check", {"line": "carer", "on": True}).json["number"]
    due = (today() + timedelta(days=90)).isoformat()
    assert screen.post(f"{at}/review", {"due": due}).json["number"]
    state = screen.post(f"{at}/confirm").json
    minutes = state["minutes"][str(item.id)]
    assert state["items"][0]["state"] == "decided"
    assert minutes["decision"]["read_back_by"] == cast[CHAIR].name
    assert minutes["actions"][0]["state"] == "open"
    assert minutes["checklist"] == ["view_heard", "owned", "carer", "review"]
    assert screen.post("/finish").json["meeting"]["state"] == "minutes_draft"


def test_a_decision_that_lacks_something_says_which_box(cast: Cast) -> None:
    meeting, (item, _) = make_room(cast)
    answer = Screen(cast, meeting).post(f"/items/{item.id}/confirm")
    assert answer.status_code == 422
    assert [each["box"] for each in answer.json["missing"]] == ["decision", "view_heard"]
    assert answer.json["sentence"]


def test_both_versions_come_back_to_whoever_was_slower(cast: Cast) -> None:
    meeting, (item, _) = make_room(cast)
    Screen(cast, meeting).post(f"/items/{item.id}/block", block("Hers"))
    answer = Screen(cast, meeting, COORDINATOR).post(f"/items/{item.id}/block", block("His", key="two"))
    assert answer.status_code == 409
    assert (answer.json["theirs"]["words"], answer.json["theirs"]["number"]) == ("Hers", 1)
    assert answer.json["theirs"]["by"] == cast[CHAIR].name


def test_a_save_that_is_sent_again_after_a_lost_answer_is_answered_alike(cast: Cast) -> None:
    meeting, (item, _) = make_room(cast)
    screen = Screen(cast, meeting)
    first = screen.post(f"/items/{item.id}/block", block("Rest."))
    again = screen.post(f"/items/{item.id}/block", block("Rest."))
    assert (again.status_code, again.json) == (first.status_code, first.json)


ENDINGS = [("carry", {"reason": "No time."}), ("note", {"reason": "Agreed."}), ("not-reached", {})]


@pytest.mark.parametrize(("path", "body"), [("open", {}), *ENDINGS])
def test_what_is_sent_again_after_a_lost_answer_is_done_once(cast: Cast, path: str, body: dict) -> None:
    meeting, (item, _) = make_room(cast)
    screen = Screen(cast, meeting)
    first, again = (screen.post(f"/items/{item.id}/{path}", body) for _ in range(2))
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json["items"][0]["state"] == again.json["items"][0]["state"]


UNREADABLE = [
    ("block", {"name": "poem", "words": "x", "seen": 0, "key": "k"}),
    ("block", {"name": "decision", "words": 7, "seen": 0, "key": "k"}),
    ("block", {"name": "decision", "words": "x", "seen": "one", "key": "k"}),
    ("block", {"name": "decision", "words": "x", "seen": 0.5, "key": "k"}),
    ("block", {"name": "decision", "words": "x", "seen": 0}),
    ("block", ["decision"]),
    ("check", {"line": "carer", "on": "yes"}),
    ("check", {"line": "review", "on": True}),
    ("view", {"how": "by post"}),
    ("review", {"due": "2026-02-31"}),
    ("review", {"due": "1999-01-01"}),
    ("borrow", {"minutes": "many"}),
    ("borrow", {"minutes": float("nan")}),
    ("action", {"text": "", "key": "k"}),
    ("action", {"text": None, "key": "k"}),
    ("carry", {"reason": "  "}),
]


@pytest.mark.parametrize(("path", "body"), UNREADABLE, ids=str)
def test_what_cannot_be_read_is_answered_with_a_sentence(cast: Cast, path: str, body: object) -> None:
    meeting, (item, _) = make_room(cast)
    answer = Screen(cast, meeting).post(f"/items/{item.id}/{path}", body)
    assert answer.status_code == 422
    assert answer.json["sentence"].endswith((".", "…"))
    assert not blocks_of(item.id)


def test_what_is_no_json_is_answered_with_a_sentence(cast: Cast) -> None:
    meeting, (item, _) = make_room(cast)
    screen = Screen(cast, meeting)
    answer = screen.client.post(f"{screen.base}/items/{item.id}/block", data="words=Rest", headers=JSON)
    assert (answer.status_code, answer.json["sentence"][:4]) == (422, "Load")


def test_words_that_no_database_keeps_lose_only_that_sign(cast: Cast) -> None:
    meeting, (item, _) = make_room(cast)
    assert Screen(cast, meeting).post(f"/items/{item.id}/block", block("Re\0st 🛏️")).status_code == 200
    assert blocks_of(item.id)[BlockName.DECISION].words == "Rest 🛏️"


def test_names_are_offered_for_an_action(cast: Cast) -> None:
    meeting, _ = make_room(cast)
    found = Screen(cast, meeting).get("/owners?q=elm").json
    assert any(each["name"] == "Elm Surgery" for each in found)
    assert set(found[0]) == {"handle", "name", "organisation", "discipline"}


def test_somebody_came_whom_nobody_expected(cast: Cast) -> None:
    meeting, _ = make_room(cast)
    state = Screen(cast, meeting).post("/attendances", {"name": "Dr New"}).json
    assert [(each["name"], each["state"]) for each in state["attendances"]] == [("Dr New", "present")]


def test_a_session_that_ended_is_told_so_in_json(app: Flask, cast: Cast) -> None:
    meeting, (item, _) = make_room(cast)
    client = app.test_client()
    answer = client.post(f"/meetings/{meeting.id}/run/items/{item.id}/block", json=block("x"), headers=JSON)
    assert answer.status_code in {303, 401}
