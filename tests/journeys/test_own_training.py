"""What a trainee does with their placements, on the smallest phone, and reads without scripts."""

import re

from icalendar import Calendar
from playwright.sync_api import expect

from network.access.rules import Role
from rota.exposure_sessions.queries import booked_between
from tests.journeys.conftest import Given, Stage, Then, When
from tests.rota import exposure_scene
from tests.rota.rotation_scene import make_own_notice

SMALL = {"width": 360, "height": 640}


def test_a_trainee_sees_on_a_phone_where_to_be_on_monday_and_answers(
    stage: Stage, given: Given, when: When, then: Then
) -> None:
    make_own_notice(stage.cast)
    exposure_scene.offer(stage.cast)
    page = stage.page
    page.set_viewport_size(SMALL)
    given.i_am_signed_in_as(Role.TRAINEE)
    then.i_see("Where am I on Monday?")
    when.i_choose("Look, and say that you have seen it")
    for said in ("Elm Surgery, nursing", "Reception at 08:30", "Practice supervisor", "My year"):
        then.i_see(said)
    then.the_page_fits_the_screen()
    then.nobody_is_shut_out()
    when.i_choose("I have seen this")
    then.i_see("Whoever plans your rotations sees that you know.")

    page.get_by_text("Choose a half-day with another discipline").click()
    page.get_by_label(re.compile("Optometry, Elm Surgery")).select_option(index=1)
    then.nobody_is_shut_out()
    when.i_choose("Choose")
    then.i_see("The half-day is yours.")
    then.i_see("1 to come")
    then.the_page_fits_the_screen()

    when.i_choose("Say where I would like to be")
    page.get_by_label("First wish").select_option(index=1)
    then.nobody_is_shut_out()
    when.i_choose("Keep my wishes")
    then.i_see("Change my wishes")
    then.nobody_is_shut_out()

    when.i_choose("Calendar")
    when.i_choose("Make my address")
    then.i_see("may be a day old")
    answer = page.request.get(page.get_by_label("Calendar address").input_value())
    events = Calendar.from_ical(answer.body()).walk("VEVENT")
    assert [str(each["summary"]) for each in events] == [
        "Placement: Elm Surgery, nursing",
        "Half-day with optometry",
    ]


def test_where_to_be_is_read_and_answered_without_scripts(stage: Stage, given: Given, then: Then) -> None:
    make_own_notice(stage.cast)
    exposure_scene.offer(stage.cast)
    given.i_am_signed_in_as(Role.TRAINEE)
    browser = stage.page.context.browser
    assert browser is not None
    plain = browser.new_context(
        java_script_enabled=False, viewport=SMALL, storage_state=stage.page.context.storage_state()
    )
    page = plain.new_page()
    page.goto(f"{stage.site}/my-training")
    for said in ("Elm Surgery, nursing", "Reception at 08:30", "My year", "Seen of other disciplines"):
        expect(page.get_by_text(said).first).to_be_visible()
    page.get_by_text("Choose a half-day with another discipline").click()
    page.get_by_role("button", name="Choose").click()
    expect(page.get_by_text("The half-day is yours.")).to_be_visible()
    page.get_by_role("button", name="I have seen this").click()
    expect(page.get_by_role("button", name="I have seen this")).to_have_count(0)
    plain.close()
    days = [each.day for each in booked_between(exposure_scene.thursday(0), exposure_scene.thursday(9))]
    assert days == [exposure_scene.thursday(0)]


def test_a_lead_reads_what_learners_have_seen(stage: Stage, given: Given, when: When, then: Then) -> None:
    exposure_scene.book(stage.cast, make_own_notice(stage.cast))
    given.i_am_signed_in_as(Role.ROTATION_LEAD)
    stage.page.goto(f"{stage.site}/training/exposure")
    then.i_see("1 to come")
    then.nobody_is_shut_out()
    when.i_choose("Half-days on offer")
    then.i_see("Offer a half-day")
    then.nobody_is_shut_out()
