"""What was agreed is answered on a phone; a coordinator's morning; what cannot wait becomes a huddle."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from mdt.actions.rules import ActionState
from network.access.rules import Role
from network.plumbing.database import db, today
from tests.attempts.actions import own_action
from tests.journeys.conftest import Given, Stage, Then, When
from tests.mdt.scene import make_action, make_case

CLINICIAN, COORDINATOR = Role.CLINICIAN, Role.CARE_COORDINATOR


def test_an_owner_answers_on_a_phone(given: Given, when: When, then: Then, stage: Stage) -> None:
    done = own_action(stage.cast, words="Review medicines at home")
    undone = own_action(stage.cast, words="Ring the daughter", due_on=today() - timedelta(days=2))
    given.a_phone()
    given.i_am_signed_in_as(CLINICIAN)
    page = stage.page
    then.i_see("1 overdue.")
    when.i_choose("My actions")
    then.i_see("2 days overdue")
    then.the_page_fits_the_screen()
    then.nobody_is_shut_out()
    # One click, and one to take it back.
    page.get_by_role("button", name="Done: Review medicines at home").click()
    then.i_see("Done.")
    page.get_by_role("button", name="Undo").click()
    then.i_see("It is open again.")
    page.get_by_role("button", name="Done: Review medicines at home").click()
    # Two clicks: not done, and why.
    page.get_by_text("Not done…").click()
    page.get_by_role("button", name="Could not reach them").click()
    then.i_see("Not done: could not reach them.")
    then.i_see("Nothing to do")
    db.session.expire_all()
    assert (done.state, undone.state) == (ActionState.DONE, ActionState.NOT_DONE)


def test_an_action_is_handed_over_to_an_organisation_that_takes_it_on(
    given: Given, when: When, then: Then, stage: Stage
) -> None:
    action = own_action(stage.cast)
    given.i_am_signed_in_as(CLINICIAN)
    page = stage.page
    when.i_choose("My actions")
    page.get_by_role("link", name="Review medicines at home", exact=True).click()
    then.nobody_is_shut_out()
    page.get_by_role("link", name="Hand over").click()
    then.nobody_is_shut_out()
    page.get_by_label("Who does it").select_option(label="Good Neighbours: whoever of them is free")
    when.i_choose("Hand it over")
    then.i_see("Handed over: they see it among their actions.")
    stage.page.context.clear_cookies()
    given.i_am_signed_in_as(Role.VOLUNTARY_MEMBER)
    when.i_choose("My actions")
    then.i_see("Asked of your organisation")
    page.get_by_role("button", name="I take it on").click()
    then.i_see("You have taken it on.")
    db.session.expire_all()
    assert action.state is ActionState.HANDED_OVER


def test_a_coordinator_sees_what_waits_and_reminds_who_is_late(
    given: Given, when: When, then: Then, stage: Stage
) -> None:
    own_action(stage.cast, due_on=today() - timedelta(days=3))
    given.i_am_signed_in_as(COORDINATOR)
    when.i_choose("1 action overdue")
    expect(stage.page.get_by_role("heading", level=1)).to_have_text(re.compile("Morning"))
    then.nobody_is_shut_out()
    stage.page.get_by_role("button", name=re.compile("^Remind")).click()
    then.i_see("One person is written to, without a word about the person.")


def test_what_cannot_wait_becomes_a_huddle_on_the_same_screen(
    given: Given, when: When, then: Then, stage: Stage
) -> None:
    case = make_case(stage.cast)
    make_action(case, stage.cast[Role.CHAIR].account_id, stage.cast.elm.id)
    db.session.commit()
    given.i_am_signed_in_as(CLINICIAN)
    page = stage.page
    page.goto(f"{stage.site}/huddles/new/{case.id}")
    then.nobody_is_shut_out()
    page.get_by_label("Why it cannot wait for the next meeting").fill("She fell again last night.")
    when.i_choose("Call the huddle")
    then.i_see("Choose at least one other person: a huddle is a talk.")
    page.get_by_label(stage.cast[Role.CHAIR].name).check()
    when.i_choose("Call the huddle")
    then.i_see(f"Huddle on {case.ref}")
    assert page.url.endswith("/run")
