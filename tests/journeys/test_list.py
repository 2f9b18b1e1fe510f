"""A coordinator builds the list of the next meeting, with the mouse and by keyboard, and publishes it."""

import re

import pytest
from playwright.sync_api import Locator, expect

from mdt.cases.records import Case
from mdt.cases.rules import Urgency
from mdt.lists.queries import items_on
from mdt.meetings.records import Meeting
from network.access.rules import Role
from network.plumbing.database import db
from network.vocabulary import Discipline
from tests.journeys.conftest import Given, Stage, Then, When
from tests.mdt.scene import expect as expect_at
from tests.mdt.scene import make_case, make_meeting


@pytest.fixture
def meeting(given: Given, stage: Stage) -> Meeting:
    meeting = make_meeting(stage.cast)
    expect_at(stage.cast, meeting, Role.VOLUNTARY_MEMBER, Discipline.VOLUNTARY)
    db.session.commit()
    return meeting


@pytest.fixture
def cases(stage: Stage) -> list[Case]:
    return [make_case(stage.cast) for _ in range(4)]


def open_list(stage: Stage, given: Given, meeting: Meeting) -> None:
    given.i_am_signed_in_as(Role.CARE_COORDINATOR)
    stage.page.goto(f"{stage.site}/meetings/{meeting.id}/list")


def line(stage: Stage, case: Case) -> Locator:
    return stage.page.locator(".building__list .agenda-row").filter(has_text=case.ref)


def waiting(stage: Stage, case: Case) -> Locator:
    return stage.page.locator(".building__pool .agenda-row").filter(has_text=case.ref)


def the_list_is(stage: Stage, *cases: Case) -> None:
    shown = stage.page.locator(".building__list .agenda-row__who > a")
    expect(shown).to_have_text([case.ref for case in cases])


def drag(stage: Stage, row: Locator, onto: Locator, down: float) -> None:
    """Take a row by its grip and let go of it on something, so far below its top."""
    mouse, start, end = stage.page.mouse, row.locator(".agenda-row__grip").bounding_box(), onto.bounding_box()
    assert start
    assert end
    mouse.move(start["x"] + 5, start["y"] + 8)
    mouse.down()
    mouse.move(start["x"] + 20, start["y"] + 20, steps=3)
    mouse.move(end["x"] + 150, end["y"] + down, steps=6)
    mouse.move(end["x"] + 152, end["y"] + down, steps=2)
    mouse.up()


def test_a_list_is_built_by_ticks_and_published(
    given: Given, when: When, then: Then, stage: Stage, meeting: Meeting, cases: list[Case]
) -> None:
    open_list(stage, given, meeting)
    then.nobody_is_shut_out()
    when.i_choose("Tick the first 4")
    when.i_choose("Put on the list")
    the_list_is(stage, *cases)
    then.i_see(re.compile("54:00 of 54 minutes"))
    then.nobody_is_shut_out()
    when.i_choose("Publish the list")
    stage.page.get_by_role("dialog").get_by_role("button", name="Publish the list").click()
    then.i_see("The list is published, and those who come are told.")
    then.nobody_is_shut_out()
    db.session.expire_all()
    assert meeting.published_at is not None


def test_a_list_is_put_in_order_by_keyboard(
    given: Given, when: When, stage: Stage, meeting: Meeting, cases: list[Case]
) -> None:
    first, second, third, _ = cases
    open_list(stage, given, meeting)
    for case in (first, second, third):
        waiting(stage, case).get_by_role("checkbox").focus()
        when.i_press("Space")
    stage.page.get_by_role("button", name="Put on the list").focus()
    when.i_press("Enter")
    the_list_is(stage, first, second, third)
    expect(stage.page.get_by_role("button", name="Put on the list")).to_be_focused()
    expect(stage.page.locator("#building [role=status]")).to_have_text("3 cases are on the list.")
    line(stage, first).get_by_role("button", name=f"Move {first.ref} down").focus()
    when.i_press("Enter")
    the_list_is(stage, second, first, third)
    # The keys stay with the case, and with its other arrow where this one leads no further.
    when.i_press("Enter")
    the_list_is(stage, second, third, first)
    expect(line(stage, first).get_by_role("button", name=f"Move {first.ref} up")).to_be_focused()
    line(stage, first).get_by_label(f"Move {first.ref} to").select_option("1")
    line(stage, first).get_by_role("button", name="there").focus()
    when.i_press("Enter")
    the_list_is(stage, first, second, third)


