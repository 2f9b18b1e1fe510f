"""A coordinator's month, and a fund's: from the index to one question, to a file, and to what nobody pays."""

import re

from playwright.sync_api import expect

from mdt.actions.rules import ActionState, NotDone
from network.access.rules import Role
from tests.journeys.conftest import Stage, Then, When
from tests.journeys.test_trust import go_on_as
from tests.mdt.effort_given import make_held, make_scheme
from tests.mdt.evidence_given import due, make_people, period_of_yesterday


def test_a_coordinator_reads_what_was_done_and_a_fund_what_nobody_pays_for(
    stage: Stage, when: When, then: Then
) -> None:
    cases = make_people(stage.cast, elm=12, oak=7)
    for place, case in enumerate(cases):
        due(
            case,
            ActionState.NOT_DONE if place < 5 else ActionState.DONE,
            NotDone.DECLINED if place < 5 else None,
        )
    make_held(stage.cast)
    make_scheme(stage.cast)
    page = stage.page
    go_on_as(stage, Role.CARE_COORDINATOR, f"/evidence?period={period_of_yesterday().value}")
    then.i_see("14 of 19 done (74%)")
    then.nobody_is_shut_out()
    page.get_by_role("link", name="Done or not done").click()
    poorest = page.get_by_role("row", name=re.compile("1: most deprived fifth"))
    expect(poorest).to_contain_text("58%")
    then.nobody_is_shut_out()
    page.set_viewport_size({"width": 390, "height": 844})
    then.the_page_fits_the_screen()
    page.set_viewport_size({"width": 1280, "height": 900})
    with page.expect_download() as download:
        when.i_choose("Download as CSV")
    assert "most deprived fifth" in download.value.path().read_text()
    go_on_as(stage, Role.FINANCE_VIEWER, "/effort")
    then.i_see("that no scheme pays for")
    then.nobody_is_shut_out()
    page.get_by_role("link", name="Schemes").click()
    page.get_by_label("Organisation").select_option(label="Elm Surgery")
    page.get_by_label("First day").first.fill("2026-01-01")
    when.i_choose("Claim under it")
    then.i_see("Their time is claimed under the scheme.")
    then.nobody_is_shut_out()
