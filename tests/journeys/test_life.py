"""The life of a rota as people live it: in few clicks, in versions side by side, agreed on by practices."""

import pytest
from playwright.sync_api import Page

from network.access.rules import Role
from rota.stages.commands import propose_version
from tests.journeys.conftest import Given, Stage, Then, When
from tests.makers import MONDAY
from tests.rota import scene

MANAGER, PRACTICE = Role.WORKFORCE_MANAGER, Role.PRACTICE_MANAGER
MOST_CLICKS = 12
COUNT_CLICKS = """
document.addEventListener("click", (event) => {
  const clicks = Number(sessionStorage.getItem("clicks") ?? 0);
  if (event.isTrusted && event.detail > 0) sessionStorage.setItem("clicks", clicks + 1);
}, true);
"""


def clicks(page: Page) -> int:
    return int(page.evaluate("sessionStorage.getItem('clicks') ?? 0"))


@pytest.mark.usefixtures("worker")
def test_a_rota_without_exceptions_takes_few_clicks_from_signing_in_to_publishing(
    stage: Stage, given: Given, when: When, then: Then
) -> None:
    given.a_network_that_can_be_planned()
    stage.page.add_init_script(COUNT_CLICKS)
    given.i_am_signed_in_as(MANAGER)
    when.i_make_a_rota_for_a_week()
    then.i_see("Nothing to mend")
    then.nobody_is_shut_out()
    when.i_choose("Fill the gaps")
    when.i_wait_for_the_end()
    when.i_choose("See the rota")
    when.i_choose("Publish…")
    when.i_choose("Publish")
    then.i_see("The rota is published.")
    assert 0 < clicks(stage.page) <= MOST_CLICKS


def test_something_is_tried_out_beside_the_draft_and_compared(
    stage: Stage, given: Given, when: When, then: Then
) -> None:
    given.a_network_that_can_be_planned()
    given.a_draft()
    given.i_am_signed_in_as(MANAGER)
    when.i_choose("Rota")
    when.i_choose("Next step and versions")
    then.nobody_is_shut_out()
    stage.page.get_by_text("Change version 1").click()
    when.i_choose("Try something out")
    then.nobody_is_shut_out()
    stage.page.get_by_label("What does it try out?").fill("If Dr A is away in May")
    when.i_choose("Make the copy")
    then.i_see("version 2: If Dr A is away in May")
    when.i_choose("Next step and versions")
    when.i_choose("Compare two versions")
    then.i_see("Everybody works the same in both.")
    then.nobody_is_shut_out()
    when.i_choose("About this rota")
    stage.page.get_by_text("Change version 2").click()
    when.i_choose("Go on with this one")
    stage.page.get_by_role("dialog").get_by_role("button", name="Go on with this one").click()
    then.i_see("Going on with this draft; 1 other put aside.")


def test_a_practice_manager_agrees_to_their_part_on_a_phone(
    stage: Stage, given: Given, when: When, then: Then
) -> None:
    elm, *_ = given.a_network_that_can_be_planned()
    version = scene.open_rota(stage.cast)
    scene.put(version, elm, stage.cast.elm_site, stage.cast[MANAGER])
    propose_version(stage.cast[MANAGER], version.id)
    given.a_phone()
    given.i_am_signed_in_as(PRACTICE)
    when.i_choose("Rota")
    then.i_see("Each practice looks over its own people and sites.")
    then.the_page_fits_the_screen()
    when.i_choose("Next step and versions")
    then.the_page_fits_the_screen()
    when.i_choose("Approve")
    then.i_see("1 of 2 have approved their part")
    then.nobody_is_shut_out()


def test_one_session_wants_others_in_this_rota_alone(
    stage: Stage, given: Given, when: When, then: Then
) -> None:
    given.a_network_that_can_be_planned()
    given.a_draft()
    given.i_am_signed_in_as(MANAGER)
    when.i_choose("Rota")
    when.i_choose("Next step and versions")
    when.i_choose("Cover wanted in this rota")
    then.nobody_is_shut_out()
    stage.page.get_by_role("link", name=f"Monday {MONDAY.day} December AM: 1 / 1 / 3").click()
    stage.page.get_by_label("Minimum").fill("2")
    stage.page.get_by_label("Desired").fill("2")
    when.i_choose("Save")
    then.i_see("It wants 2 / 2 / 3 now, in this rota alone.")
    when.i_choose("Undo")
    then.i_see("It wants 1 / 1 / 3 now, in this rota alone.")


def test_a_part_is_chosen_on_a_phone(stage: Stage, given: Given, when: When, then: Then) -> None:
    given.a_network_that_can_be_planned()
    given.a_draft()
    given.a_phone()
    given.i_am_signed_in_as(MANAGER)
    when.i_open_the_rota()
    stage.page.get_by_text("Only a part…").click()
    then.the_page_fits_the_screen()
    when.i_choose("A site, a group or some days")
    then.the_page_fits_the_screen()
    then.nobody_is_shut_out()
