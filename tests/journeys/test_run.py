"""A meeting on its screen: worked by keys, cases read back, the room followed, names hidden."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from mdt.decisions.queries import decision_of_item
from mdt.lists.records import AgendaItem
from mdt.lists.rules import ItemState
from mdt.meetings.records import Meeting
from mdt.meetings.rules import AttendanceState
from mdt.readback.commands import take_action
from network.access.rules import Role
from network.plumbing.database import db
from network.vocabulary import Discipline
from tests.cast import Cast
from tests.journeys.conftest import Given, Stage, Then
from tests.journeys.room import Screen, screen_of, screen_on, state_of
from tests.mdt.room import make_room
from tests.mdt.scene import expect as expect_at

CHAIR, MEMBER = Role.CHAIR, Role.CLINICIAN
MOST_DEEDS = 3


@pytest.fixture
def room(cast: Cast) -> tuple[Meeting, list[AgendaItem]]:
    meeting, items = make_room(cast, 3, quorum={"general_practice": 1, "pharmacy": 1})
    for role, discipline in ((CHAIR, Discipline.GENERAL_PRACTICE), (MEMBER, Discipline.PHARMACY)):
        expect_at(cast, meeting, role, discipline)
    db.session.commit()
    return meeting, items


@pytest.fixture
def chair(stage: Stage, room: tuple[Meeting, list[AgendaItem]]) -> Iterator[Screen]:
    with screen_on(stage.page, stage.site, stage.cast, CHAIR, room[0]) as screen:
        yield screen


@pytest.fixture
def member(
    browser: Browser, stage: Stage, chair: Screen, room: tuple[Meeting, list[AgendaItem]]
) -> Iterator[Screen]:
    with screen_of(browser, stage.site, stage.cast, MEMBER, room[0]) as screen:
        yield screen


def test_a_case_is_decided_by_keys_alone(chair: Screen, room: tuple[Meeting, list[AgendaItem]]) -> None:
    chair.press("n")
    chair.is_at("C-0001")
    chair.write_decision("A medicines review at home.")
    chair.add_action("@Clinician +14 review medicines at home")
    chair.sees("Review medicines at home")
    chair.decision.focus()
    chair.press("Control+Enter")
    # What is missing is named, nothing can be confirmed, and the keys are led to it.
    chair.sees("Say how the person's own view came into the room.")
    expect(chair.page.get_by_role("button", name=re.compile("^Confirm"))).to_have_count(0)
    chair.press("Enter")
    chair.page.wait_for_function("document.activeElement.type === 'radio'")
    chair.press("Space")
    chair.decision.focus()
    chair.press("Control+Enter")
    chair.sees("Read back C-0001")
    expect(chair.page.get_by_role("button", name="Confirm, next case")).to_be_focused()
    chair.press("Enter")
    chair.is_at("C-0002")
    expect(chair.line(1)).to_contain_text("✓")
    assert state_of(room[1][0]) is ItemState.DECIDED
    decision = decision_of_item(room[1][0].id)
    assert decision
    assert decision.words == "A medicines review at home."


def test_a_case_asks_for_no_more_than_three_deeds_beside_what_is_typed(chair: Screen) -> None:
    chair.press("n")
    chair.press("d")
    chair.type("A medicines review at home.\na @Clinician +14 review medicines at home")
    chair.page.keyboard.press("Enter")
    chair.saves()
    chair.deeds = 0
    chair.tick("Somebody here has met them")
    chair.click("Read back and confirm")
    chair.click("Confirm, next case")
    chair.is_at("C-0002")
    assert chair.deeds <= MOST_DEEDS
    chair.choose(1)
    chair.sees(re.compile("Read back by .* and confirmed"))


def test_what_was_wrong_with_an_action_goes_with_its_line(chair: Screen) -> None:
    chair.press("n")
    chair.add_action("review medicines")
    wrong = chair.page.locator("#run-action-wrong")
    # The example names nobody: a name may be that of a person on the list.
    expect(wrong).to_contain_text("Write it like this: @colleague +14")
    chair.page.locator("#run-action").fill("")
    expect(wrong).to_be_empty()


def test_a_case_is_carried_over_with_a_reason_and_escape_changes_the_mind(
    chair: Screen, room: tuple[Meeting, list[AgendaItem]]
) -> None:
    chair.press("n", "c")
    chair.sees("Why does it wait for the next meeting?")
    chair.press("Escape")
    chair.press("c")
    chair.type("Her daughter could not come.")
    chair.press("Enter")
    expect(chair.line(1)).to_contain_text("carried over")
    assert state_of(room[1][0]) is ItemState.CARRIED


def test_keys_write_in_boxes_and_can_be_switched_off(chair: Screen) -> None:
    chair.press("n", "d")
    chair.type("no dance")
    chair.is_at("C-0001")
    expect(chair.decision).to_have_value("no dance")
    chair.press("Escape", "?")
    chair.page.get_by_label("Single letters are keys (remembered on this device)").uncheck()
    chair.press("Escape", "n")
    chair.is_at("C-0001")
    chair.page.reload()
    chair.press("n")
    chair.is_at("C-0001")


def test_presenting_hides_the_names_of_other_people(chair: Screen) -> None:
    chair.press("n")
    chair.sees("EXAMPLEB, Sam")
    chair.press("p")
    chair.does_not_see("EXAMPLEB")
    expect(chair.page.locator("#run-items")).not_to_contain_text("EXAMPLE")
    chair.page.reload()
    expect(chair.page.locator("#run-items")).not_to_contain_text("EXAMPLE")
    assert "EXAMPLE" not in chair.page.title().upper()
    chair.press("p")
    chair.sees("EXAMPLEB, Sam")


def test_whoever_looks_follows_the_room_and_cannot_write(chair: Screen, member: Screen) -> None:
    chair.press("n")
    member.is_at("C-0001")
    chair.press("n")
    member.is_at("C-0002")
    expect(member.decision).not_to_be_editable()
    expect(member.page.get_by_role("button", name="Read back and confirm")).to_be_hidden()
    # Somebody who looks elsewhere is led nowhere.
    member.choose(1)
    chair.press("n")
    member.sees("The room is at 3 · C-0003.")
    member.is_at("C-0001")
    member.click("Go there")
    member.is_at("C-0003")


def test_the_quorum_is_seen_as_people_come(chair: Screen) -> None:
    chair.sees("Not quorate yet")
    chair.click(re.compile("waiting"))
    chair.click("Everybody expected is here")
    expect(chair.page.get_by_role("dialog")).to_contain_text("Quorate: General practice, Pharmacy")
    chair.page.get_by_label("Somebody else came").fill("Pat Locum")
    chair.click("Add")
    expect(chair.page.get_by_role("dialog")).to_contain_text("Pat Locum")
    chair.press("Escape")
    chair.sees("Quorate ✓")


def test_the_time_of_the_next_case_begins_at_nothing(stage: Stage, chair: Screen) -> None:
    chair.press("n")
    chair.page.wait_for_timeout(2_500)
    chair.page.route("**/open", lambda route: route.abort())
    chair.press("n")
    chair.is_at("C-0002")
    expect(chair.page.locator("#run-taken")).to_have_text("0:00 of 4:30", timeout=500)
    expect(chair.page.locator("#run-taken")).to_have_text("0:01 of 4:30")
    stage.forgive("ERR_FAILED")


def test_whose_deputy_was_announced_is_not_here_themselves(
    chair: Screen, room: tuple[Meeting, list[AgendaItem]]
) -> None:
    line = next(each for each in room[0].attendances if each.discipline is Discipline.PHARMACY)
    line.deputy = "Pat Locum"
    db.session.commit()
    chair.page.reload()
    chair.click(re.compile("waiting"))
    chair.click("Everybody expected is here")
    expect(chair.page.get_by_role("dialog")).to_contain_text("Quorate: General practice, Pharmacy")
    db.session.rollback()
    assert (line.state, line.deputy) == (AttendanceState.DEPUTY, "Pat Locum")


def test_the_keys_stay_where_they_are_when_others_change_something(
    chair: Screen, room: tuple[Meeting, list[AgendaItem]], stage: Stage
) -> None:
    chair.press("n")
    chair.add_action("@Clinician +14 review medicines at home")
    drop = chair.page.get_by_role("button", name="Drop Review medicines at home")
    drop.focus()
    take_action(stage.cast[CHAIR], room[1][0].id, "@Clinician +7 ring her", "one")
    chair.sees("Ring her")
    expect(drop).to_be_focused()
    chair.click(re.compile("waiting"))
    dialog = chair.page.get_by_role("dialog")
    dialog.get_by_label("Sent a deputy").first.check()
    box = dialog.get_by_label("Who came instead")
    box.press_sequentially("Pat Lo")
    take_action(stage.cast[CHAIR], room[1][0].id, "@Clinician +7 ring again", "two")
    expect(chair.page.locator("#run-actions")).to_contain_text("Ring again")
    box.press_sequentially("cum")
    expect(box).to_have_value("Pat Locum")
    box.press("Enter")
    expect(dialog.get_by_label("Who came instead")).to_have_value("Pat Locum")


def test_nobody_is_shut_out_of_the_room(chair: Screen, given: Given, then: Then) -> None:
    chair.press("n")
    chair.add_action("@Clinician +14 review medicines at home")
    chair.sees("Review medicines at home")
    then.nobody_is_shut_out()
    chair.press("?")
    then.nobody_is_shut_out()
    chair.press("Escape")
    chair.click(re.compile("waiting"))
    then.nobody_is_shut_out()
    chair.press("Escape")
    given.a_phone()
    then.nobody_is_shut_out()
    then.the_page_fits_the_screen()
