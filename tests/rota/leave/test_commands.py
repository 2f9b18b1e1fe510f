from datetime import date, timedelta

import pytest
from sqlalchemy import select

from network.access.rules import Actor, Role
from network.audit.records import AuditEntry
from network.organisations.records import Organisation
from network.people.records import Person
from network.plumbing.database import db, in_network, today
from network.plumbing.refusals import Invalid, NotAllowed, NotFound, Refusal
from network.vocabulary import SessionKind
from rota.leave import commands
from rota.leave.queries import absences_for, absences_for_planning, get_absence_for, waiting_for
from rota.leave.rules import AbsenceKind, AbsenceState, Away, Show
from rota.staff.records import RotaMember
from tests import makers
from tests.cast import Cast

SOON = today() + timedelta(30)


def a_week(first: date = SOON, kind: AbsenceKind = AbsenceKind.ANNUAL) -> Away:
    return Away(kind, first, first + timedelta(4))


def make_member(cast: Cast, employer: Organisation | None = None, actor: Actor | None = None) -> RotaMember:
    person = db.session.get(Person, actor.person_id) if actor else None
    member = makers.make_member(makers.make_engagement(employer or cast.elm, person), cast.network)
    db.session.commit()
    return member


def test_staff_ask_and_their_manager_approves(cast: Cast) -> None:
    member = make_member(cast, actor=cast[Role.STAFF])
    absence_id = commands.request_leave(cast[Role.STAFF], member.id, a_week(), "Wedding")
    assert waiting_for(cast[Role.PRACTICE_MANAGER]) == 1
    assert absences_for_planning(SOON, SOON) == {}
    commands.approve_leave(cast[Role.PRACTICE_MANAGER], absence_id)
    away = absences_for_planning(SOON + timedelta(4), SOON + timedelta(20))[member.id]
    assert [each.starts_on for each in away] == [SOON]
    seen = get_absence_for(cast[Role.STAFF], absence_id)
    assert (seen.state, seen.decided_by) == (AbsenceState.APPROVED, cast[Role.PRACTICE_MANAGER].name)
    verbs = db.session.scalars(select(AuditEntry.verb).order_by(AuditEntry.number)).all()
    assert verbs == ["enter_absence", "decide_absence"]


def test_a_colleague_cannot_ask_for_somebody_else(cast: Cast) -> None:
    member = make_member(cast)
    with pytest.raises(NotFound):
        commands.request_leave(cast[Role.STAFF], member.id, a_week())


def test_a_clinical_lead_may_look_but_not_decide(cast: Cast) -> None:
    member = make_member(cast)
    absence_id = commands.request_leave(cast[Role.PRACTICE_MANAGER], member.id, a_week())
    with pytest.raises(NotAllowed):
        commands.approve_leave(cast[Role.CLINICAL_LEAD], absence_id)


def test_a_manager_decides_only_for_the_own_practice(cast: Cast) -> None:
    member = make_member(cast, cast.oak)
    absence_id = commands.request_leave(cast[Role.WORKFORCE_MANAGER], member.id, a_week())
    with pytest.raises(NotFound):
        commands.approve_leave(cast[Role.PRACTICE_MANAGER], absence_id)
    with pytest.raises(NotFound):
        get_absence_for(cast[Role.PRACTICE_MANAGER], absence_id)


def test_nobody_decides_on_their_own_leave(cast: Cast) -> None:
    manager = cast[Role.PRACTICE_MANAGER]
    absence_id = commands.request_leave(manager, make_member(cast, actor=manager).id, a_week())
    with pytest.raises(NotAllowed, match="Somebody else"):
        commands.approve_leave(manager, absence_id)
    assert waiting_for(manager) == 0


def test_overlapping_leave_is_refused_with_its_dates(cast: Cast) -> None:
    manager, member = cast[Role.WORKFORCE_MANAGER], make_member(cast)
    commands.request_leave(manager, member.id, a_week())
    with pytest.raises(Refusal, match="already has annual leave for"):
        commands.request_leave(manager, member.id, a_week(SOON + timedelta(4)))


def test_two_half_days_fit_into_one_day(cast: Cast) -> None:
    manager, member = cast[Role.WORKFORCE_MANAGER], make_member(cast)
    morning = Away(AbsenceKind.ANNUAL, SOON, SOON, ends_with=SessionKind.MORNING)
    afternoon = Away(AbsenceKind.STUDY, SOON, SOON, starts_with=SessionKind.AFTERNOON)
    commands.request_leave(manager, member.id, morning)
    commands.request_leave(manager, member.id, afternoon)


def test_declining_needs_a_reason_and_frees_the_days(cast: Cast) -> None:
    manager, member = cast[Role.WORKFORCE_MANAGER], make_member(cast)
    absence_id = commands.request_leave(manager, member.id, a_week())
    with pytest.raises(Invalid, match="reason"):
        commands.decline_leave(manager, absence_id, "  ")
    commands.decline_leave(manager, absence_id, "Two others are away.")
    with pytest.raises(Refusal, match="cannot become"):
        commands.approve_leave(manager, absence_id)
    commands.request_leave(manager, member.id, a_week())


