"""A network that goes away in mid-sentence, a sign-in that ends, two who write at once: no word is lost."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from mdt.actions.queries import actions_of_item
from mdt.lists.records import AgendaItem
from mdt.meetings.commands import note_change
from mdt.meetings.records import Meeting
from mdt.minutes.queries import blocks_of
from mdt.minutes.rules import BlockName
from mdt.objections.commands import object_to_sharing
from mdt.sharing.rules import ObjectionScope
from network.access.rules import Role
from network.plumbing.database import db
from tests.cast import Cast
from tests.journeys.conftest import Stage, Then
from tests.journeys.hands import let_in
from tests.journeys.room import Screen, screen_of, screen_on
from tests.mdt.room import make_room

WRITER, CHAIR = Role.CARE_COORDINATOR, Role.CHAIR
CUT_OFF = "ERR_INTERNET_DISCONNECTED"


@pytest.fixture
def room(cast: Cast) -> tuple[Meeting, list[AgendaItem]]:
    return make_room(cast, 2)


@pytest.fixture
def mine(stage: Stage, room: tuple[Meeting, list[AgendaItem]]) -> Iterator[Screen]:
    with screen_on(stage.page, stage.site, stage.cast, CHAIR, room[0]) as screen:
        screen.press("n", "d")
        yield screen


@pytest.fixture
def theirs(
    browser: Browser, stage: Stage, mine: Screen, room: tuple[Meeting, list[AgendaItem]]
) -> Iterator[Screen]:
    with screen_of(browser, stage.site, stage.cast, WRITER, room[0]) as screen:
        screen.is_at("C-0001")
        yield screen


def written(item: AgendaItem) -> str:
    db.session.rollback()
    block = blocks_of(item.id).get(BlockName.DECISION)
    return block.words if block else ""


def test_a_network_cut_in_mid_sentence_loses_nothing(
    stage: Stage, mine: Screen, room: tuple[Meeting, list[AgendaItem]]
) -> None:
    item = room[1][0]
    mine.type("A medicines review ")
    mine.page.context.set_offline(True)
    mine.type("at home, and a sight test.")
    mine.sees("Not saved yet: no connection. Your words are kept here.")
    mine.press("Escape")
    mine.add_action("@Clinician +14 review medicines at home")
    mine.sees("(not saved yet)")
    mine.click("Read back and confirm")
    mine.sees("Your last words are not saved yet")
    mine.page.context.set_offline(False)
    mine.saves()
    assert written(item) == "A medicines review at home, and a sight test."
    mine.does_not_see("(not saved yet)")
    db.session.rollback()
    assert [each.words for each in actions_of_item(item.id)] == ["Review medicines at home"]
    # What the server has is kept on this device no longer.
    assert mine.kept_here() == []
    stage.forgive(CUT_OFF)


def test_an_empty_box_has_nothing_that_is_not_saved(stage: Stage, mine: Screen) -> None:
    mine.page.context.set_offline(True)
    mine.type("A")
    mine.sees("Not saved yet: no connection.")
    mine.press("Backspace")
    expect(mine.page.locator("#run-saved")).not_to_contain_text("Not saved yet")
    mine.sees("No connection: what you do is kept here")
    mine.page.context.set_offline(False)
    mine.saves()
    stage.forgive(CUT_OFF)


def test_words_that_were_not_saved_are_there_after_the_page_was_loaded_again(
    stage: Stage, mine: Screen, room: tuple[Meeting, list[AgendaItem]]
) -> None:
    mine.page.route("**/block", lambda route: route.abort())
    mine.type("A medicines review at home.")
    mine.sees("Not saved yet: no connection.")
    mine.page.on("dialog", lambda dialog: dialog.accept())
    mine.page.unroute("**/block")
    mine.page.reload()
    mine.saves()
    expect(mine.decision).to_have_value("A medicines review at home.")
    assert written(room[1][0]) == "A medicines review at home."
    stage.forgive("ERR_FAILED")


def test_an_answer_that_got_lost_on_its_way_back_saves_once(
    stage: Stage, mine: Screen, room: tuple[Meeting, list[AgendaItem]]
) -> None:
    lost = []

    def lose_the_first(route, request) -> None:
        answer = route.fetch()
        if lost:
            return route.fulfill(response=answer)
        lost.append(answer.status)
        return route.abort()

    mine.page.route("**/block", lose_the_first)
    mine.type("A medicines review at home.")
    mine.saves()
    assert lost == [200]
    mine.does_not_see("wrote here meanwhile")
    assert written(room[1][0]) == "A medicines review at home."
    stage.forgive("ERR_FAILED")


def test_two_who_write_at_once_both_see_both_versions(
    mine: Screen, theirs: Screen, room: tuple[Meeting, list[AgendaItem]], stage: Stage, then: Then
) -> None:
    theirs.page.context.set_offline(True)
    theirs.decision.focus()
    theirs.type("A sight test.")
    mine.type("A medicines review.")
    mine.saves()
    theirs.page.context.set_offline(False)
    theirs.sees(re.compile("wrote here meanwhile"))
    theirs.sees("Yours, not saved yet")
    expect(theirs.page.locator(".run-both")).to_contain_text("A medicines review.")
    expect(theirs.page.locator(".run-both")).to_contain_text("A sight test.")
    theirs.click("Keep both")
    theirs.saves()
    expect(mine.decision).to_have_value("A medicines review.\nA sight test.")
    assert written(room[1][0]) == "A medicines review.\nA sight test."
    then.nobody_is_shut_out()


def test_whoever_types_on_beside_somebody_elses_words_loses_nothing_of_it(
    mine: Screen, theirs: Screen, room: tuple[Meeting, list[AgendaItem]], stage: Stage
) -> None:
    theirs.page.context.set_offline(True)
    theirs.decision.focus()
    theirs.type("A sight test")
    mine.type("A medicines review.")
    mine.saves()
    theirs.page.context.set_offline(False)
    theirs.sees(re.compile("wrote here meanwhile"))
    theirs.decision.focus()
    theirs.type(" before Christmas.")
    theirs.press("Escape")
    theirs.sees("Not saved yet: look under the box in C-0001.")
    theirs.click("Keep mine")
    theirs.saves()
    assert written(room[1][0]) == "A sight test before Christmas."


def test_what_was_typed_of_a_case_that_is_taken_off_keeps_nobody_waiting(
    stage: Stage, mine: Screen, room: tuple[Meeting, list[AgendaItem]]
) -> None:
    _, (first, second) = room
    mine.page.route("**/block", lambda route: route.abort())
    mine.type("A medicines review")
    mine.sees("Not saved yet: no connection.")
    object_to_sharing(stage.cast[WRITER], first.case.patient_id, ObjectionScope.ALL)
    mine.page.unroute("**/block")
    mine.is_at("C-0002")
    mine.sees("The case that was shown here is not on the list any more.")
    mine.write_decision("A sight test.")
    mine.click("Read back and confirm")
    # What is missing is asked for: nothing of the other case is waited for.
    mine.sees("Say how the person's own view came into the room.")
    assert written(second) == "A sight test."
    stage.forgive("ERR_FAILED")
    stage.forgive("status of 40")


def test_what_others_changed_before_a_save_does_not_take_its_words_away(
    mine: Screen, room: tuple[Meeting, list[AgendaItem]]
) -> None:
    late = []

    def hold(route) -> None:
        if late:
            return route.continue_()
        late.append((route, route.fetch()))
        return None

    note_change(room[0])
    db.session.commit()
    mine.page.route("**/pulse?*", hold)
    mine.page.wait_for_timeout(3_000)
    mine.type("A medicines review.")
    mine.saves()
    mine.page.wait_for_timeout(1_000)
    ((route, answer),) = late
    route.fulfill(response=answer)
    mine.page.wait_for_timeout(500)
    expect(mine.decision).to_have_value("A medicines review.")


def test_two_who_write_in_different_boxes_do_not_meet(
    mine: Screen, theirs: Screen, room: tuple[Meeting, list[AgendaItem]]
) -> None:
    theirs.page.get_by_text("Say more").click()
    theirs.page.get_by_label("Why", exact=True).fill("Eleven medicines.")
    mine.type("A medicines review.")
    mine.saves()
    theirs.saves()
    expect(theirs.decision).to_have_value("A medicines review.")
    expect(mine.page.get_by_label("Why", exact=True)).to_have_value("Eleven medicines.")


def test_whoever_was_signed_out_signs_in_and_goes_on(
    stage: Stage, mine: Screen, room: tuple[Meeting, list[AgendaItem]]
) -> None:
    mine.page.context.clear_cookies()
    mine.type("A medicines review at home.")
    mine.sees("Not saved yet: you have been signed out. Your words are kept here.")
    expect(mine.page.get_by_role("link", name="Sign in (opens a new tab)")).to_be_visible()
    let_in(mine.page.context, stage.site, stage.cast, CHAIR)
    mine.click("Send again")
    mine.saves()
    assert written(room[1][0]) == "A medicines review at home."
    stage.forgive("status of 40")
