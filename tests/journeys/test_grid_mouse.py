"""The grid by mouse alone, and by finger on a phone."""

import pytest

from network.access.rules import Role
from rota.staff.records import RotaMember
from tests.journeys.conftest import Given, Stage, Then
from tests.journeys.hands import Hands, let_in

MANAGER = Role.WORKFORCE_MANAGER
MON_AM, MON_PM, TUE_AM, WED_AM = 0, 1, 3, 6


@pytest.fixture
def people(given: Given) -> list[RotaMember]:
    people = given.a_network_that_can_be_planned()
    given.a_draft()
    return people


@pytest.fixture
def hands(stage: Stage, people: list[RotaMember]) -> Hands:
    let_in(stage.page.context, stage.site, stage.cast, MANAGER)
    return Hands(stage.page, stage.site)


def test_a_gap_is_filled_with_two_clicks_and_a_session_moved_by_dragging(
    hands: Hands, people: list[RotaMember], stage: Stage, then: Then
) -> None:
    doctor, second, _ = people
    hands.open(stage.version)
    hands.click(hands.page.locator("td.short[data-line]").first)
    then.i_see("Who could")
    then.nobody_is_shut_out()
    hands.click(hands.panel.get_by_role("button", name=f"Place {doctor.name}"))
    assert hands.clicks == 2
    hands.see(doctor, MON_AM, "ELM")
    hands.hear("Saved, no rule broken.")
    then.nobody_is_shut_out()

    hands.drag(hands.cell(doctor, MON_AM), hands.cell(doctor, TUE_AM))
    hands.see(doctor, MON_AM, "")
    hands.see(doctor, TUE_AM, "ELM")
    hands.drag(hands.cell(doctor, TUE_AM), hands.cell(second, WED_AM), holding="Control")
    hands.see(doctor, TUE_AM, "ELM")
    hands.see(second, WED_AM, "ELM")

    hands.click_on("Undo")
    hands.see(second, WED_AM, "")
    hands.are_in(second, WED_AM)
    hands.click_on("Undo")
    hands.see(doctor, MON_AM, "ELM")
    hands.click_on("Redo")
    hands.see(doctor, TUE_AM, "ELM")
    hands.click_on("Redo")
    hands.see(second, WED_AM, "ELM")
    then.the_button_rests("Redo")


def test_what_a_session_could_become_is_one_click_away(
    hands: Hands, people: list[RotaMember], stage: Stage, then: Then
) -> None:
    doctor = people[0]
    hands.open(stage.version)
    hands.click(hands.cell(doctor, MON_AM))
    hands.click(hands.panel.get_by_role("button", name="Place to Oak Surgery"))
    hands.see(doctor, MON_AM, "OAK")
    hands.click(hands.panel.get_by_role("button", name="Move to Elm Surgery"))
    hands.see(doctor, MON_AM, "ELM")
    hands.click(hands.panel.get_by_role("button", name="Clear"))
    hands.see(doctor, MON_AM, "")
    hands.click_on("All keys")
    then.i_see("Keys of the grid")
    hands.click_on("Close")
    assert hands.keys == 0


def test_a_gap_is_filled_by_finger_on_a_phone(
    hands: Hands, people: list[RotaMember], stage: Stage, given: Given, then: Then
) -> None:
    doctor = people[0]
    given.a_phone()
    hands.open(stage.version)
    then.only_one_day_is_shown()
    hands.click(hands.page.locator("td.short[data-line]:visible").first)
    then.i_see("Who could")
    then.the_page_fits_the_screen()
    then.the_panel_rises_from_below()
    then.nobody_is_shut_out()
    hands.click(hands.panel.get_by_role("button", name=f"Place {doctor.name}"))
    hands.see(doctor, MON_AM, "ELM")
    hands.click(hands.panel.get_by_role("button", name="Close"))
    hands.click(hands.cell(doctor, MON_PM))
    hands.click(hands.panel.get_by_role("button", name="Place to Oak Surgery"))
    hands.see(doctor, MON_PM, "OAK")
    then.the_page_fits_the_screen()