def test_staff_withdraw_what_has_not_begun(cast: Cast) -> None:
    staff, manager = cast[Role.STAFF], cast[Role.WORKFORCE_MANAGER]
    member = make_member(cast, actor=staff)
    coming = commands.request_leave(staff, member.id, a_week())
    commands.withdraw_leave(staff, coming)
    running = commands.request_leave(manager, member.id, a_week(today() - timedelta(1)))
    commands.approve_leave(manager, running)
    with pytest.raises(Refusal, match="already begun"):
        commands.withdraw_leave(staff, running)
    commands.withdraw_leave(manager, running)


def test_staff_cannot_ask_for_days_gone_by(cast: Cast) -> None:
    member = make_member(cast, actor=cast[Role.STAFF])
    with pytest.raises(Invalid, match="from today on"):
        commands.request_leave(cast[Role.STAFF], member.id, a_week(today() - timedelta(1)))


@pytest.mark.parametrize(
    ("away", "sentence"),
    [
        (Away(AbsenceKind.ANNUAL, SOON, SOON - timedelta(1)), "on or after"),
        (Away(AbsenceKind.ANNUAL, SOON, SOON + timedelta(400)), "a year"),
        (Away(AbsenceKind.ANNUAL, date(2020, 1, 1), date(2020, 1, 2)), "not on the rota"),
        (Away(AbsenceKind.SICKNESS, SOON, SOON), "Report sickness"),
    ],
)
def test_dates_that_cannot_be_are_refused(cast: Cast, away: Away, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        commands.request_leave(cast[Role.WORKFORCE_MANAGER], make_member(cast).id, away)


def test_sickness_is_known_to_the_manager_and_hidden_from_others(cast: Cast) -> None:
    member = make_member(cast)
    sick = Away(AbsenceKind.SICKNESS, today(), today())
    absence_id = commands.report_sickness(cast[Role.PRACTICE_MANAGER], member.id, sick, "Rang at 7:30")
    told = get_absence_for(cast[Role.PRACTICE_MANAGER], absence_id)
    untold = get_absence_for(cast[Role.CLINICAL_LEAD], absence_id)
    assert (told.kind, told.note) == (AbsenceKind.SICKNESS, "Rang at 7:30")
    assert (untold.kind, untold.state, untold.note) == (None, None, "")
    entry = db.session.scalars(select(AuditEntry)).one()
    assert "sick" not in f"{entry.verb} {entry.details}".lower()


def test_who_falls_ill_on_leave_can_be_reported(cast: Cast) -> None:
    manager, member = cast[Role.WORKFORCE_MANAGER], make_member(cast)
    commands.approve_leave(manager, commands.request_leave(manager, member.id, a_week(today())))
    sick = Away(AbsenceKind.SICKNESS, today(), today() + timedelta(1))
    absence_id = commands.report_sickness(manager, member.id, sick)
    with pytest.raises(Refusal, match="already has sickness"):
        commands.report_sickness(manager, member.id, sick)
    commands.end_sickness(manager, absence_id, today())
    assert get_absence_for(manager, absence_id).away.ends_on == today()


def test_who_is_back_sooner_was_away_for_all_of_the_last_day(cast: Cast) -> None:
    member, me = make_member(cast, actor=cast[Role.STAFF]), cast[Role.STAFF]
    ill = Away(
        AbsenceKind.SICKNESS,
        SOON,
        SOON + timedelta(2),
        starts_with=SessionKind.AFTERNOON,
        ends_with=SessionKind.MORNING,
    )
    absence_id = commands.report_sickness(me, member.id, ill)
    with pytest.raises(Invalid, match="at most a year"):
        commands.end_sickness(me, absence_id, SOON + timedelta(400))
    commands.end_sickness(me, absence_id, SOON)
    away = get_absence_for(me, absence_id).away
    assert (away.takes(SOON, SessionKind.AFTERNOON), away.is_back_to_front) == (True, False)


def test_lists_hold_what_is_waiting_coming_and_past(cast: Cast) -> None:
    manager, member = cast[Role.WORKFORCE_MANAGER], make_member(cast)
    waiting = commands.request_leave(manager, member.id, a_week())
    coming = commands.request_leave(manager, member.id, a_week(SOON + timedelta(30)))
    commands.approve_leave(manager, coming)
    past = commands.request_leave(manager, member.id, a_week(today() - timedelta(60)))
    commands.approve_leave(manager, past)
    shown = {show: [each.id for each in absences_for(manager, show)[0]] for show in Show}
    assert shown == {Show.WAITING: [waiting], Show.COMING: [coming], Show.PAST: [past]}
    assert absences_for(cast[Role.STAFF], Show.WAITING) == ([], 1)


def test_a_stranger_learns_nothing(cast: Cast) -> None:
    member_id = make_member(cast).id
    absence_id = commands.request_leave(cast[Role.WORKFORCE_MANAGER], member_id, a_week())
    with in_network(cast.stranger.network_id):
        for attempt in (
            lambda: commands.request_leave(cast.stranger, member_id, a_week()),
            lambda: commands.report_sickness(cast.stranger, member_id, a_week()),
            lambda: commands.approve_leave(cast.stranger, absence_id),
            lambda: commands.decline_leave(cast.stranger, absence_id, "No"),
            lambda: commands.withdraw_leave(cast.stranger, absence_id),
            lambda: commands.end_sickness(cast.stranger, absence_id, SOON),
        ):
            with pytest.raises(NotFound):
                attempt()
