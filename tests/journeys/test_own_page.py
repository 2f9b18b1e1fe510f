"""A person's own page: given by a coordinator, read and corrected on a small phone, turned off at once."""

import re
from datetime import timedelta

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from network.access.rules import Role
from network.plumbing.database import today
from tests.journeys.conftest import Given, Stage, Then, When
from tests.mdt.outcomes.scene import started
from tests.mdt.own_door.scene import BORN, said
from tests.mdt.scene import make_action, refer

SMALL = {"width": 360, "height": 640}


def nothing_is_cut_off_and_nobody_shut_out(phone: Page) -> None:
    assert phone.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]
    found = Axe().run(phone).response["violations"]
    assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == []
    assert phone.locator("script").count() == 0


def test_a_person_reads_corrects_and_writes_on_their_phone_until_it_is_turned_off(
    stage: Stage, given: Given, when: When, then: Then
) -> None:
    case = started(stage.cast, refer(stage.cast))
    said(stage.cast, case.patient_id)
    make_action(case, None, stage.cast.elm.id, words="Fit a grab rail", due_on=today() + timedelta(days=3))
    given.i_am_signed_in_as(Role.CARE_COORDINATOR)
    page = stage.page
    page.goto(f"{stage.site}/cases/{case.id}")
    when.i_choose("Their own page")
    when.i_choose("Make a link")
    when.i_choose("Make the link")
    then.i_see("Say whether it is safe to give them this link.")
    then.nobody_is_shut_out()
    page.get_by_label("Yes, it is safe").check()
    page.get_by_label(re.compile("How does it reach them")).fill("On her own phone.")
    when.i_choose("Make the link")
    then.i_see("It is shown only now.")
    then.nobody_is_shut_out()
    link = page.get_by_label("Address to copy").input_value()

    browser = page.context.browser
    assert browser is not None
    theirs = browser.new_context(viewport=SMALL)
    phone = theirs.new_page()
    phone.on("console", lambda message: stage.hear(message.text))
    phone.goto(f"{stage.site}{link[link.index('/own/') :]}")
    nothing_is_cut_off_and_nobody_shut_out(phone)
    for name in ("day", "month", "year"):
        phone.get_by_label(name.capitalize()).fill(BORN[name])
    phone.keyboard.press("Enter")
    expect(phone.get_by_text("Fit a grab rail")).to_be_visible()
    assert phone.url == f"{stage.site}/own"
    nothing_is_cut_off_and_nobody_shut_out(phone)
    phone.get_by_role("link", name="Answer 2 sets of questions").click()
    nothing_is_cut_off_and_nobody_shut_out(phone)
    phone.get_by_role("link", name="My page").click()
    phone.get_by_role("link", name=re.compile("Correct this")).click()
    phone.get_by_label("In your own words").fill("My allotment, and my sister on Sundays.")
    nothing_is_cut_off_and_nobody_shut_out(phone)
    phone.get_by_role("button", name="Keep these words").click()
    expect(phone.get_by_text("the team is told")).to_be_visible()
    phone.get_by_label("Your message").fill("Please ring me about the rail.")
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_text("reads this on their next working day").first).to_be_visible()

    page.goto(f"{stage.site}/morning")
    then.i_see("From people's own pages")
    then.nobody_is_shut_out()
    page.get_by_role("link", name=re.compile("Read it")).first.click()
    then.i_see("Please ring me about the rail.")
    then.i_see("My allotment, and my sister on Sundays.")
    then.nobody_is_shut_out()
    when.i_choose("Not safe: turn it off")
    then.i_see("Their own page is turned off.")

    phone.get_by_label("Your message").fill("Are you there?")
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("This page is not here")
    nothing_is_cut_off_and_nobody_shut_out(phone)
    theirs.close()
