from datetime import timedelta

from network.access.rules import Role
from network.plumbing.database import db, today
from network.vocabulary import JobRole, SessionKind
from rota.learners.commands import end_training, resume_training
from rota.leave.commands import approve_leave, request_leave
from rota.leave.rules import AbsenceKind, Away
from rota.rotas.commands import open_period
from rota.rotas.queries import get_version_for
from rota.rotations.records import PlacementSupervisor
from rota.staff.commands import approve_supervision
from rota.supervision.loads.queries import supervisors_for
from rota.supervision.queries import coming_absences, get_touched_for
from tests.cast import Cast, client_for
from tests.makers import keep
from tests.rota.host_scene import HOST_LEAD, LEAD, next_monday, offer, placed, supervisor
from tests.rota.scene import make_chosen, make_worker, put, want

MANAGER = Role.WORKFORCE_MANAGER


def away(cast: Cast, member_id, days: int = 4, after: int = 0, starts_with=SessionKind.EARLY):
    """Send somebody away in the second week from now."""
    first = next_monday() + timedelta(7 + after)
    time = Away(AbsenceKind.COMPASSIONATE, first, first + timedelta(days), starts_with)
    absence_id = request_leave(cast[MANAGER], member_id, time)
    approve_leave(cast[MANAGER], absence_id)
    return absence_id


def guides(cast: Cast, member_id) -> None:
    """Let somebody supervise registrars."""
    role, since = JobRole.GP_REGISTRAR, today() - timedelta(7)
    approve_supervision(cast[MANAGER], member_id, role, minutes_per_session=60, starts_on=since)


def test_minutes_used_and_had_are_those_of_the_rota(cast: Cast) -> None:
    offer_id = offer(cast)
    noor = supervisor(cast, offer_id)
    placed(cast, offer_id, published=True)
    [shown] = supervisors_for(cast[LEAD])
    assert shown.member.id == noor
    # Eight sessions of the contract at 60 minutes; one learner takes the offer's 120.
    assert (shown.loads[0].used, shown.loads[0].have) == (120, 480)
    assert shown.loads[-1].used == 0
    page = client_for(cast, HOST_LEAD).get("/hosts/supervision")
    assert "Noor" in page.text
    assert "of 480" in page.text


def test_an_absence_names_the_learners_and_who_else_is_there_but_not_why(cast: Cast) -> None:
    offer_id = offer(cast)
    noor, omar = supervisor(cast, offer_id), supervisor(cast, offer_id, "Omar")
    both, alone = placed(cast, offer_id, published=True), placed(cast, offer_id, published=True)
    keep(PlacementSupervisor(placement_id=alone.id, member_id=noor, kind="practice"))
    absence_id = away(cast, noor)
    touched = get_touched_for(cast[LEAD], absence_id)
    others = {each.placement.learner_id: each.others for each in touched.placements}
    assert others == {both.learner_id: ("Alex Omar",), alone.learner_id: ()}
    assert (touched.learners, touched.alone) == (2, 1)
    assert get_touched_for(cast[LEAD], away(cast, omar)).alone == 1
    for role in (LEAD, HOST_LEAD):
        page = client_for(cast, role).get(f"/hosts/supervision/absences/{absence_id}")
        assert alone.learner.name in page.text
        assert "Nobody else" in page.text
        assert "ompassionate" not in page.text
    assert "Alex Noor is not available" in client_for(cast, LEAD).get("/").text
    decision = client_for(cast, MANAGER).get(f"/leave/{absence_id}/decision")
    assert "Learners on placement whom they supervise" in decision.text


def test_an_absence_of_whoever_supervises_nobody_touches_nothing(cast: Cast) -> None:
    noor = supervisor(cast, offer(cast))
    absence_id = away(cast, noor)
    assert not get_touched_for(cast[LEAD], absence_id).is_any
    assert not coming_absences(cast[LEAD])
    assert "not available" not in client_for(cast, LEAD).get("/").text
    assert client_for(cast, Role.STAFF).get(f"/hosts/supervision/absences/{absence_id}").status_code == 403


def test_an_absence_names_the_sessions_of_the_rota_in_which_a_learner_stands_alone(cast: Cast) -> None:
    gp, registrar = make_worker(cast, "Guide"), make_worker(cast, "Trainee", JobRole.GP_REGISTRAR)
    second = make_worker(cast, "Second")
    guides(cast, gp.id)
    want(cast.elm_site, desired=3)
    day = next_monday() + timedelta(7)
    version = get_version_for(cast[MANAGER], open_period(cast[MANAGER], day, 1))
    for member in (gp, registrar, second):
        put(version, member, cast.elm_site, cast[MANAGER], day)
        put(version, member, cast.elm_site, cast[MANAGER], day + timedelta(1))
    make_chosen(version)
    # Whoever is away from noon on is there in the morning.
    noon = away(cast, gp.id, days=0, after=1, starts_with=SessionKind.AFTERNOON)
    assert not get_touched_for(cast[LEAD], noon).is_any
    touched = get_touched_for(cast[LEAD], away(cast, gp.id, days=0))
    [session] = touched.sessions
    assert (session.learner, session.day, session.others) == ("Alex Trainee", day, ())
    assert not touched.placements
    # A colleague at the same place is named once they may guide registrars.
    guides(cast, second.id)
    db.session.expire_all()
    [absence] = coming_absences(cast[LEAD])
    assert absence.sessions[0].others == ("Alex Second",)


def test_a_placement_that_begins_after_a_learner_left_touches_nobody(cast: Cast) -> None:
    offer_id = offer(cast)
    noor = supervisor(cast, offer_id)
    placement = placed(cast, offer_id, published=True)
    absence_id = away(cast, noor)
    assert get_touched_for(cast[LEAD], absence_id).learners == 1
    end_training(cast[LEAD], placement.learner_id)
    assert get_touched_for(cast[LEAD], absence_id).learners == 0
    resume_training(cast[LEAD], placement.learner_id)
    assert coming_absences(cast[LEAD])[0].learners == 1
