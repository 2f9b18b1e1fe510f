from datetime import date, timedelta

import pytest
from sqlalchemy import select

from network.access.rules import Role
from network.plumbing.database import db
from network.vocabulary import Activity, ContractType, JobRole, RoleGroup, SessionKind
from rota.cells.commands import make_place, place, unpin
from rota.demand.commands import close_site
from rota.jobs.wording import summary_of
from rota.leave.records import Absence
from rota.leave.rules import AbsenceKind, AbsenceState
from rota.planning.queries import Planned, planned_for
from rota.rotas.commands import copy_version, open_period
from rota.rotas.queries import get_version_for
from rota.rotas.records import Assignment, RotaVersion
from rota.rows.rules import EMPTY, mark_of
from rota.solver.staff_rota import Placement, breaches
from rota.solver.staff_rota.archive import problem_from_json, problem_to_json
from tests.cast import Cast
from tests.makers import MONDAY, keep
from tests.rota import scene
from tests.statements import counted

MANAGER = Role.WORKFORCE_MANAGER
AM, PM, EVENING = SessionKind.MORNING, SessionKind.AFTERNOON, SessionKind.EVENING


def fresh(cast: Cast, version: RotaVersion) -> Planned:
    version_id = version.id
    db.session.commit()
    return planned_for(get_version_for(cast[MANAGER], version_id))


def session_of(planned: Planned, day: date, kind: SessionKind) -> int:
    return planned.session_of[day, kind].number


def test_a_problem_has_the_people_and_the_dated_demand(cast: Cast) -> None:
    scene.make_scene(cast)
    planned = planned_for(scene.open_rota(cast, weeks=2))
    assert len(planned.problem.people) == 3
    assert len(planned.problem.duties) == 2 * 2 * 10
    assert planned.plan.placements == frozenset()


def test_a_problem_survives_its_way_through_the_database(cast: Cast) -> None:
    scene.make_scene(cast)
    problem = planned_for(scene.open_rota(cast)).problem
    assert problem_from_json(problem_to_json(problem)) == problem


def test_a_larger_rota_is_read_in_as_many_statements_as_a_small_one(cast: Cast) -> None:
    scene.make_scene(cast, doctors=3)
    small, numbers = scene.open_rota(cast), []
    large_id = None
    for version_id in (small.id, large_id):
        if version_id is None:
            for number in range(12):
                scene.make_worker(cast, f"Late{number}", employer=cast.oak)
            version_id = open_period(cast[MANAGER], MONDAY + timedelta(weeks=1), 4)
        for member in planned_for(get_version_for(cast[MANAGER], version_id)).members.values():
            scene.put(
                get_version_for(cast[MANAGER], version_id),
                member,
                cast.elm_site,
                cast[MANAGER],
                first_day(cast, version_id),
            )
        version = get_version_for(cast[MANAGER], version_id)
        db.session.expire_all()
        assert version.period.starts_on
        with counted() as sent:
            planned_for(version)
        numbers.append(len(sent))
    assert numbers[0] == numbers[1] <= 29


def first_day(cast: Cast, version_id: object) -> date:
    return get_version_for(cast[MANAGER], version_id).period.starts_on


def test_leave_patterns_and_posts_make_people_unavailable(cast: Cast) -> None:
    doctor, *_ = scene.make_scene(cast)
    keep(
        Absence(
            member_id=doctor.id,
            kind=AbsenceKind.ANNUAL,
            state=AbsenceState.APPROVED,
            starts_on=MONDAY,
            ends_on=MONDAY,
        )
    )
    planned = planned_for(scene.open_rota(cast))
    why = planned.problem.person_by_key[str(doctor.id)].unavailable
    assert why[session_of(planned, MONDAY, AM)] == "annual leave"
    assert why[session_of(planned, MONDAY + timedelta(1), EVENING)] == "does not work then"
    assert session_of(planned, MONDAY + timedelta(1), AM) not in why


def test_a_learner_brings_what_they_need(cast: Cast) -> None:
    scene.make_scene(cast)
    registrar = scene.make_worker(cast, "Registrar", JobRole.GP_REGISTRAR)
    registrar.supervision_minutes = 30
    learner = planned_for(scene.open_rota(cast)).problem.person_by_key[str(registrar.id)].learner
    assert learner is not None
    assert (learner.supervision_minutes, learner.supernumerary, learner.strict) == (30, True, True)


