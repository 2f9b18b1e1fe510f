"""A plan with a person: a goal in their words, how far it is reached, what is agreed, and it on paper."""

import re

from playwright.sync_api import expect

from mdt.goals.forms import LEVEL_NAMES
from network.access.rules import Role
from tests.attempts.plans import SCALE, WALK, WORDS
from tests.journeys.conftest import Given, Stage, Then, When
from tests.journeys.hands import let_in
from tests.mdt.scene import refer

WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


def test_a_goal_is_put_down_measured_and_agreed_and_read_on_paper(
    stage: Stage, given: Given, when: When, then: Then
) -> None:
    case, page = refer(stage.cast), stage.page
    let_in(page.context, stage.site, stage.cast, Role.CARE_COORDINATOR)
    given.a_phone()
    page.goto(f"{stage.site}/patients/{case.patient_id}/plan?case={case.id}")
    when.i_choose("Put down a goal")
    then.the_page_fits_the_screen()
    then.nobody_is_shut_out()
    page.get_by_label("What they want to reach, in their words").fill(WALK.words)
    page.get_by_label("Who said it").fill("Edith")
    for name, words in zip(LEVEL_NAMES, SCALE, strict=True):
        page.locator(f"[name={name}]").fill(words)
    page.get_by_label("Where they are now").select_option("-1")
    when.i_choose("Keep this goal")
    page.get_by_role("link", name=re.compile("^How far are they now")).click()
    page.get_by_label(re.compile(SCALE[2])).check()
    when.i_choose("Keep this")
    then.i_see("score of all goals now")
    expect(page.locator(".ladder__step--now")).to_contain_text(SCALE[2])
    then.the_page_fits_the_screen()
    then.nobody_is_shut_out()

    page.set_viewport_size(WIDE)
    when.i_choose("Begin a plan")
    for label, words in (
        ("What the person does", WORDS.own_part),
        ("What others do, and who", WORDS.others_part),
        ("How one knows that things go wrong", WORDS.signs),
        ("What to do then", WORDS.steps),
        ("Whom to ring, day and night", WORDS.contact),
    ):
        page.get_by_label(label).fill(words)
    when.i_choose("Keep the draft")
    when.i_choose("Agree it")
    page.get_by_label("With the person", exact=True).check()
    page.get_by_label("Who agreed").fill("Edith")
    for box in page.get_by_role("checkbox").all():
        box.check()
    then.nobody_is_shut_out()
    when.i_choose("It is agreed")
    then.i_see("Agreed: this version holds from now on.")
    then.nobody_is_shut_out()
    when.i_choose("On paper for the person")
    then.i_see(WALK.words)
    then.i_see(WORDS.steps)
    then.nobody_is_shut_out()
