from datetime import timedelta

import pytest
from sqlalchemy import select

from network.access.rules import Role
from network.plumbing.database import db, today
from network.plumbing.mail import Letter
from network.plumbing.refusals import NotAllowed, NotFound, Refusal
from network.vocabulary import SessionKind
from rota.exposure_choices.commands import book_exposure
from rota.exposure_choices.queries import half_days_open_to
from rota.exposure_sessions.commands import (
    cancel_exposure,
    end_exposure_offer,
    note_missed,
    offer_exposure,
)
from rota.exposure_sessions.queries import booked_between
from rota.exposure_sessions.records import ExposureSession
from rota.learners.queries import find_own_learner, get_learner_for
from rota.leave.records import Absence
from rota.leave.rules import AbsenceKind, AbsenceState
from rota.mine.queries import my_rota
from rota.planning.queries import planned_for
from rota.roster.queries import roster_of
from rota.rotas.commands import open_period
from rota.rotas.queries import get_version_for
from tests.cast import Cast, client_for
from tests.makers import keep
from tests.rota.exposure_scene import THURSDAY, book, offer, offered, thursday
from tests.rota.host_scene import LEAD, host, next_monday
from tests.rota.rotation_scene import make_own_notice, make_scene
from tests.rota.scene import want
from tests.rota.training_scene import learner

MANAGER = Role.WORKFORCE_MANAGER


def test_a_trainee_chooses_for_themselves_and_for_nobody_else(cast: Cast) -> None:
    trainee = make_own_notice(cast)
    booked = book(cast, trainee)
    peer = learner(cast, starts_on=next_monday(), ends_on=next_monday() + timedelta(weeks=50))
    with pytest.raises(NotFound):
        book_exposure(trainee, booked.offer_id, peer, thursday(2))
    other = book_exposure(cast[LEAD], booked.offer_id, peer, thursday(3))
    with pytest.raises(NotFound):
        cancel_exposure(trainee, other)
    cancel_exposure(trainee, booked.id)
    assert [each.session_id for each in booked_between(next_monday(), thursday(8))] == [other]


def test_nobody_takes_a_place_that_is_taken_and_lists_offer_none(cast: Cast) -> None:
    scene, offer_id = make_scene(cast), offer(cast)
    peer = learner(cast, starts_on=next_monday(), ends_on=next_monday() + timedelta(weeks=50))
    book_exposure(cast[LEAD], offer_id, peer, thursday())
    with pytest.raises(Refusal, match="places of that day are taken"):
        book_exposure(cast[LEAD], offer_id, scene.student, thursday())
    [(row, days)] = half_days_open_to(get_learner_for(cast[LEAD], scene.student), next_monday())
    assert row.id == offer_id
    assert thursday() not in days
    assert thursday(2) in days


def test_leave_teaching_and_another_half_day_keep_a_learner_away(cast: Cast) -> None:
    scene, offer_id = make_scene(cast), offer(cast)
    student = get_learner_for(cast[LEAD], scene.student)
    keep(
        Absence(
            member_id=student.member_id,
            kind=AbsenceKind.ANNUAL,
            state=AbsenceState.APPROVED,
            starts_on=thursday(1),
            ends_on=thursday(1),
        )
    )
    with pytest.raises(Refusal, match="leave in that session"):
        book_exposure(cast[LEAD], offer_id, student.id, thursday(1))
    book_exposure(cast[LEAD], offer_id, student.id, thursday(2))
    second = offer(cast, notes="Another")
    with pytest.raises(Refusal, match="Another half-day"):
        book_exposure(cast[LEAD], second, student.id, thursday(2))
    student.protected = [f"{THURSDAY} {SessionKind.MORNING.value}"]
    db.session.commit()
    with pytest.raises(Refusal, match="teaching"):
        book_exposure(cast[LEAD], offer_id, student.id, thursday(3))


