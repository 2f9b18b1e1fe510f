"""A sign-in that ends takes no words with it, and shows them to nobody else."""

import re
from datetime import timedelta

from flask_security.utils import hash_password
from playwright.sync_api import expect
from sqlalchemy import select, update

from network.access.rules import Role
from network.accounts.records import SignIn
from network.plumbing.database import db, now
from tests.journeys.conftest import PASSWORD, Given, Stage, Then, When

WORDS = "Two falls since the summer, and she hides them"
BACK = "What you typed here is back"


def end_of_the_sign_in(stage: Stage) -> None:
    """Let half an hour pass in which nobody touched anything."""
    db.session.execute(update(SignIn).values(last_seen_at=now() - timedelta(minutes=31)))
    db.session.commit()


def look_at_the_tab_again(stage: Stage) -> None:
    stage.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def sign_in_again(stage: Stage, role: Role) -> None:
    page = stage.page
    page.get_by_label("Email address").fill(stage.cast.accounts[role].email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def held_in_the_tab(stage: Stage) -> str:
    return stage.page.evaluate("JSON.stringify(sessionStorage)")


def it_is_not_held(stage: Stage) -> None:
    stage.page.wait_for_function("words => !JSON.stringify(sessionStorage).includes(words)", arg=WORDS)


def type_a_referral(when: When, stage: Stage) -> None:
    when.i_choose("Refer somebody")
    stage.page.get_by_label("Family name").fill("Specimen")
    stage.page.get_by_label("Date of birth").fill("1941-03-04")
    stage.page.get_by_label("Question for the team").fill(WORDS)
    stage.page.get_by_label("Why you may share this").select_option("informed")
    # The page looks up by itself who is known already.
    stage.page.wait_for_timeout(500)
    when.i_pause()


def the_referral_is_back(then: Then, stage: Stage) -> None:
    then.i_see(BACK)
    expect(stage.page.get_by_label("Family name")).to_have_value("Specimen")
    expect(stage.page.get_by_label("Date of birth")).to_have_value("1941-03-04")
    expect(stage.page.get_by_label("Question for the team")).to_have_value(WORDS)
    expect(stage.page.get_by_label("Why you may share this")).to_have_value("informed")


def test_words_are_back_after_signing_in_again_and_gone_once_thrown_away(
    given: Given, when: When, then: Then, stage: Stage
) -> None:
    given.i_am_signed_in_as(Role.CLINICIAN)
    type_a_referral(when, stage)
    end_of_the_sign_in(stage)
    look_at_the_tab_again(stage)
    then.i_see("You were signed out because nothing happened for a while.")
    then.i_do_not_see(WORDS)
    sign_in_again(stage, Role.CLINICIAN)
    the_referral_is_back(then, stage)
    then.nobody_is_shut_out()
    # Sent after the end, they are not lost either.
    end_of_the_sign_in(stage)
    when.i_choose("Send to the care coordinator")
    sign_in_again(stage, Role.CLINICIAN)
    the_referral_is_back(then, stage)
    # A look-up of the page's own, refused for once, is what led to the door.
    stage.forgive("status of 401")
    when.i_choose("Throw it away")
    expect(stage.page.get_by_label("Question for the team")).to_have_value("")
    it_is_not_held(stage)


def test_words_wait_on_their_page_where_one_came_in_elsewhere(
    given: Given, when: When, then: Then, stage: Stage
) -> None:
    given.i_am_signed_in_as(Role.CLINICIAN)
    type_a_referral(when, stage)
    end_of_the_sign_in(stage)
    look_at_the_tab_again(stage)
    then.i_see("You were signed out because nothing happened for a while.")
    stage.page.locator("input[name=next]").evaluate("field => { field.value = '/account' }")
    sign_in_again(stage, Role.CLINICIAN)
    then.i_see("What you typed on another page is kept")
    when.i_choose("Go back to it")
    the_referral_is_back(then, stage)
    # Whoever leaves by themselves means it.
    when.i_choose("Quorate")
    then.i_do_not_see("What you typed on another page is kept")
    it_is_not_held(stage)


def test_another_user_of_the_same_tab_sees_nothing(
    given: Given, when: When, then: Then, stage: Stage
) -> None:
    coordinator = stage.cast.accounts[Role.CARE_COORDINATOR]
    coordinator.password, coordinator.tf_primary_method = hash_password(PASSWORD), None
    given.i_am_signed_in_as(Role.CLINICIAN)
    type_a_referral(when, stage)
    end_of_the_sign_in(stage)
    look_at_the_tab_again(stage)
    then.i_see("You were signed out because nothing happened for a while.")
    assert WORDS in held_in_the_tab(stage)
    sign_in_again(stage, Role.CARE_COORDINATOR)
    expect(stage.page.get_by_label("Question for the team")).to_have_value("")
    then.i_do_not_see(BACK)
    it_is_not_held(stage)
    # Their own words go when they go.
    stage.page.get_by_label("Question for the team").fill(WORDS)
    stage.page.locator("details.who summary").click()
    when.i_choose("Sign out")
    then.i_see("You are signed out.")
    assert "kept" not in held_in_the_tab(stage)
    # An answer that was still on its way may write into the tab once more.
    stage.page.evaluate("words => sessionStorage.setItem('run-outbox of theirs', words)", WORDS)
    sign_in_again(stage, Role.CLINICIAN)
    expect(stage.page.get_by_role("heading", level=1)).to_have_text(re.compile("Today"))
    it_is_not_held(stage)
    stage.forgive("status of 401")


def test_the_end_is_warned_of_and_put_off_and_passwords_are_never_kept(
    given: Given, when: When, then: Then, stage: Stage
) -> None:
    given.i_am_signed_in_as(Role.STAFF)
    page = stage.page
    page.clock.install()
    page.goto(f"{stage.site}/account/password")
    page.get_by_label("New password", exact=True).fill("a new password of mine")
    db.session.execute(update(SignIn).values(last_seen_at=now() - timedelta(minutes=28, seconds=30)))
    db.session.commit()
    page.clock.fast_forward(28 * 60 * 1000)
    then.i_see("Are you still there?")
    expect(page.get_by_role("button", name="Stay signed in")).to_be_focused()
    then.nobody_is_shut_out()
    with page.expect_response("**/account/stay"):
        page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_hidden()
    db.session.expire_all()
    assert now() - db.session.scalars(select(SignIn.last_seen_at)).one() < timedelta(minutes=1)
    assert "a new password of mine" not in held_in_the_tab(stage)


def test_words_outlive_a_refusal_and_a_new_sign_in_beside_them(
    given: Given, when: When, then: Then, stage: Stage
) -> None:
    given.i_am_signed_in_as(Role.CLINICIAN)
    type_a_referral(when, stage)
    page = stage.page
    page.locator("main input[name=csrf_token]").first.evaluate("field => { field.value = 'too old' }")
    when.i_choose("Keep for later")
    then.i_see("This page was open too long")
    when.i_choose("Go back")
    the_referral_is_back(then, stage)
    stage.forgive("status of 400")
    # In another tab the same person goes and comes back: this tab's form still fits.
    beside = page.context.new_page()
    beside.goto(f"{stage.site}/account")
    beside.locator("details.who summary").click()
    beside.get_by_role("button", name="Sign out", exact=True).click()
    beside.get_by_label("Email address").fill(stage.cast.accounts[Role.CLINICIAN].email)
    beside.get_by_label("Password", exact=True).fill(PASSWORD)
    beside.get_by_role("button", name="Sign in").click()
    expect(beside.get_by_role("heading", level=1)).to_have_text(re.compile("Today"))
    with page.expect_response("**/account/left"):
        look_at_the_tab_again(stage)
    page.get_by_label("Given name").fill("Edith")
    when.i_choose("Keep for later")
    then.i_see("Kept for later: nobody but you sees it.")
    it_is_not_held(stage)
