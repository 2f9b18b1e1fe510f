"""A one-stop clinic is planned in a few clicks, loses its dentist on the day, and is saved by a repair."""

import re
from datetime import UTC, datetime, time

import pytest
import time_machine
from playwright.sync_api import Locator, expect
from sqlalchemy import select

from network.access.rules import Role
from network.plumbing.database import db
from network.vocabulary import Discipline, JobRole, RoleGroup
from rota.bundles.records import Bundle
from rota.clinic_series.records import ClinicSession
from rota.premises.records import ContractPremises
from rota.staff.records import RotaMember
from tests.journeys.conftest import Given, Stage, Then, When
from tests.makers import keep
from tests.rota.clinic_scene import make_clinic_type, make_neighbourhood
from tests.rota.scene import make_chosen, make_worker, open_rota, want

MOST_CLICKS = 6
SEATS = ((RoleGroup.DENTIST, 1, 1, 1), (RoleGroup.NURSE, 1, 1, 0))


def a_network_that_holds_clinics(stage: Stage) -> list[RotaMember]:
    """Let two dentists and a nurse work at Elm, whose contract allows it, and six people wait for both."""
    cast = stage.cast
    people = [
        make_worker(cast, "Molar", JobRole.DENTIST),
        make_worker(cast, "Incisor", JobRole.DENTIST),
        make_worker(cast, "Needle", JobRole.NURSE),
    ]
    want(cast.elm_site)
    kind = make_clinic_type(cast, SEATS, "Mouth and diabetes one-stop")
    area = make_neighbourhood(cast)
    keep(
        ContractPremises(
            network_id=cast.network.id, discipline=Discipline.DENTISTRY, site_id=cast.elm_site.id
        )
    )
    keep(
        Bundle(
            network_id=cast.network.id,
            neighbourhood_id=area.id,
            clinic_type_id=kind.id,
            disciplines=[],
            count=6,
        )
    )
    db.session.commit()
    return people


@pytest.mark.usefixtures("worker")
def test_a_clinic_is_planned_in_six_clicks_loses_its_dentist_and_is_repaired(
    given: Given, when: When, then: Then, stage: Stage
) -> None:
    people = a_network_that_holds_clinics(stage)
    version = open_rota(stage.cast)
    given.i_am_signed_in_as(Role.WORKFORCE_MANAGER)
    clicks = 0
    for each in (("link", "Clinics"), ("link", "Plan a clinic"), ("button", "Find three ways")):
        stage.page.get_by_role(each[0], name=each[1], exact=True).first.click()
        clicks += 1
        then.nobody_is_shut_out()
    accept(stage).first.click(timeout=40_000)
    clicks += 1
    assert clicks <= MOST_CLICKS
    then.i_see("Accepted: the clinics are on the calendar, their people in the draft.")
    then.nobody_is_shut_out()
    stage.page.get_by_role("link", name="the board").click()
    then.i_see("Staffed")
    then.nobody_is_shut_out()
    stage.page.get_by_role("link", name=re.compile("Mouth and diabetes")).first.click()
    then.i_see("6 places taken")
    expect(stage.page.get_by_role("rowheader", name="Place 6")).to_be_visible()
    then.nobody_is_shut_out()
    clinic_page = stage.page.url
    day = db.session.scalars(select(ClinicSession.day).order_by(ClinicSession.day)).first()
    assert day
    make_chosen(version)
    seated = next(member for member in people[:2] if stage.page.get_by_text(member.name).count())
    other = next(member for member in people[:2] if member is not seated)
    with time_machine.travel(datetime.combine(day, time(7, 30), UTC), tick=True):
        stage.page.context.clear_cookies()
        given.i_am_signed_in_as(Role.WORKFORCE_MANAGER)
        stage.page.goto(f"{stage.site}/rota/today/{seated.id}")
        stage.page.get_by_role("button", name="Ill today", exact=True).click()
        then.i_see("Must close")
        send = stage.page.get_by_role("button", name=f"Send: {other.name} is told")
        expect(send).to_be_visible()
        then.i_see("stays")
        then.nobody_is_shut_out()
        stage.page.goto(f"{stage.site}/clinics/?week={day}")
        then.i_see("At risk")
        then.i_see("Dentist: 0 of the 1 needed")
        stage.page.go_back()
        stage.page.get_by_role("button", name=f"Send: {other.name} is told").click()
        then.i_see("Sent.")
        stage.page.goto(clinic_page)
        then.i_see("Today")
        then.i_see(other.name)
        then.i_see("Those who are there make it safe.")


def accept(stage: Stage) -> Locator:
    return stage.page.get_by_role("button", name=re.compile("^Accept"))
