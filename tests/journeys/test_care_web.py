"""A coordinator puts a neighbour into the care web, sees the gap close, and hears what a carer needs."""

from mdt.story.commands import add_carer
from mdt.story.rules import CarerDetails, CarerRole
from network.access.rules import Role
from network.plumbing.database import db
from tests.journeys.conftest import Given, Stage, Then, When
from tests.mdt.scene import make_case

COORDINATOR = Role.CARE_COORDINATOR


def test_who_is_around_somebody_and_what_their_carer_is_owed(
    given: Given, when: When, then: Then, stage: Stage
) -> None:
    case = make_case(stage.cast)
    ann = CarerDetails("Ann Specimen", "daughter", role=CarerRole.PARTNER, patient_agrees=True)
    carer_id = add_carer(stage.cast[COORDINATOR], case.patient_id, ann)
    db.session.commit()
    given.i_am_signed_in_as(COORDINATOR)
    page = stage.page
    page.goto(f"{stage.site}/patients/{case.patient_id}/care-web")
    then.i_see("Nobody has asked the person whom they value.")
    page.get_by_role("link", name="Add somebody").click()
    page.get_by_label("Name").fill("Mrs Example next door")
    page.get_by_label("Who they are").select_option(label="Neighbour")
    page.get_by_label("Every week", exact=True).check()
    for day in ("Saturday", "Sunday"):
        page.get_by_label(f"{day} Morning").check()
    page.get_by_label("Does the person value them?").select_option(label="Yes, they named them")
    then.nobody_is_shut_out()
    when.i_choose("Keep this")
    then.i_see("Nobody comes on Monday, Tuesday, Wednesday, Thursday or Friday.")
    then.nobody_is_shut_out()
    page.get_by_role("link", name="List", exact=True).click()
    then.i_see("Saturday and Sunday morning")
    page.set_viewport_size({"width": 390, "height": 844})
    then.the_page_fits_the_screen()

    page.goto(f"{stage.site}/carers/{carer_id}")
    then.i_see("Nobody has agreed what happens if they cannot care.")
    page.get_by_role("link", name="Write down their words").click()
    page.get_by_label("What I need for myself").check()
    page.get_by_label("In their words").fill("A night of sleep in the week.")
    when.i_choose("Keep their words")
    then.i_see("The council must assess: ask adult social care.")
    then.nobody_is_shut_out()
    then.the_page_fits_the_screen()
