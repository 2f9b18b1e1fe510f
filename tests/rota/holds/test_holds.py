"""Time kept for a meeting: what the rota makes of it, who is free, and what is told when a quorum breaks."""

import uuid
from datetime import time, timedelta

import pytest

from network.access.rules import SYSTEM, Role
from network.plumbing.database import db
from network.plumbing.refusals import Invalid, NotFound
from network.vocabulary import Discipline, JobRole, SessionKind
from rota import diary
from rota.advice.queries import weigh
from rota.advice.rules import Matter
from rota.advice.wording import reasons_said
from rota.availability.commands import look_again
from rota.basis.rules import Aspect, changes_between
from rota.diary import Holding, Need
from rota.leave.commands import report_sickness
from rota.leave.rules import AbsenceKind, Away
from rota.planning.queries import planned_for
from rota.solver.staff_rota import breaches
from rota.staff.records import RotaMember
from tests.cast import Cast, client_for
from tests.makers import MONDAY
from tests.rota import scene

COORDINATOR, MANAGER = Role.CARE_COORDINATOR, Role.WORKFORCE_MANAGER
TEN, ELEVEN = time(10), time(11)


def person_of(member: RotaMember) -> uuid.UUID:
    return member.engagement.person_id


def meeting(
    *needed: RotaMember, asked: tuple[RotaMember, ...] = (), least: int = 1, **given: object
) -> Holding:
    quorum = (Need(Discipline.GENERAL_PRACTICE, least, frozenset(map(person_of, asked))),) if asked else ()
    needed_ids = frozenset(map(person_of, needed))
    holding = Holding(uuid.uuid4(), MONDAY, TEN, ELEVEN, needed=needed_ids, quorum=quorum)
    return holding.__class__(**{**vars(holding), **given})


def test_whoever_is_needed_has_the_time_kept_in_every_rota_of_the_day(cast: Cast) -> None:
    amy, bob, _ = scene.make_scene(cast)
    version = scene.open_rota(cast)
    diary.hold(cast[COORDINATOR], meeting(amy))
    problem = planned_for(version).problem
    [kept] = problem.person_by_key[str(amy.id)].commitments
    assert (kept.activity, kept.meeting, kept.starts.time(), kept.site) == ("MDT meeting", True, TEN, None)
    assert not problem.person_by_key[str(bob.id)].commitments
    cell = scene.cell_of(amy)
    line = scene.line_on(version, cast.elm_site, cell)
    scene.put(version, amy, cast.elm_site, cast[MANAGER])
    db.session.expire_all()
    planned = planned_for(version)
    [said] = [each.said for each in breaches(planned.problem, planned.plan) if each.code == "R47"]
    assert said.endswith("is kept for MDT meeting at 10:00 on Mon 7 Dec AM.")
    assert line.day == MONDAY


def test_a_quorum_is_a_rule_of_the_rota_and_says_who_could_come(cast: Cast) -> None:
    amy, bob, cat = scene.make_scene(cast)
    version = scene.open_rota(cast)
    diary.hold(cast[COORDINATOR], meeting(asked=(amy, bob), least=2))
    [kept] = planned_for(version).problem.meetings
    assert kept.needs[0].group == "general practice"
    assert sorted(kept.needs[0].people) == sorted([(str(amy.id),), (str(bob.id),)])
    scene.put(version, amy, cast.elm_site, cast[MANAGER])
    planned = planned_for(version)
    [said] = [each.said for each in breaches(planned.problem, planned.plan) if each.code == "R47"]
    assert said.startswith("The meeting on 7 December at 10:00 needs 2 from general practice:")
    assert cat.name not in said


def test_of_those_who_are_planned_nowhere_here_a_rota_knows_nothing(cast: Cast) -> None:
    [amy] = scene.make_scene(cast, doctors=1)
    version = scene.open_rota(cast)
    elsewhere = scene.make_worker(cast, "Elsewhere", JobRole.SOCIAL_WORKER)
    elsewhere.planned_until = MONDAY - timedelta(1)
    db.session.commit()
    diary.hold(cast[COORDINATOR], meeting(asked=(amy, elsewhere)))
    # One of the two comes from elsewhere: that is as many as are needed.
    assert planned_for(version).problem.meetings[0].needs == ()


def test_a_meeting_at_lunch_takes_nobodys_session(cast: Cast) -> None:
    [amy] = scene.make_scene(cast, doctors=1)
    version = scene.open_rota(cast)
    diary.hold(cast[COORDINATOR], meeting(amy, starts=time(12, 30), ends=time(13, 15)))
    scene.put(version, amy, cast.elm_site, cast[MANAGER])
    planned = planned_for(version)
    assert not [each for each in breaches(planned.problem, planned.plan) if each.code == "R47"]


