from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from network.access.rules import Role
from network.audit.records import AuditEntry
from network.plumbing.database import db
from network.plumbing.refusals import NotAllowed
from network.vocabulary import JobRole, RoleGroup, SessionKind
from rota.advice.commands import Asked, approve_and_open, ask_for_leave
from rota.advice.queries import decision_for, weigh
from rota.advice.rules import Matter
from rota.allowances.commands import add_to_allowance
from rota.allowances.queries import balance_of
from rota.allowances.rules import LineKind
from rota.facts.queries import facts_of
from rota.leave.commands import approve_leave, report_sickness, request_leave
from rota.leave.queries import get_absence_for
from rota.leave.rules import AbsenceKind, AbsenceState, Away
from rota.limits.commands import set_limit
from rota.planning.queries import planned_for
from rota.rotas.records import Assignment, RotaVersion
from rota.rotas.rules import VersionState
from rota.staff.records import RotaMember, SupervisionApproval
from rota.terms.commands import TermsEdit, set_terms
from tests.cast import Cast
from tests.makers import LONG_AGO, MONDAY, keep
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER
FRIDAY = MONDAY + timedelta(4)
WEEK = Away(AbsenceKind.ANNUAL, MONDAY, FRIDAY)
ON_MONDAY = Away(AbsenceKind.ANNUAL, MONDAY, MONDAY)


@pytest.fixture(autouse=True)
def _weeks_before() -> None:
    with time_machine.travel(MONDAY - timedelta(weeks=6), tick=True):
        yield


def staff_member(cast: Cast) -> RotaMember:
    """Put the cast's member of staff on the rota, beside another doctor of the same practice."""
    own, _, _ = scene.make_scene(cast)
    own.engagement.person_id = cast[Role.STAFF].person_id
    db.session.commit()
    return own


def ask(cast: Cast, member: RotaMember, away: Away = WEEK) -> Asked:
    return ask_for_leave(cast[Role.STAFF], member.id, away)


def state_of(cast: Cast, asked: Asked) -> AbsenceState | None:
    return get_absence_for(cast[MANAGER], asked.absence_id).state


def test_a_clear_request_is_approved_by_the_rule_and_the_trail_says_so(cast: Cast) -> None:
    asked = ask(cast, staff_member(cast))
    seen = get_absence_for(cast[Role.STAFF], asked.absence_id)
    assert (asked.is_approved, seen.state, seen.decided_by) == (True, AbsenceState.APPROVED, "rule R39")
    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.number)).all()
    assert [entry.verb for entry in entries[-2:]] == ["enter_absence", "decide_absence"]
    assert entries[-1].details == {"outcome": "approved", "rule": "R39"}


def test_a_group_that_has_its_most_away_goes_to_the_manager(cast: Cast) -> None:
    member = staff_member(cast)
    other = db.session.scalars(
        select(RotaMember).where(RotaMember.home_site_id == cast.elm_site.id, RotaMember.id != member.id)
    ).one()
    set_limit(cast[MANAGER], cast.elm.id, None, RoleGroup.GP, 1)
    approve_leave(cast[MANAGER], request_leave(cast[MANAGER], other.id, ON_MONDAY))
    asked = ask(cast, member)
    assert (asked.is_approved, state_of(cast, asked)) == (False, AbsenceState.REQUESTED)
    decision = decision_for(cast[MANAGER], asked.absence_id)
    assert decision.weighed.against == [Matter.LIMIT]
    assert [each.name for each in decision.others] == [other.name]


def test_of_two_who_ask_for_the_last_place_the_first_is_approved(cast: Cast) -> None:
    member = staff_member(cast)
    other = scene.make_worker(cast, "Second", employer=cast.elm)
    set_limit(cast[MANAGER], cast.elm.id, None, RoleGroup.GP, 1)
    assert ask_for_leave(cast[MANAGER], other.id, ON_MONDAY).is_approved
    assert not ask(cast, member).is_approved


def test_who_is_asked_for_before_goes_first_though_nobody_has_decided(cast: Cast) -> None:
    member = staff_member(cast)
    other = scene.make_worker(cast, "Second", employer=cast.elm)
    set_limit(cast[MANAGER], cast.elm.id, None, RoleGroup.GP, 1)
    request_leave(cast[MANAGER], other.id, ON_MONDAY)
    weighed = weigh(member, WEEK)
    assert (weighed.against, weighed.waiting) == ([Matter.LIMIT], 1)


def test_leave_on_days_that_are_not_worked_counts_for_nobody(cast: Cast) -> None:
    member = staff_member(cast)
    other = scene.make_worker(cast, "Evening", employer=cast.elm, kinds=())
    set_limit(cast[MANAGER], cast.elm.id, None, RoleGroup.GP, 1)
    approve_leave(cast[MANAGER], request_leave(cast[MANAGER], other.id, ON_MONDAY))
    assert ask(cast, member).is_approved


def test_cover_of_the_published_rota_stands_in_the_way(cast: Cast) -> None:
    member = staff_member(cast)
    version = scene.open_rota(cast)
    scene.put(version, member, cast.elm_site, cast[MANAGER])
    scene.make_chosen(version)
    asked = ask(cast, member)
    weighed = decision_for(cast[MANAGER], asked.absence_id).weighed
    assert weighed.against == [Matter.COVER]
    [loss] = weighed.losses
    assert (loss.day, loss.kind, loss.place, loss.have, loss.need) == (
        MONDAY,
        SessionKind.MORNING,
        "Elm Surgery",
        0,
        1,
    )


