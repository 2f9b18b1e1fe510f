"""A wish made on a phone, and finance's way from the first page to the month's workbook."""

from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Download, expect

from network.access.rules import Role
from network.plumbing.database import db
from rota.staff.records import RotaMember
from tests.journeys.conftest import Given, Stage, Then
from tests.makers import MONDAY
from tests.rota import scene

MOST_CLICKS = 3


def one_of_the_doctors(given: Given, stage: Stage) -> RotaMember:
    """Let the cast's member of staff be a doctor of the network."""
    own = given.a_network_that_can_be_planned()[0]
    own.engagement.person_id = stage.cast[Role.STAFF].person_id
    db.session.commit()
    return own


def test_a_wish_is_made_and_withdrawn_on_a_phone(given: Given, then: Then, stage: Stage) -> None:
    one_of_the_doctors(given, stage)
    scene.open_rota(stage.cast)
    given.a_phone()
    given.i_am_signed_in_as(Role.STAFF)
    page = stage.page
    page.get_by_role("link", name="The rota of 7 December").click()
    then.nobody_is_shut_out()
    page.get_by_label("When?").select_option(label="Every Friday")
    page.get_by_label("Which part of the day?").select_option(label="Afternoon")
    page.get_by_label("How many points is it worth?").fill("40")
    page.get_by_role("button", name="Save the wish").click()
    # What went wrong takes the focus once the page is awake.
    expect(page.get_by_text("Spend 1 to 10 points on a wish.").first).to_be_visible()
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    page.get_by_label("How many points is it worth?").fill("3")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Off every Friday, afternoon")).to_be_visible()
    expect(page.get_by_text("6 of 9 points left")).to_be_visible()
    page.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_text("9 of 9 points left")).to_be_visible()
    then.the_page_fits_the_screen()
    then.nobody_is_shut_out()


def test_finance_closes_the_month_in_three_clicks(
    given: Given, then: Then, stage: Stage, tmp_path: Path
) -> None:
    doctor = one_of_the_doctors(given, stage)
    version = scene.open_rota(stage.cast)
    scene.put(version, doctor, stage.cast.elm_site, stage.cast[Role.WORKFORCE_MANAGER])
    scene.make_chosen(version)
    given.i_am_signed_in_as(Role.FINANCE_VIEWER)
    clicks = 0
    stage.page.get_by_role("link", name=f"{MONDAY:%B %Y}").click()
    clicks += 1
    then.nobody_is_shut_out()
    with stage.page.expect_download() as started:
        stage.page.get_by_role("button", name="Download as workbook").click()
        clicks += 1
    assert clicks <= MOST_CLICKS
    assert streams_in(started.value, tmp_path) == ["Core general practice contract"]


def streams_in(download: Download, folder: Path) -> list[str]:
    """Read the streams out of the workbook that was downloaded."""
    download.save_as(folder / "funding.xlsx")
    rows = load_workbook(folder / "funding.xlsx")["Streams"].iter_rows(min_row=2, values_only=True)
    return [str(row[0]) for row in rows]
