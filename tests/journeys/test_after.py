"""After the meeting: the chair signs, letters are checked, the practice copies, the charity reads."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from mdt.letters.rules import Audience, LetterState, Way
from mdt.meetings.rules import MeetingState
from mdt.patients.rules import LetterFormat
from mdt.writing.commands import change_letter_head
from network.access.rules import Role
from network.plumbing.database import db
from tests.journeys.conftest import Given, Stage, Then, When
from tests.journeys.hands import let_in
from tests.mdt.after import CHAIR, CLINICIAN, COORDINATOR, Over, make_over, make_signed

Enter = Callable[[Role], Page]


@pytest.fixture
def enter(stage: Stage) -> Enter:
    def _enter(role: Role) -> Page:
        stage.page.context.clear_cookies()
        let_in(stage.page.context, stage.site, stage.cast, role)
        stage.page.goto(stage.site)
        return stage.page

    return _enter


def again(over: Over) -> Over:
    """Look again at what the site has changed."""
    db.session.rollback()
    db.session.expire_all()
    return over


def test_the_chair_reads_and_signs_with_one_click(stage: Stage, enter: Enter, when: When, then: Then) -> None:
    over = make_over(stage.cast)
    page = enter(CHAIR)
    page.get_by_role("link", name=re.compile("^Frailty MDT")).first.click()
    then.i_see("A medicines review at home.")
    then.i_see("Ring her every week")
    then.nobody_is_shut_out()
    when.i_choose("Sign the minutes")
    then.i_see("Signed: 1 decision. The letters are written.")
    assert again(over).meeting.state is MeetingState.SIGNED


def test_the_coordinator_checks_a_letter_and_it_goes_only_where_safe(
    stage: Stage, enter: Enter, when: When, then: Then
) -> None:
    over = make_signed(stage.cast, letter_format=LetterFormat.LARGE_PRINT)
    page = enter(COORDINATOR)
    when.i_choose("Letters")
    then.nobody_is_shut_out()
    when.i_choose("Check the letter")
    expect(page.locator(".letter--large")).to_be_visible()
    then.nobody_is_shut_out()
    when.i_choose("Given")
    then.i_see("Say whether it is safe to send this letter.")
    page.get_by_label("Yes, it is safe").check()
    when.i_choose("Given")
    then.i_see("Given by post.")
    assert again(over).letter().state is LetterState.GIVEN
    when.i_choose("Undo")
    then.i_see("It waits to be checked again.")
    assert again(over).letter().state is LetterState.DRAFT


def test_a_letter_that_is_not_safe_is_held_and_the_person_told_in_person(
    stage: Stage, enter: Enter, when: When, then: Then
) -> None:
    over = make_signed(stage.cast)
    page = enter(COORDINATOR)
    page.goto(f"{stage.site}/letters/{over.letter().id}")
    when.i_choose("Not safe: hold it back")
    page.get_by_label("Why it is not safe to send").fill("Her son opens the post.")
    when.i_choose("Hold it back")
    then.i_see("Her son opens the post.")
    when.i_choose("Letters")
    page.get_by_text("Told…").first.click()
    when.i_choose("In person")
    then.i_see("Told.")
    assert again(over).tellings[Audience.PERSON].told_how is Way.IN_PERSON


@pytest.mark.parametrize("width", [1280, 900, 390])
def test_whoever_writes_stands_at_the_right_edge_of_the_paper(stage: Stage, enter: Enter, width: int) -> None:
    over = make_signed(
        stage.cast, letter_format=LetterFormat.LARGE_PRINT, address="The Old Vicarage, Elm Road"
    )
    change_letter_head(
        stage.cast[COORDINATOR],
        team="Riverside frailty team",
        address="Elm Surgery, 1 Elm Road, Riverside",
        phone="01632 960001",
        hours="",
    )
    page = enter(COORDINATOR)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{stage.site}/letters/{over.letter().id}")
    sender, head = (page.locator(f".letter__{part}").bounding_box() for part in ("from", "head"))
    assert sender
    assert head
    assert sender["x"] + sender["width"] == pytest.approx(head["x"] + head["width"], abs=1)
    expect(page.locator(".letter__from")).to_contain_text(
        "Elm Surgery\n1 Elm Road\nRiverside", use_inner_text=True
    )


def test_a_printer_gets_the_letter_alone(stage: Stage, enter: Enter, when: When) -> None:
    over = make_signed(stage.cast)
    page = enter(COORDINATOR)
    page.goto(f"{stage.site}/letters/{over.letter().id}")
    page.emulate_media(media="print")
    assert (
        page.locator(".site-body").inner_text().strip()
        == "To print the letter alone, choose “Print” beside it."
    )
    page.emulate_media(media="screen")
    when.i_choose("Print")
    page.emulate_media(media="print")
    printed = page.locator(".site-body").inner_text().strip()
    assert printed.startswith(f"{over.case.patient.given_name} {over.case.patient.family_name}")
    assert "Dear Edie" in printed
    assert "The text" not in printed


def test_a_practice_copies_its_text_into_the_record(
    stage: Stage, enter: Enter, when: When, then: Then
) -> None:
    over = make_signed(stage.cast)
    page = enter(CLINICIAN)
    page.get_by_role("link", name="For the practice’s record").click()
    then.nobody_is_shut_out()
    when.i_choose("Copy")
    then.i_see("Copied.")
    copied = str(page.evaluate("navigator.clipboard.readText()"))
    assert copied.replace("\r\n", "\n") == over.letter(Audience.PRACTICE).words
    when.i_choose("It is copied into the record")
    then.i_see("Copied into the record.")


def test_an_organisation_reads_its_list_on_a_phone(
    stage: Stage, enter: Enter, given: Given, then: Then
) -> None:
    over = make_signed(stage.cast)
    given.a_phone()
    page = enter(Role.VOLUNTARY_MEMBER)
    where = f"/letters/meetings/{over.meeting.id}/organisations/{stage.cast.charity.id}"
    page.goto(f"{stage.site}{where}")
    then.i_see(re.compile("Ring her every week"))
    then.i_do_not_see("A medicines review at home.")
    then.the_page_fits_the_screen()
    then.nobody_is_shut_out()


def test_what_is_printed_is_the_letter_alone(stage: Stage, enter: Enter) -> None:
    over = make_signed(stage.cast, letter_format=LetterFormat.LARGE_EASY_WORDS)
    page = enter(COORDINATOR)
    page.goto(f"{stage.site}/letters/{over.letter().id}/paper")
    page.emulate_media(media="print")
    expect(page.locator(".letter")).to_be_visible()
    expect(page.locator("h1")).to_be_hidden()
    size = page.locator(".letter p").nth(2).evaluate("each => getComputedStyle(each).fontSize")
    # Eighteen points, as large print asks for.
    assert float(size.removesuffix("px")) == pytest.approx(24)
