"""Trust as people live it: an emergency from an empty search to its review; a governance lead's morning."""

import re

from playwright.sync_api import expect

from mdt.objections.commands import object_to_sharing
from mdt.sharing.rules import ObjectionScope
from network.access.rules import Role
from network.plumbing.database import db
from tests.journeys.conftest import Stage, Then, When
from tests.journeys.hands import let_in
from tests.mdt.emergencies.scene import WHY, opened
from tests.mdt.scene import NUMBERS, refer

CLINICIAN, LEAD, COORDINATOR = Role.CLINICIAN, Role.GOVERNANCE_LEAD, Role.CARE_COORDINATOR


def go_on_as(stage: Stage, role: Role, path: str = "/") -> None:
    """Hand the browser to somebody else of the cast."""
    stage.page.context.clear_cookies()
    let_in(stage.page.context, stage.site, stage.cast, role)
    stage.page.goto(f"{stage.site}{path}")


def test_an_emergency_from_an_empty_search_to_its_review(stage: Stage, when: When, then: Then) -> None:
    refer(stage.cast, Role.VOLUNTARY_MEMBER)
    db.session.commit()
    page = stage.page
    go_on_as(stage, CLINICIAN, "/cases")
    page.get_by_label("Name, NHS number or case").fill(NUMBERS[0])
    when.i_choose("Find")
    then.i_see("Nothing found")
    when.i_choose("Open in an emergency")
    then.nobody_is_shut_out()
    page.get_by_label("I am caring for them now").check()
    page.get_by_label("What has happened?").fill("Help!")
    page.get_by_label("NHS number").fill("999 000 0018")
    when.i_choose("Open: I know that this is told and reviewed")
    then.i_see("Enter what has happened, in at least 10 characters.")
    # Nothing is lost by having said too little.
    expect(page.get_by_label("NHS number")).to_have_value("999 000 0018")
    page.get_by_label("What has happened?").fill(WHY)
    when.i_choose("Open: I know that this is told and reviewed")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Case C-0001"))
    then.i_see("Opened in an emergency")
    then.i_see(re.compile("You see this because you opened it in an emergency"))
    then.nobody_is_shut_out()
    when.i_choose("End it now")
    then.i_see("It is closed again.")
    page.goto(f"{stage.site}/cases")
    then.i_see("No case here")

    go_on_as(stage, LEAD)
    page.get_by_role("link", name="C-0001").click()
    then.i_see(WHY)
    page.get_by_label("To be explained further").check()
    page.get_by_label("Why", exact=True).fill("Who asked you to come?")
    when.i_choose("Keep what you found")
    then.i_see("Reviewed.")

    go_on_as(stage, CLINICIAN)
    page.get_by_role("link", name="C-0001").click()
    then.i_see("Who asked you to come?")
    when.i_choose("Explain")
    page.get_by_label("Your explanation").fill("The ambulance crew rang the surgery.")
    when.i_choose("Send")
    then.i_see("The ambulance crew rang the surgery.")


def test_a_governance_leads_morning_on_a_phone(stage: Stage, when: When, then: Then) -> None:
    opened(stage.cast)
    case = refer(stage.cast)
    object_to_sharing(stage.cast[COORDINATOR], case.patient_id, ObjectionScope.TOPIC, topic="Her son")
    db.session.commit()
    page = stage.page
    page.set_viewport_size({"width": 390, "height": 844})
    go_on_as(stage, LEAD)
    then.i_see("Opened in an emergency")
    when.i_choose("Sharing")
    then.the_page_fits_the_screen()
    then.nobody_is_shut_out()
    # Two clicks from the desk to the agreement that is missing.
    when.i_choose("Sharing agreements")
    then.the_page_fits_the_screen()
    when.i_choose("Elm Surgery")
    page.get_by_label("Who signed for them").fill("Dr A. Partner")
    when.i_choose("Record the agreement")
    then.i_see("The agreement of Elm Surgery is recorded.")
    then.nobody_is_shut_out()
    when.i_choose("Sharing")
    when.i_choose("Objections")
    then.the_page_fits_the_screen()
    then.i_see("One topic is not to be told")
    when.i_choose("Sharing")
    when.i_choose("Emergency openings")
    then.the_page_fits_the_screen()
    page.get_by_role("link", name=re.compile("C-0001")).click()
    then.the_page_fits_the_screen()
    then.nobody_is_shut_out()
    page.get_by_label("Justified", exact=True).check()
    page.get_by_label("Why", exact=True).fill("The ward says the same.")
    when.i_choose("Keep what you found")
    then.i_see("Reviewed.")
