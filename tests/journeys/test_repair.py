"""Half past seven: somebody is ill, and whoever plans the rota mends it before the doors open."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from playwright.sync_api import Locator, expect

from network.access.rules import Role
from network.plumbing.database import db
from rota.rotas.records import RotaVersion
from rota.staff.records import RotaMember
from tests.journeys.conftest import Given, Stage, Then, When
from tests.makers import MONDAY

MOST_CLICKS = 4
HALF_PAST_SEVEN = datetime.combine(MONDAY, time(7, 30), UTC)


@pytest.fixture(autouse=True)
def early_on_monday() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(HALF_PAST_SEVEN, tick=True) as traveller:
        yield traveller


class Mouse:
    """A hand that clicks, and how often it did."""

    def __init__(self, stage: Stage) -> None:
        self.page, self.clicks = stage.page, 0

    def click(self, what: Locator) -> None:
        what.first.click()
        self.clicks += 1


def at_work(given: Given, stage: Stage) -> list[RotaMember]:
    """Let one doctor be at Elm, one at Oak, and one free, who has a phone."""
    people = given.a_network_that_can_be_planned()
    people[2].engagement.person.phone = "01632 960001"
    given.a_published_rota(people)
    db.session.commit()
    return people


def board(when: When, stage: Stage) -> None:
    when.i_choose("Today's board")
    expect(stage.page.get_by_role("heading", level=1)).to_contain_text("On the day")


def test_an_illness_is_covered_and_told_in_four_clicks(
    given: Given, when: When, then: Then, stage: Stage, early_on_monday: time_machine.Traveller
) -> None:
    people = at_work(given, stage)
    names = [member.name for member in people]
    given.i_am_signed_in_as(Role.WORKFORCE_MANAGER)
    board(when, stage)
    then.nobody_is_shut_out()
    mouse = Mouse(stage)
    mouse.click(stage.page.get_by_role("link", name=names[0], exact=True))
    then.nobody_is_shut_out()
    mouse.click(stage.page.get_by_role("button", name="Ill today", exact=True))
    then.i_see("Surgery (GP, Elm Surgery) on Mon 7 Dec AM has 0 of at least 1.")
    then.i_see("Covers the gap")
    then.i_see("One person moves: gains nothing more.")
    then.nobody_is_shut_out()
    mouse.click(stage.page.get_by_role("button", name=f"Send: {names[2]} is told"))
    then.i_see(f"Sent. {names[2]} is being told; nobody else is.")
    assert mouse.clicks <= MOST_CLICKS
    then.i_do_not_see("Surgery (GP, Elm Surgery) on Mon 7 Dec AM has 0 of at least 1.")
    then.i_see("Told, but not read yet")
    then.i_do_not_see("ring them")
    early_on_monday.shift(timedelta(minutes=11))
    stage.page.reload()
    then.i_see("ring them")
    expect(stage.page.get_by_role("link", name="01632 960001")).to_be_visible()
    then.nobody_is_shut_out()


def test_on_a_phone_what_nobody_can_cover_is_left_with_a_reason_and_taken_back(
    given: Given, when: When, then: Then, stage: Stage
) -> None:
    people = at_work(given, stage)
    given.a_phone()
    given.i_am_signed_in_as(Role.WORKFORCE_MANAGER)
    board(when, stage)
    then.the_page_fits_the_screen()
    for member in (people[2], people[1]):
        stage.page.goto(f"{stage.site}/rota/today/{member.id}")
        then.the_page_fits_the_screen()
        when.i_choose("Ill today and tomorrow")
    then.i_see("Nobody can help without breaking a rule.")
    then.the_page_fits_the_screen()
    then.nobody_is_shut_out()
    stage.page.get_by_text("Leave it uncovered").first.click()
    stage.page.get_by_label("Why?").fill("Elm takes their patients")
    stage.page.get_by_role("button", name="Leave it uncovered").click()
    then.i_see(re.compile("Elm takes their patients"))
    then.the_page_fits_the_screen()
    stage.page.get_by_role("link", name=people[1].name).first.click()
    stage.page.get_by_role("button", name="Came in after all").click()
    stage.page.get_by_role("button", name=re.compile("Came in after all|Yes|Go on")).last.click()
    then.i_see("It is taken back.")


def test_those_called_in_read_why_but_not_who_is_ill(
    given: Given, when: When, then: Then, stage: Stage
) -> None:
    people = at_work(given, stage)
    people[2].engagement.person_id = stage.cast.accounts[Role.STAFF].person_id
    db.session.commit()
    ill = people[0].name
    given.i_am_signed_in_as(Role.WORKFORCE_MANAGER)
    stage.page.goto(f"{stage.site}/rota/today/{people[0].id}")
    when.i_choose("Ill today")
    stage.page.get_by_role("button", name=re.compile("^Send: ")).click()
    then.i_see("Sent.")
    assert db.session.query(RotaVersion).count() == 2
    stage.page.context.clear_cookies()
    given.i_am_signed_in_as(Role.STAFF)
    when.i_choose("My rota")
    then.i_see(re.compile("new: Surgery at Elm Surgery. Why: cover is needed at short notice."))
    then.i_do_not_see(ill)
    then.i_do_not_see("sick")
