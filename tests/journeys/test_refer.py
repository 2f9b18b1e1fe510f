"""Referring somebody, on any kind of device, and what becomes of it; and saying no to sharing."""

import re

from playwright.sync_api import Locator, expect

from mdt.cases.records import Case
from mdt.referrals.commands import accept_referral
from network.access.rules import Role
from network.plumbing.database import db
from tests.journeys.conftest import Given, Stage, Then, When
from tests.mdt.scene import NUMBERS, refer

MOST_INPUTS = 12
MOST_CLICKS = 2


class Hand:
    """Somebody at a form, whose answers and clicks are counted."""

    def __init__(self, stage: Stage) -> None:
        self.page, self.inputs, self.clicks = stage.page, 0, 0

    def fill(self, label: str, words: str) -> None:
        self.page.get_by_label(label).fill(words)
        self.inputs += 1

    def choose(self, label: str, word: str) -> None:
        self.page.get_by_label(label).select_option(word)
        self.inputs += 1

    def click(self, what: Locator) -> None:
        what.first.click()
        self.clicks += 1

    def press(self, word: str) -> None:
        self.click(self.page.get_by_role("button", name=word).or_(self.page.get_by_role("link", name=word)))


def fill_the_rest(hand: Hand) -> None:
    hand.fill("Question for the team", "Two falls since September: what can we change?")
    hand.fill("What the person wants", "To get to the allotment again.")
    hand.fill("Summary from your records", "Falls x2\nRepeat medication:\nApixaban 5mg\nBisoprolol 2.5mg")
    hand.choose("Why you may share this", "informed")
    hand.fill("How they were informed", "Told at home on 2 December.")


def test_a_clinician_refers_somebody_in_twelve_inputs_on_a_phone_and_checks_what_was_read(
    given: Given, when: When, then: Then, stage: Stage
) -> None:
    given.a_phone()
    given.i_am_signed_in_as(Role.CLINICIAN)
    when.i_choose("Refer somebody")
    then.nobody_is_shut_out()
    hand = Hand(stage)
    hand.fill("NHS number", f" {NUMBERS[0][:3]} {NUMBERS[0][3:6]} {NUMBERS[0][6:]} ")
    hand.fill("Family name", "Specimen")
    hand.fill("Given name", "Edith")
    hand.fill("Date of birth", "1941-03-04")
    fill_the_rest(hand)
    then.the_page_fits_the_screen()
    when.i_choose("Send to the care coordinator")
    then.i_see("Sent to the care coordinator as C-0001.")
    assert hand.inputs <= MOST_INPUTS
    then.i_see("Medicines: 2")
    then.nobody_is_shut_out()
    then.the_page_fits_the_screen()
    stage.page.get_by_label("Falls: 2").check()
    when.i_choose("Keep what is ticked")
    then.i_see("Kept, with your name and today's date.")
    stage.page.goto(stage.site)
    then.i_see("Where your referrals stand")
    then.i_see("Waiting for triage")


def test_whoever_is_known_is_chosen_and_nothing_is_typed_again(
    given: Given, when: When, then: Then, stage: Stage
) -> None:
    refer(stage.cast)
    given.i_am_signed_in_as(Role.CLINICIAN)
    when.i_choose("Refer somebody")
    hand = Hand(stage)
    fill_the_rest(hand)
    hand.fill("Family name", "Specimen")
    hand.fill("Given name", "Edith")
    hand.fill("Date of birth", "1941-03-04")
    stage.page.get_by_label("Given name").focus()
    then.i_see("Known here already: is it this person?")
    then.nobody_is_shut_out()
    when.i_choose("This is them")
    then.i_see("SPECIMEN, Edith")
    then.i_see("There is an open case already")
    expect(stage.page.get_by_label("Question for the team")).to_have_value(re.compile("Two falls"))
    then.nobody_is_shut_out()
    when.i_choose("Send to the care coordinator")
    then.i_see("Sent to the care coordinator as C-0002.")


def test_the_coordinator_answers_one_referral_after_the_other_and_takes_an_answer_back(
    given: Given, when: When, then: Then, stage: Stage
) -> None:
    refer(stage.cast)
    db.session.commit()
    given.i_am_signed_in_as(Role.CARE_COORDINATOR)
    when.i_choose("Start with C-0001")
    then.nobody_is_shut_out()
    when.i_choose("Decline")
    then.nobody_is_shut_out()
    stage.page.get_by_label("Why, and what should the referrer do?").fill("Ask the falls service.")
    stage.page.get_by_role("button", name="Decline").click()
    then.i_see("No other referral waits.")
    when.i_choose("Undo")
    then.i_see("Taken back: it waits for triage again.")
    when.i_choose("Ready for a list")
    then.i_see("C-0001 is ready for a list.")
    then.nobody_is_shut_out()


def test_an_objection_takes_two_clicks_and_a_scope_from_the_banner_and_holds_at_once(
    given: Given, when: When, then: Then, stage: Stage
) -> None:
    case: Case = refer(stage.cast)
    coordinator = stage.cast[Role.CARE_COORDINATOR]
    accept_referral(coordinator, case.id, coordinator_id=coordinator.account_id)
    given.a_phone()
    given.i_am_signed_in_as(Role.CARE_COORDINATOR)
    stage.page.goto(f"{stage.site}/cases/{case.id}")
    hand = Hand(stage)
    hand.press("Record an objection")
    then.nobody_is_shut_out()
    stage.page.get_by_label("One discipline").check()
    stage.page.get_by_label("Discipline", exact=True).select_option("general_practice")
    hand.press("Record: it holds at once")
    assert hand.clicks <= MOST_CLICKS
    then.i_see("The objection holds from now on.")
    then.i_see("Not to be shared with general practice")
    then.nobody_is_shut_out()
    then.the_page_fits_the_screen()
