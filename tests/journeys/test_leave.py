"""Leave as people take it: on a phone by those who ask, at a desk by those who decide."""

import re
from datetime import date, timedelta

from playwright.sync_api import Locator, expect

from network.access.rules import Role
from network.plumbing.database import db, today
from network.vocabulary import RoleGroup
from rota.leave.commands import approve_leave, request_leave
from rota.leave.rules import AbsenceKind, Away
from rota.limits.commands import set_limit
from rota.staff.records import RotaMember
from tests.journeys.conftest import Given, Stage, Then, When

MOST_TAPS = 4


class Phone:
    """A finger on a phone, whose taps are counted."""

    def __init__(self, stage: Stage) -> None:
        self.page, self.taps = stage.page, 0

    def tap(self, what: Locator) -> None:
        what.first.click()
        self.taps += 1

    def tap_day(self, day: date) -> None:
        """Tap a day on the month, after turning to it."""
        while not self.day(day).count():
            self.tap(self.page.get_by_role("button", name="Next month"))
        self.tap(self.day(day))

    def day(self, day: date) -> Locator:
        return self.page.locator(f'[data-day="{day}"]')


def a_workday_in(days: int) -> date:
    day = today() + timedelta(days)
    return day + timedelta(7 - day.weekday() if day.weekday() > 4 else 0)


def colleagues(given: Given, stage: Stage) -> tuple[RotaMember, RotaMember]:
    """Let the cast's member of staff be one of two doctors of a practice."""
    own, _, other = given.a_network_that_can_be_planned()
    own.engagement.person_id = stage.cast[Role.STAFF].person_id
    db.session.commit()
    return own, other


def test_staff_ask_for_a_day_off_in_four_taps_and_are_answered_at_once(
    given: Given, when: When, then: Then, stage: Stage
) -> None:
    colleagues(given, stage)
    given.a_phone()
    given.i_am_signed_in_as(Role.STAFF)
    then.nobody_is_shut_out()
    phone = Phone(stage)
    phone.tap(stage.page.get_by_role("link", name="Ask for leave"))
    expect(stage.page.locator(".month")).to_be_visible()
    then.nobody_is_shut_out()
    phone.tap_day(a_workday_in(20))
    then.i_see("Likely: nothing stands against it, so rule R39 approves it at once.")
    then.nobody_is_shut_out()
    then.the_page_fits_the_screen()
    phone.tap(stage.page.get_by_role("button", name="Send the request"))
    then.i_see("The leave is approved by rule R39")
    then.i_see("Approved by rule R39.")
    then.nobody_is_shut_out()
    assert phone.taps <= MOST_TAPS
    when.i_choose("My leave")
    then.i_see(re.compile(r"^by rule R39$"))
    then.nobody_is_shut_out()
    then.the_page_fits_the_screen()


def test_staff_read_what_stands_against_leave_but_not_who_is_away(
    given: Given, when: When, then: Then, stage: Stage
) -> None:
    own, other = colleagues(given, stage)
    manager, day = stage.cast[Role.WORKFORCE_MANAGER], a_workday_in(20)
    set_limit(manager, stage.cast.elm.id, None, RoleGroup.GP, 1)
    approve_leave(manager, request_leave(manager, other.id, Away(AbsenceKind.PARENTAL, day, day)))
    names = own.name, other.name
    given.a_phone()
    given.i_am_signed_in_as(Role.STAFF)
    when.i_choose("Ask for leave")
    phone = Phone(stage)
    phone.tap_day(day)
    then.i_see(re.compile("1 of your group .* is away .* already, and 1 is the most"))
    then.i_do_not_see(names[1])
    then.i_do_not_see("Parental leave of")
    when.i_choose("Send the request")
    then.i_see("A manager decides, and reads what stands against it.")

    stage.page.context.clear_cookies()
    given.i_am_signed_in_as(Role.WORKFORCE_MANAGER)
    when.i_choose("1 request for leave")
    stage.page.get_by_role("link", name=names[0]).click()
    then.i_see("What stands against it")
    then.i_see(names[1])
    then.nobody_is_shut_out()
    when.i_choose("Approve")
    then.i_see("The leave is approved.")


def test_the_month_is_walked_by_keyboard(given: Given, when: When, then: Then, stage: Stage) -> None:
    colleagues(given, stage)
    given.i_am_signed_in_as(Role.STAFF)
    when.i_choose("Ask for leave")
    phone = Phone(stage)
    phone.day(today()).focus()
    for _ in range(3):
        stage.page.keyboard.press("ArrowDown")
    expect(phone.day(today() + timedelta(21))).to_be_focused()
    stage.page.keyboard.press("Enter")
    expect(phone.day(today() + timedelta(21))).to_have_attribute("aria-pressed", "true")
    expect(phone.day(today() + timedelta(21))).to_be_focused()
    stage.page.keyboard.press("PageUp")
    expect(phone.day(today() - timedelta(7))).to_be_focused()


def test_illness_is_reported_from_the_first_page_in_three_clicks(
    given: Given, then: Then, stage: Stage
) -> None:
    own, _ = colleagues(given, stage)
    given.i_am_signed_in_as(Role.PRACTICE_MANAGER)
    chooser = stage.page.get_by_label("Who is ill?")
    expect(chooser).to_have_value("")
    # Two clicks: the list is opened, and a name is chosen in it.
    chooser.select_option(str(own.id))
    stage.page.get_by_role("button", name="Today and tomorrow").click()
    then.i_see("The absence is reported.")
    then.i_see("What falls out of the rota")
    then.nobody_is_shut_out()


def test_without_scripts_two_date_fields_do_the_same(given: Given, stage: Stage) -> None:
    colleagues(given, stage)
    given.i_am_signed_in_as(Role.STAFF)
    plain = stage.page.context.browser.new_context(
        java_script_enabled=False, storage_state=stage.page.context.storage_state()
    )
    page = plain.new_page()
    page.goto(f"{stage.site}/leave/new")
    page.get_by_label("First day").fill(a_workday_in(20).isoformat())
    page.get_by_role("button", name="Ask first what stands against it").click()
    expect(page.get_by_text("Likely: nothing stands against it")).to_be_visible()
    page.get_by_role("button", name="Send the request").click()
    expect(page.get_by_text("The leave is approved by rule R39")).to_be_visible()
    plain.close()
