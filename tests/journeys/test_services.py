"""A service is offered from a case, taken up, and goes with the person on paper; all on a phone."""

from network.access.rules import Role
from tests.journeys.conftest import Given, Stage, Then
from tests.mdt.local_services import make_service
from tests.mdt.scene import make_case


def test_somebody_is_offered_a_lunch_club_takes_it_up_and_has_it_on_paper(
    stage: Stage, given: Given, then: Then
) -> None:
    case, page = make_case(stage.cast), stage.page
    make_service(name="Lunch club", cost="£4 a lunch")
    given.a_phone()
    given.i_am_signed_in_as(Role.CARE_COORDINATOR)
    page.goto(f"{stage.site}/cases/{case.id}/services")
    then.i_see("Nothing offered yet")
    page.get_by_role("link", name="Offer something").click()
    then.nobody_is_shut_out()
    then.the_page_fits_the_screen()
    page.get_by_role("link", name="Offer", exact=True).click()
    page.get_by_label("What they hope for").fill("To see people again.")
    page.get_by_role("button", name="Note the offer").click()
    then.i_see("Lunch club is noted as offered.")
    page.get_by_role("link", name="Note what happened").click()
    page.get_by_label("Taken up").check()
    page.get_by_role("button", name="Save").click()
    then.i_see("Taken up")
    then.nobody_is_shut_out()
    then.the_page_fits_the_screen()
    page.get_by_role("link", name="Sheet for the person").click()
    then.i_see("What it costs: £4 a lunch")
    then.nobody_is_shut_out()
