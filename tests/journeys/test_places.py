"""A decision books somebody into a clinic: planned, told, closed, planned anew, and they came."""

import re
from datetime import timedelta

from playwright.sync_api import expect
from sqlalchemy import update

from mdt.run.commands import finish_meeting
from mdt.signing.commands import sign_minutes
from network.access.rules import Role
from network.plumbing.database import db, today
from rota.clinic_board.commands import close_clinic
from rota.clinic_series.records import ClinicSession
from tests.journeys.conftest import Stage, Then, When
from tests.journeys.hands import let_in
from tests.journeys.room import screen_on
from tests.mdt.clinics import CLINIC, hold
from tests.mdt.room import make_room
from tests.rota.clinic_scene import make_clinic_type

CHAIR, COORDINATOR = Role.CHAIR, Role.CARE_COORDINATOR


def test_somebody_is_booked_told_put_back_first_when_the_clinic_closes_and_comes(
    stage: Stage, when: When, then: Then
) -> None:
    cast, page = stage.cast, stage.page
    meeting, (item,) = make_room(cast, 1)
    case_id, kind = item.case_id, make_clinic_type(cast, name=CLINIC).id
    db.session.commit()
    with screen_on(page, stage.site, cast, CHAIR, meeting) as room:
        room.press("n")
        room.write_decision("Feet, eyes and blood sugar in one visit.")
        page.get_by_label("Book into").select_option(CLINIC)
        room.click("Book")
        expect(page.locator("#run-bookings")).to_contain_text(CLINIC)
        room.tick("Somebody here has met them")
        room.click("Read back and confirm")
        room.sees("to be seen by")
        room.click(re.compile("^Confirm"))
        expect(room.line(1)).to_contain_text("✓")
        room.saves()
    db.session.rollback()
    finish_meeting(cast[CHAIR], meeting.id)
    sign_minutes(cast[CHAIR], meeting.id)
    clinic_id = hold(cast, kind)

    page.context.clear_cookies()
    let_in(page.context, stage.site, cast, COORDINATOR)
    page.goto(stage.site)
    when.i_choose("Places")
    then.i_see("They have a place: tell them when and where.")
    then.nobody_is_shut_out()
    page.get_by_role("link", name=re.compile("^Tell them")).click()
    then.i_see(re.compile(f"{CLINIC}. Planned: Tuesday .*, morning, .*, Place 1"))
    then.nobody_is_shut_out()
    page.get_by_role("button", name=re.compile("^By phone")).click()
    then.i_see("Told.")

    db.session.rollback()
    close_clinic(cast[Role.CLINIC_LEAD], clinic_id, "The dentist is away")
    page.goto(f"{stage.site}/cases/{case_id}")
    then.i_see(f"Their clinic was closed, or moved out of their reach ({CLINIC}): they need another")
    page.goto(stage.site)
    page.get_by_role("link", name="The clinic was closed").click()
    then.i_see("No clinic has a place free yet")
    db.session.rollback()
    again_id = hold(cast, kind, weeks=3)
    page.reload()
    then.i_see("Planned: Tuesday")

    yesterday = today() - timedelta(days=1)
    db.session.execute(update(ClinicSession).where(ClinicSession.id == again_id).values(day=yesterday))
    db.session.commit()
    when.i_choose("Places")
    page.get_by_role("button", name=re.compile("^Came")).click()
    then.i_see("Came.")
    page.goto(f"{stage.site}/cases/{case_id}")
    then.i_see(f"Came to {CLINIC}")
