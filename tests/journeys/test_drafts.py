"""Keeping a referral for later, on a phone, and going on with it; adding a person whom nobody referred."""

from playwright.sync_api import expect

from network.access.rules import Role
from tests.journeys.conftest import Given, Stage, Then, When
from tests.mdt.scene import NUMBERS, refer


def test_a_referral_is_kept_for_later_gone_on_with_and_sent(
    given: Given, when: When, then: Then, stage: Stage
) -> None:
    given.a_phone()
    given.i_am_signed_in_as(Role.CLINICIAN)
    page = stage.page
    when.i_choose("Refer somebody")
    page.get_by_label("Family name").fill("Specimen")
    page.get_by_label("Given name").fill("Edith")
    page.get_by_label("Question for the team").fill("Two falls")
    when.i_choose("Keep for later")
    then.i_see("Enter the date of birth.")
    page.get_by_label("Date of birth").fill("1941-03-04")
    when.i_choose("Keep for later")
    then.i_see("Kept for later: nobody but you sees it.")
    then.the_page_fits_the_screen()
    then.nobody_is_shut_out()
    page.goto(stage.site)
    then.the_page_fits_the_screen()
    then.nobody_is_shut_out()
    page.get_by_role("link", name="Go on with it").click()
    expect(page.get_by_label("Question for the team")).to_have_value("Two falls")
    expect(page.get_by_label("Date of birth")).to_have_value("1941-03-04")
    page.get_by_label("What the person wants").fill("To get to the allotment again.")
    page.get_by_label("Why you may share this").select_option("informed")
    page.get_by_label("How they were informed").fill("Told at home on 2 December.")
    then.the_page_fits_the_screen()
    then.nobody_is_shut_out()
    when.i_choose("Send to the care coordinator")
    then.i_see("Sent to the care coordinator as C-0001.")
    then.i_do_not_see("Kept for later")


def test_a_draft_is_thrown_away_after_a_question(given: Given, when: When, then: Then, stage: Stage) -> None:
    given.a_phone()
    given.i_am_signed_in_as(Role.CLINICIAN)
    when.i_choose("Refer somebody")
    stage.page.get_by_label("Family name").fill("Specimen")
    stage.page.get_by_label("Given name").fill("Edith")
    stage.page.get_by_label("Date of birth").fill("1941-03-04")
    when.i_choose("Keep for later")
    stage.page.get_by_role("link", name="Throw away").click()
    then.i_see("Throw this draft away?")
    then.nobody_is_shut_out()
    then.the_page_fits_the_screen()
    when.i_choose("Throw away")
    then.i_see("Thrown away: nothing of it is left.")
    then.i_do_not_see("SPECIMEN, Edith")


def test_a_coordinator_adds_a_person_and_is_shown_who_is_known(
    given: Given, when: When, then: Then, stage: Stage
) -> None:
    refer(stage.cast)
    given.i_am_signed_in_as(Role.CARE_COORDINATOR)
    page = stage.page
    when.i_choose("Cases")
    when.i_choose("Add a person")
    page.get_by_label("Family name").fill("Specimen")
    page.get_by_label("Given name").fill("Agnes")
    page.get_by_label("Date of birth").fill("1941-03-04")
    page.get_by_label("Given name").focus()
    then.i_see("Known here already: is it this person?")
    then.nobody_is_shut_out()
    then.the_page_fits_the_screen()
    page.get_by_label("NHS number").fill(f" {NUMBERS[1][:3]} {NUMBERS[1][3:6]} {NUMBERS[1][6:]}")
    page.get_by_label("Given name").focus()
    then.i_do_not_see("Known here already")
    when.i_choose("Add")
    then.i_see("Added: only those who coordinate care know of them yet.")
    then.i_see("SPECIMEN, Agnes")
    then.nobody_is_shut_out()
