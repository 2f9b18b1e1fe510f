import uuid
from dataclasses import replace
from datetime import time, timedelta

import pytest
from sqlalchemy import func, select

from network.access.rules import Role
from network.organisations.records import Equipment
from network.plumbing.database import db
from network.plumbing.refusals import Refusal
from network.vocabulary import EquipmentKind, FundingStream, JobRole, RoleGroup, SessionKind
from rota import diary
from rota.clinic_choices.commands import accept_proposal, plan_clinic, take_back_plan
from rota.clinic_choices.rules import Ask
from rota.clinic_plans.queries import asked_by, proposals_of
from rota.clinic_plans.records import ClinicPlan
from rota.clinic_plans.rules import PlanState, Proposal
from rota.clinic_plans.tasks import find_proposals
from rota.clinic_seats.commands import add_clinic
from rota.clinic_seats.queries import team_of
from rota.clinic_series.records import ClinicSeries, ClinicServing, ClinicSession
from rota.clinic_series.rules import ClinicState, Place, Wanted
from rota.demand.records import Closure
from rota.rotas.records import Assignment, DemandLine
from rota.solver.staff_rota import Plan, breaches
from rota.staff.records import RotaMember
from tests.cast import Cast, client_for
from tests.makers import MONDAY, keep
from tests.rota.clinic_scene import (
    AM,
    lines_of,
    make_bundle,
    make_clinic_type,
    make_neighbourhood,
    make_plan,
    make_plan_found,
    seat,
)
from tests.rota.scene import make_chosen, make_scene, make_worker, open_rota


def count(kind) -> int:
    return db.session.scalar(select(func.count()).select_from(kind)) or 0


def make_plan_like(plan: ClinicPlan, found: Proposal) -> ClinicPlan:
    """Ask for the same clinic again, and have something else found."""
    same = ("network_id", "clinic_type_id", "neighbourhood_id", "version_id", "every_weeks")
    days = {"starts_on": plan.starts_on, "ends_on": plan.ends_on, "asked_by": "Somebody else"}
    other = keep(ClinicPlan(**{name: getattr(plan, name) for name in same}, **days, state=PlanState.READY))
    other.proposals = {"found": [found.kept]}
    db.session.commit()
    return other


def test_accepting_puts_clinics_on_the_calendar_and_their_people_in_the_draft_and_is_taken_back(
    cast: Cast,
) -> None:
    plan, lead = make_plan_found(cast), cast[Role.CLINIC_LEAD]
    wanted = count(DemandLine)
    series = db.session.get_one(ClinicSeries, accept_proposal(lead, plan.id, 0))
    assert [(each.day - MONDAY).days for each in series.sessions] == [0, 7, 14]
    first = series.sessions[0]
    assert team_of(first).state is ClinicState.STAFFED
    # Five were planned for; who else waits has the places that are left.
    assert [sum(each.count for each in one.served) for one in series.sessions] == [8, 1, 0]
    assert count(DemandLine) == wanted + 2
    seated = db.session.scalars(
        select(Assignment).where(Assignment.line_id.in_([line.id for line in lines_of(first.id).values()]))
    ).all()
    assert all(row.is_pinned for row in seated)
    with pytest.raises(Refusal, match="is accepted"):
        accept_proposal(lead, plan.id, 0)
    take_back_plan(lead, plan.id)
    assert (count(ClinicSeries), count(ClinicSession), count(Assignment)) == (0, 0, 0)
    assert db.session.get_one(ClinicPlan, plan.id).state is PlanState.READY


def test_whoever_was_seated_since_stands_in_no_clinic_that_is_taken_back(cast: Cast) -> None:
    plan, lead = make_plan_found(cast), cast[Role.CLINIC_LEAD]
    series = db.session.get_one(ClinicSeries, accept_proposal(lead, plan.id, 0))
    seat(cast, plan.version, series.sessions[0], RoleGroup.NURSE)
    for row in db.session.scalars(select(Assignment)):
        # Not what accepting wrote any more, so not for it to give back.
        row.is_pinned = False
    db.session.commit()
    take_back_plan(lead, plan.id)
    assert count(Assignment) == 0


def test_people_who_wait_have_one_place_however_many_proposals_were_made_for_them(cast: Cast) -> None:
    plan, lead = make_plan_found(cast), cast[Role.CLINIC_LEAD]
    (first,) = proposals_of(plan)
    tuesday = replace(first.sittings[0], place=Place(cast.elm_site.id, MONDAY + timedelta(1), AM), people={})
    other = make_plan_like(plan, replace(first, sittings=(tuesday,)))
    accept_proposal(lead, plan.id, 0)
    accept_proposal(lead, other.id, 0)
    assert db.session.scalar(select(func.sum(ClinicServing.count))) == 9


def test_nobody_is_seated_at_a_time_that_is_kept_for_a_meeting_by_then(cast: Cast) -> None:
    plan, lead = make_plan_found(cast), cast[Role.CLINIC_LEAD]
    nurse_id = proposals_of(plan)[0].sittings[0].people[RoleGroup.NURSE][0]
    nurse = db.session.get_one(RotaMember, nurse_id).engagement.person_id
    meeting = diary.Holding(uuid.uuid4(), MONDAY, time(10), time(11), needed=frozenset({nurse}))
    diary.hold(cast[Role.CARE_COORDINATOR], meeting)
    with pytest.raises(Refusal, match="cannot come any more"):
        accept_proposal(lead, plan.id, 0)
    db.session.rollback()
    assert (count(ClinicSeries), count(Assignment)) == (0, 0)