def test_only_what_is_pinned_is_a_pin(cast: Cast) -> None:
    doctor, *_ = scene.make_scene(cast)
    version = scene.open_rota(cast)
    cell = scene.put(version, doctor, cast.elm_site, cast[MANAGER])
    planned = fresh(cast, version)
    pin = Placement(str(doctor.id), planned.number_of[scene.line_on(version, cast.elm_site, cell).id])
    assert planned.problem.pins == (pin,)
    row = db.session.query(Assignment).one()
    unpin(cast[MANAGER], version.id, cell, mark_of(row.id, row.row_version))
    planned = fresh(cast, version)
    assert planned.problem.pins == ()
    assert planned.plan.placements == {pin}


def test_a_place_made_by_hand_is_a_duty_that_nobody_asks_for(cast: Cast) -> None:
    doctor, *_ = scene.make_scene(cast)
    version = scene.open_rota(cast)
    make_place(
        cast[MANAGER],
        version.id,
        scene.cell_of(doctor, kind=EVENING),
        cast.elm_site.id,
        Activity.CLINIC,
        EMPTY,
    )
    planned = fresh(cast, version)
    duty = planned.problem.duties[-1]
    assert (duty.activity, duty.site, duty.minimum, duty.maximum) == ("Clinic", "ELM", 0, 1)
    assert planned.problem.pins == (Placement(str(doctor.id), duty.number),)


def test_what_was_published_is_told_to_a_new_version(cast: Cast) -> None:
    doctor, *_ = scene.make_scene(cast)
    version = scene.open_rota(cast)
    scene.put(version, doctor, cast.elm_site, cast[MANAGER])
    scene.make_chosen(version)
    copy = get_version_for(cast[MANAGER], copy_version(cast[MANAGER], version.id))
    planned = fresh(cast, copy)
    assert len(planned.problem.published) == 1
    assert planned.plan.placements == set(planned.problem.published)


def test_the_rota_before_hands_on_its_history(cast: Cast) -> None:
    doctor, *_ = scene.make_scene(cast)
    version = scene.open_rota(cast)
    friday = MONDAY + timedelta(4)
    scene.put(version, doctor, cast.elm_site, cast[MANAGER], MONDAY)
    scene.put(version, doctor, cast.elm_site, cast[MANAGER], friday)
    scene.make_chosen(version)
    later = get_version_for(cast[MANAGER], open_period(cast[MANAGER], MONDAY + timedelta(weeks=1), 1))
    history = fresh(cast, later).problem.person_by_key[str(doctor.id)].history
    assert history.worked_days == {MONDAY, friday}
    assert history.last_end is not None
    assert f"{history.last_end:%d %H:%M}" == "11 12:10"
    assert history.days_in_a_row == 0
    assert history.unpopular == {"Monday mornings": 1}
    assert history.minutes_by_week == {MONDAY: 500}
    idle = fresh(cast, later).problem.people[-1].history
    assert idle.minutes_by_week == {MONDAY: 0}


def test_evenings_and_saturdays_before_are_known_by_kind(cast: Cast) -> None:
    doctor, *_ = scene.make_scene(cast)
    version = scene.open_rota(cast)
    scene.put(version, doctor, cast.elm_site, cast[MANAGER])
    db.session.scalars(select(Assignment)).one().kind = EVENING
    scene.make_chosen(version)
    later = get_version_for(cast[MANAGER], open_period(cast[MANAGER], MONDAY + timedelta(weeks=1), 1))
    history = fresh(cast, later).problem.person_by_key[str(doctor.id)].history
    assert history.days_by_kind == {"EVE": {MONDAY}}


def test_enhanced_access_is_owed_to_the_lists_where_the_rota_gives_any(cast: Cast) -> None:
    scene.make_scene(cast)
    cast.elm.list_size = 9000
    assert planned_for(scene.open_rota(cast)).problem.patients == 0
    scene.want(cast.elm_site, weekdays=(2,), kinds=(EVENING,), activity=Activity.ENHANCED_ACCESS)
    later = get_version_for(cast[MANAGER], open_period(cast[MANAGER], MONDAY + timedelta(weeks=1), 1))
    problem = fresh(cast, later).problem
    assert problem.patients >= 9000
    by_list = problem.patients
    cast.elm.adjusted_list_size = 9400
    assert fresh(cast, later).problem.patients == by_list + 400
    assert [duty.starts.weekday() for duty in problem.duties if duty.extended] == [2]
    assert Activity.ENHANCED_ACCESS.label in problem.payers["enhanced_access"].activities


def test_drafts_hand_nothing_on(cast: Cast) -> None:
    doctor, *_ = scene.make_scene(cast)
    scene.put(scene.open_rota(cast), doctor, cast.elm_site, cast[MANAGER])
    later = get_version_for(cast[MANAGER], open_period(cast[MANAGER], MONDAY + timedelta(weeks=1), 1))
    assert planned_for(later).problem.person_by_key[str(doctor.id)].history.worked_days == frozenset()