def test_held_again_it_is_replaced_and_released_it_is_gone(cast: Cast) -> None:
    amy, bob, _ = scene.make_scene(cast)
    version = scene.open_rota(cast)
    first = meeting(amy)
    token = diary.hold(cast[COORDINATOR], first).token
    again = meeting(bob, key=first.key, day=MONDAY + timedelta(1))
    assert diary.hold(cast[COORDINATOR], again).token == token
    [kept] = planned_for(version).problem.meetings
    assert kept.starts.date() == MONDAY + timedelta(1)
    assert kept.kept == {str(bob.id)}
    diary.release(cast[COORDINATOR], first.key)
    db.session.expire_all()
    assert planned_for(version).problem.meetings == ()


def test_what_a_rota_was_filled_on_changes_with_a_hold_and_says_so(cast: Cast) -> None:
    [amy] = scene.make_scene(cast, doctors=1)
    version = scene.open_rota(cast)
    before = planned_for(version)
    basis, mark = before.basis, before.hash
    diary.hold(cast[COORDINATOR], meeting(amy))
    after = planned_for(version)
    assert after.hash != mark
    assert changes_between(basis, after.basis).people == ((amy.name, Aspect.MEETINGS),)


def test_who_is_free_is_said_and_why_not_as_far_as_anybody_may_know(cast: Cast) -> None:
    amy, bob, cat = scene.make_scene(cast)
    dan = scene.make_worker(cast, "Dan")
    version = scene.open_rota(cast)
    scene.put(version, amy, cast.elm_site, cast[MANAGER])
    scene.make_chosen(version)
    report_sickness(cast[MANAGER], bob.id, Away(AbsenceKind.SICKNESS, MONDAY, MONDAY))
    diary.hold(cast[COORDINATOR], meeting(cat))
    ids = list(map(person_of, (amy, bob, cat, dan)))
    free = diary.free_people(MONDAY, TEN, ELEVEN, ids)
    assert [free[each].why for each in ids] == [
        f"on duty at {cast.elm_site.name} then",
        "not available then",
        "at another meeting then",
        "",
    ]
    assert [free[each].is_free for each in ids] == [False, False, False, True]
    assert diary.free_people(MONDAY, time(20), time(21), ids[3:])[ids[3]].why == "not at work then"


def test_keeping_time_says_what_stands_against_it_and_a_change_is_noticed_once(cast: Cast) -> None:
    amy, bob, _ = scene.make_scene(cast)
    version = scene.open_rota(cast)
    held = meeting(asked=(amy, bob))
    assert diary.hold(cast[COORDINATOR], held).warnings == ()
    scene.put(version, amy, cast.elm_site, cast[MANAGER])
    scene.make_chosen(version)
    report_sickness(cast[MANAGER], bob.id, Away(AbsenceKind.SICKNESS, MONDAY, MONDAY))
    [said] = diary.quorum_of([held.key])[held.key]
    assert said.startswith("General practice: 1 needed, none free: ")
    assert "sick" not in said
    assert look_again(SYSTEM) == 1
    assert look_again(SYSTEM) == 0


def test_people_of_other_networks_and_nonsense_are_refused(cast: Cast) -> None:
    with pytest.raises(NotFound):
        diary.hold(cast[COORDINATOR], Holding(uuid.uuid4(), MONDAY, TEN, ELEVEN, frozenset({uuid.uuid4()})))
    with pytest.raises(Invalid, match="ends on the day on which it starts"):
        diary.hold(cast[COORDINATOR], Holding(uuid.uuid4(), MONDAY, ELEVEN, TEN))


def test_the_grid_and_ones_own_rota_show_the_meeting_by_its_time_alone(cast: Cast) -> None:
    amy = scene.join_rota(cast, Role.STAFF)
    scene.want(cast.elm_site)
    scene.want(cast.oak_site)
    version = scene.open_rota(cast)
    scene.make_chosen(version)
    diary.hold(cast[COORDINATOR], meeting(amy))
    grid = client_for(cast, MANAGER).get(f"/rota/versions/{version.id}/").text
    assert "MDT meeting at 10:00" in grid
    own = client_for(cast, Role.STAFF).get(f"/my-rota?week={MONDAY}").text
    assert "MDT meeting" in own
    assert "10:00 to 11:00" in own


def test_leave_that_takes_somebody_from_a_meeting_says_so_before_it_is_asked_for(cast: Cast) -> None:
    amy, bob, cat = scene.make_scene(cast)
    day_off = Away(AbsenceKind.ANNUAL, MONDAY, MONDAY)
    diary.hold(cast[COORDINATOR], meeting(amy, asked=(bob, cat), least=2))
    assert weigh(amy, day_off).missed[0].lacks is None
    weighed = weigh(bob, day_off)
    assert weighed.missed[0].lacks is Discipline.GENERAL_PRACTICE
    said = dict(reasons_said(weighed, own=True, sees_drafts=False))[Matter.MEETING]
    assert said == (
        "Without you the MDT meeting on Monday 7 December at 10:00 lacks general practice to decide."
    )
    afternoon = Away(AbsenceKind.ANNUAL, MONDAY, MONDAY, starts_with=SessionKind.AFTERNOON)
    assert not weigh(bob, afternoon).missed
