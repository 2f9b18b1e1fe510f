"""Two managers at one grid, a network that goes away, and a sign-in that ends: nothing is lost."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from network.access.rules import Role
from rota.staff.records import RotaMember
from tests.journeys.conftest import Given, Stage, Then
from tests.journeys.hands import Hands, let_in

MON_AM, MON_PM, TUE_AM = 0, 1, 3


@pytest.fixture
def people(given: Given) -> list[RotaMember]:
    people = given.a_network_that_can_be_planned()
    given.a_draft()
    return people


@pytest.fixture
def mine(stage: Stage, people: list[RotaMember]) -> Hands:
    let_in(stage.page.context, stage.site, stage.cast, Role.WORKFORCE_MANAGER)
    hands = Hands(stage.page, stage.site)
    hands.open(stage.version)
    return hands


@pytest.fixture
def theirs(browser: Browser, stage: Stage, mine: Hands) -> Iterator[Hands]:
    with browser.new_context() as context:
        let_in(context, stage.site, stage.cast, Role.PRACTICE_MANAGER)
        hands = Hands(context.new_page(), stage.site)
        hands.open(stage.version)
        yield hands


def test_two_managers_see_each_other_and_lose_no_edit(
    mine: Hands, theirs: Hands, people: list[RotaMember], then: Then
) -> None:
    doctor, _, third = people
    mine.look_around()
    expect(mine.page.locator("#rota-here")).to_contain_text("here too")
    mine.stand_on(doctor, MON_AM)
    theirs.stand_on(doctor, MON_AM)
    theirs.press("e")
    theirs.see(doctor, MON_AM, "ELM")
    # Not yet told, the first of the two writes into the same cell.
    mine.press("o")
    then.i_see("Somebody else was faster")
    then.i_stand_in_the_panel()
    then.nobody_is_shut_out()
    mine.see(doctor, MON_AM, "ELM")
    mine.click_on("Keep theirs")
    mine.are_in(doctor, MON_AM)
    mine.see(doctor, MON_AM, "ELM")

    mine.stand_on(third, TUE_AM)
    mine.press("e", "ArrowDown")
    theirs.stand_on(third, TUE_AM)
    theirs.press("o")
    expect(theirs.panel).to_contain_text("Somebody else was faster")
    theirs.click_on("Put mine")
    theirs.see(third, TUE_AM, "OAK")
    mine.look_around()
    mine.see(third, TUE_AM, "OAK")
    then.the_cell_is(third.name, TUE_AM, "is-news")
    mine.hear("Changed just now by")


def test_what_cannot_be_sent_is_kept_and_sent_later(
    mine: Hands, people: list[RotaMember], stage: Stage, then: Then
) -> None:
    doctor = people[0]
    mine.stand_on(doctor, MON_AM)
    mine.page.context.set_offline(True)
    mine.page.keyboard.press("e")
    then.i_see("The network does not answer. Your last change is kept here")
    mine.page.keyboard.press("ArrowRight")
    mine.page.keyboard.press("o")
    then.i_see("Your last 2 changes are kept here")
    mine.page.context.set_offline(False)
    mine.hear("Saved, no rule broken.")
    mine.pause()
    mine.open(stage.version)
    mine.see(doctor, MON_AM, "ELM")
    mine.see(doctor, MON_PM, "OAK")
    stage.forgive("ERR_INTERNET_DISCONNECTED")


def test_whoever_was_signed_out_signs_in_and_goes_on(
    mine: Hands, people: list[RotaMember], stage: Stage, then: Then
) -> None:
    doctor = people[0]
    mine.stand_on(doctor, MON_AM)
    mine.page.context.clear_cookies()
    mine.page.keyboard.press("e")
    then.i_see("You have been signed out.")
    then.nobody_is_shut_out()
    expect(mine.page.get_by_role("link", name="Sign in (opens a new tab)")).to_be_visible()
    let_in(mine.page.context, stage.site, stage.cast, Role.WORKFORCE_MANAGER)
    mine.click_on("Send again")
    mine.hear("Saved, no rule broken.")
    mine.see(doctor, MON_AM, "ELM")
    mine.are_in(doctor, MON_AM)
    stage.forgive("status of 400")