def test_cases_are_dragged_onto_the_list_to_another_place_and_off_it(
    given: Given, when: When, then: Then, stage: Stage, meeting: Meeting, cases: list[Case]
) -> None:
    first, second, third, _ = cases
    stage.page.set_viewport_size({"width": 1280, "height": 1600})
    open_list(stage, given, meeting)
    pool, target = stage.page.locator(".building__pool"), stage.page.locator(".building__list")
    for number, case in enumerate((first, second, third), start=1):
        drag(stage, waiting(stage, case), target, 60)
        the_list_is(stage, *cases[:number])
        when.i_pause()
    drag(stage, line(stage, third), line(stage, first), 5)
    the_list_is(stage, third, first, second)
    when.i_pause()
    drag(stage, line(stage, first), pool, 60)
    then.i_see(f"{first.ref} is off the list.")
    the_list_is(stage, third, second)
    when.i_choose("Undo")
    the_list_is(stage, third, second, first)


def test_what_is_asked_before_a_list_goes_out_follows_its_changes(
    stage: Stage, given: Given, when: When, meeting: Meeting, cases: list[Case]
) -> None:
    cases[1].urgency = Urgency.THIS_WEEK
    db.session.commit()
    open_list(stage, given, meeting)
    stage.page.get_by_role("button", name=re.compile("Tick the first")).click()
    when.i_choose("Put on the list")
    the_list_is(stage, cases[1], cases[0], cases[2], cases[3])
    dialog = stage.page.get_by_role("dialog")
    when.i_choose("Publish the list")
    expect(dialog.get_by_role("heading")).to_have_text("Publish this list?")
    expect(dialog).to_contain_text("4 cases have no contribution yet.")
    expect(dialog).not_to_contain_text("for this week")
    dialog.get_by_role("button", name="Cancel").click()
    when.i_choose(f"Move {cases[1].ref} down")
    the_list_is(stage, cases[0], cases[1], cases[2], cases[3])
    when.i_choose("Publish the list")
    expect(dialog).to_contain_text(f"1 case for this week stands behind routine ones: {cases[1].ref}.")


def test_a_published_list_grows_with_a_reason_on_a_phone(
    given: Given, when: When, then: Then, stage: Stage, meeting: Meeting, cases: list[Case]
) -> None:
    given.a_phone()
    open_list(stage, given, meeting)
    then.the_page_fits_the_screen()
    waiting(stage, cases[0]).get_by_role("checkbox").check()
    when.i_choose("Put on the list")
    the_list_is(stage, cases[0])
    when.i_choose("Publish the list")
    stage.page.get_by_role("dialog").get_by_role("button", name="Publish the list").click()
    when.i_choose("Change the list")
    waiting(stage, cases[1]).get_by_role("checkbox").check()
    when.i_choose("Put on the list")
    then.i_see("Enter why this case cannot wait for the next list: this one is published.")
    stage.page.get_by_label("Why it cannot wait").fill("Coming home on Friday")
    waiting(stage, cases[1]).get_by_role("checkbox").check()
    when.i_choose("Put on the list")
    the_list_is(stage, cases[0], cases[1])
    then.the_page_fits_the_screen()
    then.nobody_is_shut_out()
    line(stage, cases[0]).get_by_role("link", name="Take off").click()
    stage.page.get_by_label("Why").fill("He asked for it")
    when.i_choose("Take it off")
    the_list_is(stage, cases[1])
    assert [item.case_id for item in items_on(meeting.id)] == [cases[1].id]