def test_somebody_else_on_the_duty_keeps_the_cover_unless_they_are_away_too(cast: Cast) -> None:
    member = staff_member(cast)
    other = scene.make_worker(cast, "Second", employer=cast.elm)
    db.session.commit()
    version = scene.open_rota(cast)
    for each in (member, other):
        scene.put(version, each, cast.elm_site, cast[MANAGER])
    scene.make_chosen(version)
    assert weigh(member, WEEK).is_clear
    approve_leave(cast[MANAGER], request_leave(cast[MANAGER], other.id, ON_MONDAY))
    assert weigh(member, WEEK).against == [Matter.COVER]


def test_late_leave_is_not_approved_by_the_rule(cast: Cast) -> None:
    member = staff_member(cast)
    with time_machine.travel(MONDAY - timedelta(days=3), tick=True):
        assert weigh(member, ON_MONDAY).against == [Matter.NOTICE]


def test_more_leave_than_is_left_goes_to_the_manager(cast: Cast) -> None:
    member = staff_member(cast)
    long = Away(AbsenceKind.ANNUAL, MONDAY + timedelta(weeks=4), MONDAY + timedelta(weeks=11, days=4))
    assert weigh(member, long).against == [Matter.NOTICE, Matter.BALANCE]


def test_leave_over_the_end_of_a_leave_year_needs_enough_in_each(cast: Cast) -> None:
    member, wednesday = staff_member(cast), MONDAY + timedelta(2)
    own_year = TermsEdit(None, None, wednesday.month, wednesday.day, None)
    set_terms(cast[MANAGER], cast.elm.id, own_year)
    assert weigh(member, WEEK).is_clear
    add_to_allowance(cast[MANAGER], member.id, FRIDAY, LineKind.ADJUSTED, -400, "Taken ahead")
    assert weigh(member, WEEK).against == [Matter.BALANCE]
    assert weigh(member, ON_MONDAY).is_clear
    assert not ask(cast, member).is_approved


def test_who_falls_ill_on_leave_has_those_sessions_left(cast: Cast) -> None:
    member = staff_member(cast)
    assert ask(cast, member).is_approved
    before = balance_of(member, MONDAY)
    report_sickness(cast[MANAGER], member.id, replace(WEEK, starts_on=MONDAY + timedelta(1)))
    after = balance_of(member, MONDAY)
    assert after.booked == 2 * after.session_minutes
    assert after.left - before.left == before.booked - after.booked > 0


def test_an_employer_may_keep_every_decision_to_people(cast: Cast) -> None:
    set_terms(cast[MANAGER], cast.elm.id, TermsEdit(None, frozenset(), None, None, None))
    member = staff_member(cast)
    assert weigh(member, WEEK).is_clear
    assert not ask(cast, member).is_approved


def test_without_a_pattern_nothing_is_approved_by_the_rule(cast: Cast) -> None:
    member = scene.make_worker(cast, "Bare", kinds=())
    weighed = weigh(member, WEEK)
    assert weighed.against == [Matter.PATTERN]


def test_a_learner_left_alone_is_told_to_the_manager(cast: Cast) -> None:
    member = staff_member(cast)
    keep(
        SupervisionApproval(
            member_id=member.id,
            learner_role=JobRole.GP_REGISTRAR,
            minutes_per_session=60,
            most_learners=1,
            starts_on=LONG_AGO,
        )
    )
    registrar = scene.make_worker(cast, "Learner", JobRole.GP_REGISTRAR)
    registrar.supervision_minutes = 30
    db.session.commit()
    version = scene.open_rota(cast)
    for each in (member, registrar):
        scene.put(version, each, cast.elm_site, cast[MANAGER])
    scene.make_chosen(version)
    weighed = weigh(db.session.get_one(RotaMember, member.id), WEEK)
    assert Matter.SUPERVISION in weighed.against
    assert any("supervision" in said for said in weighed.unsupervised)


def test_approving_with_open_gaps_begins_a_draft_and_keeps_what_was_published(cast: Cast) -> None:
    member = staff_member(cast)
    version = scene.open_rota(cast)
    scene.put(version, member, cast.elm_site, cast[MANAGER])
    scene.make_chosen(version)
    published = version.id
    asked = ask(cast, member)
    draft_id = approve_and_open(cast[MANAGER], asked.absence_id)
    draft = db.session.get_one(RotaVersion, draft_id)
    assert (draft.state, draft.parent_id) == (VersionState.DRAFT, published)
    held = {row.version_id for row in db.session.scalars(select(Assignment))}
    assert held == {published}
    assert state_of(cast, asked) is AbsenceState.APPROVED


def test_who_cannot_begin_drafts_opens_no_gaps(cast: Cast) -> None:
    member = staff_member(cast)
    version = scene.open_rota(cast)
    scene.put(version, member, cast.elm_site, cast[MANAGER])
    scene.make_chosen(version)
    asked = ask(cast, member)
    with pytest.raises(NotAllowed):
        approve_and_open(cast[Role.PRACTICE_MANAGER], asked.absence_id)
    assert state_of(cast, asked) is AbsenceState.REQUESTED


def test_granted_leave_puts_a_filled_draft_out_of_date(cast: Cast) -> None:
    member = staff_member(cast)
    version = scene.open_rota(cast)
    before = planned_for(version).hash
    ask(cast, member)
    assert planned_for(version, facts_of(version.period)).hash != before
