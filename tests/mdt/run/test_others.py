"""Others at the same screens: who may only look, who is no part of it, and two at once."""

import threading

import pytest
from flask import Flask

from mdt.lists.rules import ItemState
from mdt.minutes.queries import blocks_of
from mdt.minutes.rules import BlockName
from mdt.objections.commands import object_to_sharing
from mdt.patients.rules import Identity
from mdt.sharing.rules import ObjectionScope
from network.access.rules import Role
from network.plumbing.database import db
from tests.cast import Cast
from tests.mdt.room import make_room, read_back
from tests.mdt.scene import expect, home_of, make_item
from tests.mdt.scene import refer as refer_somebody
from tests.mdt.screen import Screen, block

CHAIR, COORDINATOR = Role.CHAIR, Role.CARE_COORDINATOR


CHANGES = ["/begin", "/finish", "/attendances"]


ITEM_CHANGES = [
    "open",
    "block",
    "action",
    "check",
    "view",
    "review",
    "borrow",
    "confirm",
    "carry",
    "note",
    "not-reached",
]


def test_who_is_only_expected_looks_and_changes_nothing(cast: Cast) -> None:
    meeting, (item, _) = make_room(cast)
    expect(cast, meeting, Role.CLINICIAN)
    screen = Screen(cast, meeting, Role.CLINICIAN)
    before = screen.state()
    assert before["meeting"]["may_minute"] is False
    bodies = {"block": block("x"), "check": {"line": "carer", "on": True}, "view": {"how": "statement"}}
    for path in CHANGES:
        assert screen.post(path, {"name": "Dr New"}).status_code == 403
    for path in ITEM_CHANGES:
        assert screen.post(f"/items/{item.id}/{path}", bodies.get(path, {})).status_code == 403, path
    after = screen.state()
    assert {**after, "server_now": ""} == {**before, "server_now": ""}


@pytest.mark.parametrize("role", [Role.SOCIAL_CARE_MEMBER, Role.VOLUNTARY_MEMBER, Role.CLINICIAN], ids=str)
def test_who_has_nothing_to_do_with_a_meeting_finds_no_room(cast: Cast, role: Role) -> None:
    meeting, (item, _) = make_room(cast)
    screen = Screen(cast, meeting, role)
    nowhere = Screen(cast, meeting, role)
    nowhere.base = "/meetings/00000000-0000-4000-8000-000000000000/run"
    for path in ["", "/pulse", "/owners?q="]:
        found, none = screen.get(path), nowhere.get(path)
        assert (found.status_code, found.json) == (none.status_code, none.json) == (404, none.json)
    bodies = {"block": block("x"), "check": {"line": "carer", "on": True}, "view": {"how": "statement"}}
    for path in ITEM_CHANGES:
        assert screen.post(f"/items/{item.id}/{path}", bodies.get(path, {})).status_code == 404, path


def test_a_case_of_somebody_one_may_not_know_is_not_on_the_screen(cast: Cast) -> None:
    meeting, (item, _) = make_room(cast)
    hidden = refer_somebody(cast, Role.CARE_COORDINATOR, Identity("Hidden", "Ann", item.case.patient.born_on))
    hidden.organisation_id = cast.oak.id
    secret = make_item(meeting, hidden, 3)
    expect(cast, meeting, Role.VOLUNTARY_MEMBER)
    screen = Screen(cast, meeting, Role.VOLUNTARY_MEMBER)
    assert screen.state()["items"] == []
    page = screen.client.get(screen.base)
    assert "HIDDEN" not in page.text
    assert hidden.ref not in page.text
    assert screen.get(f"/owners?q=&item={secret.id}").json == []


def test_of_two_who_save_at_the_same_moment_one_is_kept_and_one_is_shown_both(app: Flask, cast: Cast) -> None:
    meeting, (item, _) = make_room(cast)
    screens = [Screen(cast, meeting), Screen(cast, meeting, COORDINATOR)]
    db.session.commit()
    path, answers, gate = f"/items/{item.id}/block", [], threading.Barrier(2)

    def save(screen: Screen, words: str) -> None:
        # Each in a context of its own, as two workers of the server are.
        with app.app_context():
            gate.wait()
            answers.append(screen.post(path, block(words, key=words)).status_code)

    threads = [
        threading.Thread(target=save, args=each) for each in zip(screens, ("Hers", "His"), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200, 409]
    assert blocks_of(item.id)[BlockName.DECISION].number == 1


def test_opening_again_what_was_decided_is_seen_by_the_others(cast: Cast) -> None:
    meeting, (item, _) = make_room(cast)
    read_back(cast[CHAIR], item)
    other = Screen(cast, meeting, COORDINATOR)
    assert other.state()["items"][0]["state"] == "decided"
    Screen(cast, meeting).post(f"/items/{item.id}/open")
    assert other.state()["items"][0]["state"] == "open"
    assert item.state is ItemState.OPEN


def test_a_case_that_comes_late_is_shown_to_those_who_may_know(cast: Cast) -> None:
    meeting, (item, _) = make_room(cast)
    path = f"/items/{item.id}/pane"
    assert item.case.ref in Screen(cast, meeting).get(path).text
    assert Screen(cast, meeting, Role.VOLUNTARY_MEMBER).get(path).status_code == 404


def test_an_objection_reaches_the_screens_that_are_open(cast: Cast) -> None:
    meeting, (item, other) = make_room(cast)
    expect(cast, meeting, Role.CLINICIAN)
    screen = Screen(cast, meeting, Role.CLINICIAN)
    number = screen.state()["number"]
    object_to_sharing(
        cast[COORDINATOR],
        item.case.patient_id,
        ObjectionScope.ORGANISATION,
        organisation_id=home_of(cast, Role.CLINICIAN),
    )
    fresh = screen.get(f"/pulse?number={number}")
    assert [each["id"] for each in fresh.json["items"]] == [str(other.id)]
    assert str(item.id) not in fresh.text
