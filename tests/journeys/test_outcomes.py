"""How somebody fares: answered on their own phone by a link that works once, and read as a change."""

from datetime import timedelta

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from mdt.outcome_links.commands import make_link
from mdt.outcome_links.queries import token_for
from mdt.outcomes.records import MeasureLink
from mdt.outcomes.rules import How, Wave
from network.access.rules import Role
from network.plumbing.database import days_ago, db, today
from tests.cast import Cast
from tests.journeys.conftest import Stage, Then
from tests.journeys.hands import let_in
from tests.mdt.outcomes.scene import ONS4, answered, started

COORDINATOR = Role.CARE_COORDINATOR
SMALL = {"width": 360, "height": 640}


def asked_again(cast: Cast) -> tuple[str, str]:
    """Ask somebody who answered three months ago once more; return their page, and the link."""
    with days_ago(91):
        case = started(cast)
        answered(cast, case)
    until = today() + timedelta(days=14)
    link_id = make_link(cast[COORDINATOR], case.id, Wave.THREE_MONTHS, How.SELF, until, is_safe=True)
    link = db.session.get_one(MeasureLink, link_id)
    db.session.commit()
    return f"/cases/{case.id}/outcomes", f"/how-you-are/{token_for(link)}"


def nothing_is_cut_off_and_nobody_shut_out(phone: Page) -> None:
    assert phone.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]
    found = Axe().run(phone).response["violations"]
    assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == []


def test_a_person_answers_once_on_their_phone_and_the_coordinator_reads_the_change(
    stage: Stage, then: Then
) -> None:
    theirs, link = asked_again(stage.cast)
    browser = stage.page.context.browser
    assert browser is not None
    with browser.new_context(viewport=SMALL) as looking:
        # To look at a page takes scripts, to answer takes none.
        page = looking.new_page()
        page.goto(f"{stage.site}{link}")
        nothing_is_cut_off_and_nobody_shut_out(page)
    with browser.new_context(viewport=SMALL, java_script_enabled=False) as own:
        phone = own.new_page()
        phone.goto(f"{stage.site}{link}")
        for name, value in (ONS4 | {"happy": 6, "anxious": 5}).items():
            phone.locator(f'input[name="ons4_{name}"][value="{value}"]').check(force=True)
        phone.get_by_role("button", name="Send my answers").click()
        expect(phone.get_by_role("heading", level=1)).to_have_text("Thank you")
        phone.goto(f"{stage.site}{link}")
        expect(phone.locator("fieldset.scale")).to_have_count(0)

    let_in(stage.page.context, stage.site, stage.cast, COORDINATOR)
    stage.page.goto(f"{stage.site}{theirs}")
    then.i_see("From 3 to 6, after 3 months: 3 higher, which is better.")
    then.i_see("From 8 to 5, after 3 months: 3 lower, which is better.")
    then.nobody_is_shut_out()