def test_the_mark_of_the_facts_is_not_moved_by_what_a_manager_sets(cast: Cast) -> None:
    doctor, *_ = scene.make_scene(cast)
    version = scene.open_rota(cast)
    before = planned_for(version).hash
    scene.put(version, doctor, cast.elm_site, cast[MANAGER])
    make_place(cast[MANAGER], version.id, scene.cell_of(doctor, kind=PM), None, Activity.ADMIN, EMPTY)
    assert fresh(cast, version).hash == before


@pytest.mark.parametrize("fact", ["leave", "pattern", "contract", "induction"])
def test_the_mark_of_the_facts_is_moved_by_facts(cast: Cast, fact: str) -> None:
    doctor, *_ = scene.make_scene(cast)
    version = scene.open_rota(cast)
    before = planned_for(version).hash
    if fact == "leave":
        keep(
            Absence(
                member_id=doctor.id,
                kind=AbsenceKind.STUDY,
                state=AbsenceState.APPROVED,
                starts_on=MONDAY,
                ends_on=MONDAY,
            )
        )
    elif fact == "pattern":
        db.session.delete(doctor.patterns[0].cells[0])
    elif fact == "contract":
        doctor.engagement.weekly_minutes += 250
    else:
        db.session.delete(doctor.inductions[0])
    assert fresh(cast, version).hash != before


def test_what_keeps_somebody_off_a_duty_is_told_in_words(cast: Cast) -> None:
    doctor, *_ = scene.make_scene(cast)
    for credential in list(doctor.credentials):
        db.session.delete(credential)
    version = scene.open_rota(cast)
    scene.put(version, doctor, cast.elm_site, cast[MANAGER])
    planned = fresh(cast, version)
    said = [breach.said for breach in breaches(planned.problem, planned.plan)]
    assert f"{doctor.name} has no Disclosure and Barring Service check on record." in said


def test_a_site_that_closes_after_the_rota_was_opened_wants_nobody(cast: Cast) -> None:
    doctor, *_ = scene.make_scene(cast)
    version = scene.open_rota(cast)
    version_id, elsewhere = version.id, scene.cell_of(doctor, MONDAY + timedelta(1))
    scene.put(version, doctor, cast.elm_site, cast[MANAGER])
    close_site(cast[MANAGER], cast.elm_site.id, MONDAY, "Flood")
    planned = fresh(cast, get_version_for(cast[MANAGER], version_id))
    shut = [duty for duty in planned.problem.duties if duty.shut]
    assert {(duty.site, duty.starts.date(), duty.minimum) for duty in shut} == {("ELM", MONDAY, 0)}
    said = [breach.said for breach in breaches(planned.problem, planned.plan)]
    assert said == ["ELM is closed on Mon 7 Dec AM: Flood."]
    place_id = scene.line_on(get_version_for(cast[MANAGER], version_id), cast.elm_site, elsewhere).id
    place(cast[MANAGER], version_id, elsewhere, place_id, EMPTY)
    planned = fresh(cast, get_version_for(cast[MANAGER], version_id))
    figures = get_version_for(cast[MANAGER], version_id).summary
    seen = summary_of(planned.problem, planned.plan)
    assert (figures["short"], figures["wanted"]) == (seen.short, seen.wanted) == (17, 18)


def test_shared_roles_are_shared_by_list_size(cast: Cast) -> None:
    scene.make_scene(cast)
    cast.elm.list_size, cast.oak.list_size = 6000, 4000
    pharmacist = scene.make_worker(cast, "Shared", JobRole.PHARMACIST)
    pharmacist.engagement.contract = ContractType.ADDITIONAL_ROLES
    scene.want(cast.elm_site, RoleGroup.PHARMACIST)
    shares = planned_for(scene.open_rota(cast)).problem.shares
    assert shares == {"Pharmacist": {"Elm Surgery": 60, "Oak Surgery": 40}}


def test_somebody_with_two_posts_is_known_as_one_human(cast: Cast) -> None:
    first, other, *_ = scene.make_scene(cast)
    second = scene.make_worker(cast, "Second Post", employer=cast.oak)
    second.engagement.person_id = first.engagement.person_id
    db.session.commit()
    people = {person.key: person for person in planned_for(scene.open_rota(cast)).problem.people}
    assert people[str(first.id)].individual == people[str(second.id)].individual != ""
    assert people[str(other.id)].individual == ""
