"""How cases and meetings end on the screen: read back, left open and found again, finished."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from mdt.cases.rules import Urgency
from mdt.decisions.queries import decision_of_item
from mdt.lists.records import AgendaItem
from mdt.lists.rules import ItemState
from mdt.meetings.records import Meeting
from mdt.meetings.rules import MeetingState
from mdt.readback.commands import take_action
from mdt.run.wording import passed_on_said
from network.access.rules import Role
from network.plumbing.database import ENGLAND, db
from network.vocabulary import Discipline
from tests.cast import Cast
from tests.journeys.conftest import Stage, Then
from tests.journeys.room import Screen, screen_on, state_of
from tests.mdt.room import make_room
from tests.mdt.scene import expect as expect_at
from tests.mdt.scene import make_meeting, make_series

CHAIR = Role.CHAIR


@pytest.fixture
def room(cast: Cast) -> tuple[Meeting, list[AgendaItem]]:
    meeting, items = make_room(cast, 3)
    expect_at(cast, meeting, Role.CLINICIAN, Discipline.PHARMACY)
    db.session.commit()
    return meeting, items


@pytest.fixture
def chair(stage: Stage, room: tuple[Meeting, list[AgendaItem]]) -> Iterator[Screen]:
    with screen_on(stage.page, stage.site, stage.cast, CHAIR, room[0]) as screen:
        yield screen


def test_what_is_confirmed_is_read_back_first(
    chair: Screen, room: tuple[Meeting, list[AgendaItem]], stage: Stage, then: Then
) -> None:
    chair.press("n")
    chair.write_decision("A medicines review at home.")
    chair.add_action("@Clinician +14 review medicines at home")
    chair.tick("Somebody here has met them")
    chair.page.get_by_label("Carer considered").press("Space")
    chair.click("Read back and confirm")
    dialog = chair.page.get_by_role("dialog", name="Read back C-0001")
    for words in (
        "A medicines review at home.",
        "Review medicines at home, by",
        "Somebody here has met them",
    ):
        expect(dialog).to_contain_text(words)
    expect(dialog).to_contain_text("Question answered, Linked to what matters to them and Review date set")
    then.nobody_is_shut_out()
    # What others change meanwhile is shown, so that nobody confirms what was not read back.
    take_action(stage.cast[CHAIR], room[1][0].id, "@Clinician +7 ring her", "one")
    expect(dialog).to_contain_text("Ring her")
    expect(dialog).to_contain_text("read it back again")
    chair.press("Escape")
    assert state_of(room[1][0]) is ItemState.OPEN
    chair.click("Read back and confirm")
    chair.click(re.compile("^Confirm$"))
    chair.is_at("C-0001")
    chair.sees(re.compile("Read back by .* and confirmed"))
    assert state_of(room[1][0]) is ItemState.DECIDED


def test_what_is_missing_is_in_sight_and_its_sentence_goes_when_it_is_put_in(
    chair: Screen, stage: Stage
) -> None:
    chair.page.set_viewport_size({"width": 1280, "height": 620})
    chair.press("n")
    chair.write_decision("A sight test.")
    chair.click("Read back and confirm")
    chair.click("Go back and put it in")
    choice = chair.page.get_by_label("The person was there")
    expect(choice).to_be_focused()
    (at, foot) = (place.bounding_box() for place in (choice, chair.page.locator(".run-end")))
    assert at
    assert foot
    assert at["y"] + at["height"] <= foot["y"]
    wrong = chair.page.locator("#run-wrong")
    expect(wrong).to_have_text("Say how the person's own view came into the room.")
    chair.press("Space")
    expect(wrong).to_be_empty()


def test_what_was_read_back_wrongly_is_opened_and_put_right(
    chair: Screen, room: tuple[Meeting, list[AgendaItem]]
) -> None:
    chair.press("n")
    chair.write_decision("A review at the surgery.")
    chair.tick("Not known")
    chair.click("Read back and confirm")
    chair.click(re.compile("^Confirm$"))
    chair.click("Open again to change")
    expect(chair.decision).to_be_editable()
    chair.decision.fill("A review at home.")
    chair.click("Read back and confirm")
    chair.click(re.compile("^Confirm$"))
    chair.sees(re.compile("Read back by .* and confirmed"))
    db.session.rollback()
    decision = decision_of_item(room[1][0].id)
    assert decision
    assert (decision.words, bool(decision.replaces_id)) == ("A review at home.", True)


def test_a_case_that_was_left_open_is_marked_and_found_again(chair: Screen) -> None:
    chair.press("n")
    chair.page.wait_for_timeout(1_200)
    chair.press("n")
    expect(chair.line(1)).to_contain_text(re.compile(r"0:0\d of 4:30.*left open"))
    chair.press("n")
    chair.is_at("C-0003")
    chair.press("Shift+N")
    chair.is_at("C-0002")
    chair.tick("Not known")
    chair.write_decision("A sight test.")
    chair.click("Read back and confirm")
    chair.click(re.compile("^Confirm$"))
    chair.sees(re.compile("Read back by .* and confirmed"))
    chair.press("Shift+N")
    chair.is_at("C-0001")
    chair.press("n")
    chair.is_at("C-0003")
    # From one that is only looked at, it goes back to the one that is talked about.
    chair.choose(2)
    chair.press("n")
    chair.is_at("C-0003")
    chair.choose(1)
    chair.press("Shift+N")
    chair.sees("No case before this one is still open.")


def test_a_meeting_is_begun_and_finished(
    stage: Stage, chair: Screen, room: tuple[Meeting, list[AgendaItem]]
) -> None:
    meeting = db.session.get_one(Meeting, room[0].id)
    meeting.state = MeetingState.PUBLISHED
    db.session.commit()
    chair.page.reload()
    chair.click("Begin the meeting")
    chair.is_at("C-0001")
    expect(chair.page.locator("#run-finish")).to_be_visible()
    chair.press("Shift+N")
    chair.sees("No case before this one is still open.")
    chair.click("Finish the meeting")
    chair.does_not_see("No case before this one is still open.")
    chair.sees("C-0001 is left open, less than a minute.")
    chair.sees("C-0002 and C-0003 were not reached.")
    slowly = re.compile("/finish$")
    chair.page.route(slowly, lambda route: (chair.page.wait_for_timeout(400), route.continue_()))
    chair.page.get_by_role("dialog").get_by_role("button", name="Finish the meeting").click()
    chair.sees("Finishing…")
    chair.sees("Took 0 of 60 minutes")
    chair.does_not_see("Finishing…")
    expect(chair.page.get_by_role("link", name="Read and sign the minutes")).to_be_focused()
    assert state_of(room[1][1]) is ItemState.NOT_REACHED
    # Going through the list after the end opens nothing again.
    chair.press("n")
    chair.is_at("C-0002")
    chair.page.wait_for_timeout(300)
    assert state_of(room[1][1]) is ItemState.NOT_REACHED


def test_what_is_urgent_and_left_open_is_told_with_the_next_date_and_a_huddle(
    chair: Screen, room: tuple[Meeting, list[AgendaItem]], stage: Stage, then: Then
) -> None:
    meeting = db.session.get_one(Meeting, room[0].id)
    meeting.series_id = make_series(stage.cast).id
    following = make_meeting(
        stage.cast, starts_at=meeting.starts_at + timedelta(days=7), series_id=meeting.series_id
    )
    case = room[1][0].case
    case.urgency = Urgency.THIS_WEEK
    db.session.commit()
    chair.page.reload()
    chair.press("n")
    chair.click("Finish the meeting")
    dialog = chair.page.get_by_role("dialog")
    expect(dialog).to_contain_text("C-0001 is left open")
    expect(dialog).to_contain_text(passed_on_said(following.starts_at.astimezone(ENGLAND)))
    expect(dialog).to_contain_text("C-0001 is urgent: this week.")
    link = dialog.get_by_role("link", name="Call a huddle on C-0001 (opens a new tab)")
    expect(link).to_have_attribute("href", f"/huddles/new/{case.id}")
    then.nobody_is_shut_out()
    chair.press("Escape")
    assert state_of(room[1][0]) is ItemState.OPEN
