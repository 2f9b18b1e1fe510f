"""Prompts: a fact is noted, a prompt comes up with its reasons, and the coordinator answers it."""

from playwright.sync_api import expect

from network.access.rules import Role
from tests.cast import Cast
from tests.journeys.conftest import Stage, Then
from tests.journeys.hands import let_in
from tests.mdt.prompted import know
from tests.mdt.scene import make_case


def test_a_fact_that_is_noted_becomes_a_prompt_that_is_put_aside_and_taken_back(
    stage: Stage, cast: Cast, then: Then
) -> None:
    case, page = make_case(cast), stage.page
    know(cast, case, medicines=12)
    let_in(page.context, stage.site, cast, Role.CARE_COORDINATOR)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{stage.site}/cases/{case.id}/prompts")
    expect(page.get_by_text("No prompt is open")).to_be_visible()
    page.get_by_role("link", name="Facts for prompts").click()
    page.get_by_role("link", name="Note mouth and eating").click()
    page.get_by_role("group", name="Dry mouth").get_by_label("Yes").check()
    page.get_by_label("Who said so").fill("her daughter")
    page.get_by_role("button", name="Note these facts").click()
    expect(page.get_by_role("row", name="Dry mouth Yes")).to_contain_text("her daughter")
    page.get_by_role("link", name="The case").click()
    expect(page.get_by_text("12 medicines (the practice")).to_be_visible()
    page.get_by_role("link", name="Answer Dry mouth with several medicines").click()
    then.nobody_is_shut_out()
    then.the_page_fits_the_screen()
    page.get_by_role("link", name="Put it aside").click()
    page.get_by_label("Why").select_option("Not now")
    page.get_by_role("button", name="Put aside").click()
    expect(page.get_by_text("Put aside for 90 days.")).to_be_visible()
    expect(page.get_by_text("No prompt is open")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="Dry mouth with several medicines")).to_be_visible()
