"""What a member of staff does with their rota, on a phone."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from playwright.sync_api import Page, expect

from network.access.rules import Role
from rota.cells.commands import place
from rota.drafts.queries import find_assignment
from rota.publishing.commands import publish_version
from rota.publishing.rules import Reasons
from rota.rotas.commands import copy_version
from rota.rotas.queries import get_version_for
from rota.rotas.records import RotaVersion
from rota.rows.rules import mark_of
from tests.cast import Cast
from tests.journeys.conftest import Given, Stage, Then, When
from tests.makers import MONDAY
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER


@pytest.fixture(autouse=True)
def on_the_sunday_before() -> Iterator[None]:
    with time_machine.travel(datetime.combine(MONDAY - timedelta(1), time(9), UTC)):
        yield


def move_to_oak(cast: Cast, version: RotaVersion) -> None:
    """Publish a second version in which the one session is at Oak."""
    copy = get_version_for(cast[MANAGER], copy_version(cast[MANAGER], version.id))
    cell = scene.cell_of(copy.assignments[0].member)
    row = find_assignment(copy.id, cell)
    assert row is not None
    line = scene.line_on(copy, cast.oak_site, cell)
    place(cast[MANAGER], copy.id, cell, line.id, mark_of(row.id, row.row_version))
    publish_version(cast[MANAGER], copy.id, Reasons("Oak is short of a doctor"))


def test_a_doctor_learns_of_a_change_and_says_so_on_a_phone(
    stage: Stage, given: Given, when: When, then: Then
) -> None:
    version = scene.publish_for(stage.cast, Role.STAFF)
    given.a_phone()
    given.i_am_signed_in_as(Role.STAFF)
    then.i_see("Mon 7")
    then.i_see("Your rota has something new.")
    then.nobody_is_shut_out()

    when.i_choose("Look, and say that you have seen it")
    then.i_see("Your rota is published")
    then.nobody_is_shut_out()
    then.the_page_fits_the_screen()
    when.i_choose("I have seen this")
    then.i_see("Whoever plans the rota sees that you know.")

    move_to_oak(stage.cast, version)
    when.i_choose("My rota")
    then.i_see("1 change to your rota")
    then.i_see("Surgery at Oak Surgery instead of Surgery at Elm Surgery")
    then.i_see(re.compile("Why: Oak is short of a doctor"))
    then.nobody_is_shut_out()
    then.the_page_fits_the_screen()
    when.i_choose("I have seen this")
    then.i_do_not_see("I have seen this")
    then.i_see("Oak Surgery")


def test_a_calendar_gets_an_address_that_is_shown_once(
    stage: Stage, given: Given, when: When, then: Then
) -> None:
    scene.publish_for(stage.cast, Role.STAFF)
    given.a_phone()
    given.i_am_signed_in_as(Role.STAFF)
    when.i_choose("My rota")
    when.i_choose("In my calendar")
    when.i_choose("Make my address")
    then.i_see("Your address, shown only now")
    then.nobody_is_shut_out()
    then.the_page_fits_the_screen()
    address = stage.page.get_by_label("Calendar address").input_value()
    answer = stage.page.request.get(address)
    assert "SUMMARY:Surgery\\, Elm Surgery" in answer.text()
    stage.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    when.i_choose("Copy the address")
    then.i_see("Copied.")
    assert stage.page.evaluate("navigator.clipboard.readText()") == address

    when.i_choose("Stop it")
    stage.page.get_by_role("dialog").get_by_role("button", name="Stop it").click()
    then.i_see("The address does not work any more.")
    assert stage.page.request.get(address).status == 404


def test_a_manager_says_why_and_sees_who_knows(stage: Stage, given: Given, when: When, then: Then) -> None:
    version = scene.publish_for(stage.cast, Role.STAFF)
    cast = stage.cast
    given.i_am_signed_in_as(MANAGER)
    when.i_open_the_rota()
    then.i_see("1 of 1 person")
    when.i_choose("Change this rota")
    then.i_see("there is nothing new to tell")
    copy = get_version_for(cast[MANAGER], draft_of(stage.page))
    scene.put(copy, version.assignments[0].member, cast.elm_site, cast[MANAGER], MONDAY + timedelta(2))
    stage.page.reload()
    then.i_see("1 change not told yet")
    when.i_choose("Tell them: publish…")
    then.i_see("reason wanted")
    then.nobody_is_shut_out()
    when.i_choose("Publish")
    then.i_see("Say why the rota of")
    then.nobody_is_shut_out()
    stage.page.get_by_label(re.compile("Why the rota of")).fill("a second clinic")
    when.i_choose("Publish")
    then.i_see("The rota is published.")
    when.i_choose("Who was told")
    then.i_see("Not seen yet")
    then.nobody_is_shut_out()


def draft_of(page: Page) -> str:
    found = re.search(r"versions/([0-9a-f-]{36})", page.url)
    assert found
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    return found[1]