def test_the_weekly_rota_plans_around_a_half_day_where_it_is_held(cast: Cast) -> None:
    booked = book(cast, make_own_notice(cast), weeks=1)
    want(cast.elm_site)
    db.session.commit()
    period = open_period(cast[MANAGER], next_monday() + timedelta(weeks=1), 2)
    version = get_version_for(cast[MANAGER], period)
    own = find_own_learner(cast[Role.TRAINEE])
    assert own
    assert roster_of(version.period, ()).exposures[own.member_id][0].session_id == booked.id
    problem = planned_for(version).problem
    person = next(each for each in problem.people if each.key == str(own.member_id))
    [commitment] = [each for each in person.commitments if "optometry" in each.activity]
    assert problem.sessions[commitment.session].day == booked.day
    assert (commitment.site, commitment.minutes) == (cast.elm_site.code, 210)
    cancel_exposure(cast[Role.TRAINEE], booked.id)
    again = next(each for each in planned_for(version).problem.people if each.key == person.key)
    assert not [each for each in again.commitments if "optometry" in each.activity]


def test_ending_a_half_day_takes_what_was_chosen_after_it(cast: Cast) -> None:
    scene, offer_id = make_scene(cast), offer(cast)
    for weeks in (1, 3):
        book_exposure(cast[LEAD], offer_id, scene.student, thursday(weeks))
    assert end_exposure_offer(cast[LEAD], offer_id, thursday(2)) == 1
    assert [each.day for each in booked_between(next_monday(), thursday(9))] == [thursday(1)]


def test_a_host_lead_offers_only_with_their_own_hosts(cast: Cast) -> None:
    with pytest.raises((NotAllowed, NotFound)):
        offer_exposure(cast[Role.TRAINEE], host(cast), offered())


def test_ones_own_rota_shows_a_half_day_where_and_when_it_is(cast: Cast) -> None:
    booked = book(cast, make_own_notice(cast))
    monday = booked.day - timedelta(booked.day.weekday())
    [week, *_] = my_rota(cast[Role.TRAINEE], monday).weeks
    [entry] = [each for day in week.days if day.day == booked.day for each in day.entries]
    assert (entry.title, entry.hours, entry.site) == (
        "Half-day with optometry",
        "09:00 to 12:30",
        "Elm Surgery",
    )


def test_leave_approved_since_takes_a_half_day_off_the_map_and_the_feed(cast: Cast) -> None:
    scene, offer_id = make_scene(cast), offer(cast)
    student = get_learner_for(cast[LEAD], scene.student)
    book_exposure(cast[LEAD], offer_id, student.id, thursday(1))
    assert len(booked_between(next_monday(), thursday(8))) == 1
    keep(
        Absence(
            member_id=student.member_id,
            kind=AbsenceKind.ANNUAL,
            state=AbsenceState.APPROVED,
            starts_on=thursday(1),
            ends_on=thursday(1),
        )
    )
    assert booked_between(next_monday(), thursday(8)) == []


def test_a_learner_is_written_to_when_a_half_day_of_theirs_is_no_more(cast: Cast) -> None:
    scene, offer_id = make_scene(cast), offer(cast)
    student = get_learner_for(cast[LEAD], scene.student)
    student.member.engagement.person.email = "nina@example.org"
    db.session.commit()
    book_exposure(cast[LEAD], offer_id, student.id, thursday(2))
    own = book_exposure(cast[LEAD], offer_id, student.id, thursday(3))
    cancel_exposure(cast[LEAD], own)
    end_exposure_offer(cast[LEAD], offer_id, thursday(1))
    letters = [each for each in db.session.scalars(select(Letter)) if each.recipient == "nina@example.org"]
    assert len(letters) == 2
    assert all("is cancelled" in letter.body and "/my-training" in letter.body for letter in letters)


def test_a_half_day_to_which_nobody_came_does_not_count_until_that_is_taken_back(cast: Cast) -> None:
    scene, offer_id = make_scene(cast), offer(cast)
    student = get_learner_for(cast[LEAD], scene.student)
    yesterday = today() - timedelta(days=1)
    student.starts_on = min(student.starts_on, yesterday)
    row = ExposureSession(offer_id=offer_id, learner_id=student.id, day=yesterday, made_by="Nobody")
    row.kind = SessionKind.MORNING
    keep(row)
    db.session.commit()
    note_missed(cast[LEAD], row.id)
    assert booked_between(yesterday, yesterday) == []
    page = f"/training/exposure/learners/{student.id}"
    client = client_for(cast, LEAD)
    assert "They came" in client.get(page).text
    assert client.post(f"{page}/came/{row.id}").status_code == 303
    assert len(booked_between(yesterday, yesterday)) == 1
    coming = book_exposure(cast[LEAD], offer_id, student.id, thursday(2))
    with pytest.raises(Refusal, match="still to come"):
        note_missed(cast[LEAD], coming)