def test_a_proposal_takes_nobody_out_of_a_clinic_that_was_planned_since(cast: Cast) -> None:
    plan, lead = make_plan_found(cast), cast[Role.CLINIC_LEAD]
    (first,) = proposals_of(plan)
    elsewhere = replace(first.sittings[0], place=Place(cast.oak_site.id, MONDAY, AM))
    other = make_plan_like(plan, replace(first, sittings=(elsewhere,)))
    held = db.session.get_one(ClinicSeries, accept_proposal(lead, plan.id, 0)).sessions[0]
    with pytest.raises(Refusal, match="cannot come any more"):
        accept_proposal(lead, other.id, 0)
    db.session.rollback()
    assert team_of(held).state is ClinicState.STAFFED


def test_what_people_were_told_of_is_not_taken_back(cast: Cast) -> None:
    plan, lead = make_plan_found(cast), cast[Role.CLINIC_LEAD]
    accept_proposal(lead, plan.id, 0)
    make_chosen(plan.version)
    with pytest.raises(Refusal, match="People were told of these clinics"):
        take_back_plan(lead, plan.id)
    assert count(ClinicSession) == 3


def test_without_a_draft_nothing_is_planned_and_it_says_what_to_do(cast: Cast) -> None:
    ask = Ask(make_clinic_type(cast).id, make_neighbourhood(cast).id, 4)
    with pytest.raises(Refusal, match="Make one first"):
        plan_clinic(cast[Role.CLINIC_LEAD], ask)


def test_what_is_asked_twice_is_looked_for_once(cast: Cast) -> None:
    make_scene(cast, doctors=1)
    open_rota(cast)
    lead, ask = cast[Role.CLINIC_LEAD], Ask(make_clinic_type(cast).id, make_neighbourhood(cast).id, 4)
    first = plan_clinic(lead, ask)
    assert plan_clinic(lead, ask) == first
    assert plan_clinic(lead, replace(ask, every_weeks=2)) != first
    db.session.get_one(ClinicPlan, first).state = PlanState.FAILED
    db.session.commit()
    assert plan_clinic(lead, ask) != first


def test_ways_are_found_with_real_people_and_one_is_accepted_on_the_page(cast: Cast) -> None:
    plan = make_plan(cast)
    make_worker(cast, "Needle", JobRole.NURSE)
    make_worker(cast, "Second", JobRole.GP)
    for each in plan.clinic_type.seats:
        each.funding = FundingStream.CORE
    make_bundle(cast, plan, 6)
    db.session.commit()
    find_proposals(cast.network.id, plan_id=plan.id)
    found = db.session.get_one(ClinicPlan, plan.id)
    assert found.state is PlanState.READY, found.said
    client = client_for(cast, Role.CLINIC_LEAD)
    page = client.get(f"/clinics/plans/{plan.id}").text
    assert "6 of 6" in page
    assert "Accept<" in page
    done = client.post(f"/clinics/plans/{plan.id}/accept", data={"number": 0}, follow_redirects=True).text
    assert "on the calendar" in done
    clinics = db.session.scalars(select(ClinicSession)).all()
    assert {team_of(clinic).state for clinic in clinics if clinic.day < MONDAY + timedelta(7)} == {
        ClinicState.STAFFED
    }
    # Found twice is found once: the queue may hand the work out again.
    find_proposals(cast.network.id, plan_id=plan.id)
    assert db.session.get_one(ClinicPlan, plan.id).state is PlanState.ACCEPTED


def test_a_clinic_on_the_calendar_keeps_its_equipment(cast: Cast) -> None:
    plan = make_plan(cast)
    make_worker(cast, "Needle", JobRole.NURSE)
    keep(Equipment(organisation_id=cast.elm.id, kind=EquipmentKind.RETINAL_CAMERA, number=1))
    plan.clinic_type.equipment = {EquipmentKind.RETINAL_CAMERA.value: 1}
    eyes = make_clinic_type(cast, name="Eyes")
    eyes.equipment = plan.clinic_type.equipment
    db.session.commit()
    where = Place(cast.elm_site.id, MONDAY, AM)
    add_clinic(cast[Role.WORKFORCE_MANAGER], Wanted(eyes.id, plan.neighbourhood_id, where))
    asked = asked_by(plan)
    monday = {where: number for number, where in asked.places.items() if where.day == MONDAY}
    broken = {
        where.kind: {breach.code for breach in breaches(asked.problem, Plan(openings=frozenset({number})))}
        for where, number in monday.items()
    }
    assert "C06" in broken[SessionKind.MORNING]
    assert "C06" not in broken[SessionKind.AFTERNOON]
    standing = frozenset(each.number for each in asked.problem.clinics.openings if each.is_fixed)
    assert len(standing) == 1
    assert asked.sittings_of(Plan(openings=standing)) == ()


def test_no_clinic_is_proposed_where_its_site_is_closed(cast: Cast) -> None:
    plan = make_plan(cast)
    make_worker(cast, "Needle", JobRole.NURSE)
    keep(Closure(site_id=cast.elm_site.id, day=MONDAY, why="Christmas Day"))
    keep(Closure(site_id=cast.elm_site.id, day=MONDAY + timedelta(1), kind=AM, why="Learning time"))
    db.session.commit()
    asked = asked_by(plan)
    at_elm = [where for where in asked.places.values() if where.site_id == cast.elm_site.id]
    assert min((where.day, where.kind) for where in at_elm) == (
        MONDAY + timedelta(1),
        SessionKind.AFTERNOON,
    )


def test_where_nobody_could_sit_the_plan_says_so(cast: Cast) -> None:
    plan = make_plan(cast)
    assert {seat.role_group for seat in plan.clinic_type.seats} == {RoleGroup.GP, RoleGroup.NURSE}
    find_proposals(cast.network.id, plan_id=plan.id)
    found = db.session.get_one(ClinicPlan, plan.id)
    assert found.state is PlanState.FAILED
    assert "no time and place" in found.said
