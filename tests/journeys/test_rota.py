"""The main job of a workforce manager, as a person does it."""

import re

import pytest

from network.access.rules import Role
from tests.journeys.conftest import Given, Then, When

MONDAY_AM = 0
MANAGER = Role.WORKFORCE_MANAGER


@pytest.mark.usefixtures("worker")
def test_a_manager_fills_edits_and_publishes_a_first_rota(given: Given, when: When, then: Then) -> None:
    doctor, *_ = given.a_network_that_can_be_planned()
    given.somebody_is_on_leave_on_monday(doctor)
    given.i_am_signed_in_as(MANAGER)
    then.nobody_is_shut_out()

    when.i_make_a_rota_for_a_week()
    then.i_see("Nothing to mend")
    when.i_choose("Open the rota")
    then.i_see("20 sessions short")
    then.the_cell_holds(doctor.name, MONDAY_AM, "A/L")
    then.nobody_is_shut_out()

    when.i_choose("Fill the gaps")
    then.i_see(re.compile("Waiting for a free worker|Looking for a first rota|Improving the rota"))
    then.nobody_is_shut_out()
    when.i_wait_for_the_end()
    then.nobody_is_shut_out()
    when.i_choose("See the rota")
    then.i_see("no rule broken")

    when.i_click_on(doctor.name, MONDAY_AM)
    then.i_see(f"{doctor.name} is unavailable on Mon 7 Dec AM: annual leave.")
    then.nobody_is_shut_out()
    when.i_place_them_at("Elm Surgery")
    then.the_cell_holds(doctor.name, MONDAY_AM, "A/L ELM")
    then.the_cell_is(doctor.name, MONDAY_AM, "breach")
    then.i_see("1 rule broken")

    when.i_choose("Publish…")
    then.i_see("Nobody may set them aside")
    then.nobody_is_shut_out()
    when.i_choose("The rota")
    when.i_choose("Undo")
    # Whoever is faster than the page's scripts is answered by a new page.
    then.i_see(re.compile("Undone|The last change was taken back"))
    then.the_cell_holds(doctor.name, MONDAY_AM, "A/L")

    when.i_choose("Publish…")
    when.i_choose("Publish")
    then.i_see("The rota is published.")
    then.i_see("Published, version 1")
    then.nobody_is_shut_out()


def test_a_cell_is_changed_without_a_mouse(given: Given, when: When, then: Then) -> None:
    doctor, second, *_ = given.a_network_that_can_be_planned()
    given.a_draft()
    given.i_am_signed_in_as(MANAGER)
    when.i_open_the_rota()

    when.i_stand_on(doctor.name, MONDAY_AM)
    when.i_press("ArrowDown")
    then.i_stand_in_the_cell(second.name, MONDAY_AM)
    when.i_press("ArrowRight", "ArrowLeft", "Enter")
    then.i_see(f"{second.name}, Monday 7 December AM")
    then.i_stand_in_the_panel()
    when.i_press("Tab", "Enter")
    then.the_cell_is(second.name, MONDAY_AM, "pinned")
    then.i_stand_in_the_cell(second.name, MONDAY_AM)
    when.i_press("Control+z")
    then.i_see("Undone.")
    then.the_cell_holds(second.name, MONDAY_AM, "")


def test_the_second_of_two_managers_is_told_what_the_first_did(given: Given, when: When, then: Then) -> None:
    doctor, *_ = given.a_network_that_can_be_planned()
    given.a_draft()
    given.i_am_signed_in_as(MANAGER)
    when.i_open_the_rota()
    when.i_click_on(doctor.name, MONDAY_AM)
    given.somebody_else_places(doctor)
    when.i_place_them_at("Oak Surgery")
    then.i_see(re.compile("It is now: Surgery at Elm Surgery. You wanted: Surgery at Oak Surgery"))
    then.the_cell_holds(doctor.name, MONDAY_AM, "ELM")


def test_staff_see_the_rota_on_a_phone_one_day_at_a_time(given: Given, when: When, then: Then) -> None:
    people = given.a_network_that_can_be_planned()
    given.a_published_rota(people)
    given.somebody_is_on_leave_on_monday(people[2])
    given.a_phone()
    given.i_am_signed_in_as(Role.STAFF)
    when.i_open_the_rota()
    then.i_see(people[0].name)
    then.the_cell_holds(people[0].name, MONDAY_AM, "ELM")
    then.the_cell_holds(people[2].name, MONDAY_AM, "N/A")
    then.only_one_day_is_shown()
    then.the_page_fits_the_screen()
    then.nobody_is_shut_out()


@pytest.mark.usefixtures("worker")
def test_a_manager_on_a_phone_fills_and_places(given: Given, when: When, then: Then) -> None:
    doctor, *_ = given.a_network_that_can_be_planned()
    given.a_draft()
    given.a_phone()
    given.i_am_signed_in_as(MANAGER)
    then.the_page_fits_the_screen()
    when.i_open_the_rota()
    then.the_page_fits_the_screen()
    when.i_choose("Fill the gaps")
    when.i_wait_for_the_end()
    then.the_page_fits_the_screen()
    when.i_choose("See the rota")
    when.i_click_on(doctor.name, MONDAY_AM)
    then.the_page_fits_the_screen()
    when.i_press("Escape")
    when.i_choose("Publish…")
    then.the_page_fits_the_screen()
