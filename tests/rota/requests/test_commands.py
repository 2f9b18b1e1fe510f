import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from network.access.rules import Role
from network.audit.records import AuditEntry
from network.plumbing.database import db, today
from network.plumbing.refusals import Invalid, NotAllowed, NotFound, Refusal
from network.vocabulary import SessionKind
from rota.jobs.tasks import solve
from rota.leave.records import Absence
from rota.leave.rules import AbsenceKind, AbsenceState
from rota.panels.queries import panel_for
from rota.planning.commands import ask_to_fill
from rota.planning.queries import planned_for
from rota.requests.commands import change_request, make_request, withdraw_request
from rota.requests.queries import own_wishes, wishes_in_rota, wishes_of
from rota.requests.records import RotaRequest
from rota.requests.rules import Asked, Span
from rota.rotas.queries import get_version_for
from rota.rotas.records import RotaVersion
from rota.rotas.rules import PeriodState
from rota.rulebook.commands import change_rule, ensure_rulebook
from rota.rulebook.queries import get_rule_for
from rota.solver.limits import Limits
from rota.staff.records import RotaMember
from rota.staff.rules import Availability
from tests import makers
from tests.cast import Cast
from tests.makers import MONDAY, keep
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER
OFF_ON_MONDAY = Asked(False, 4, Span(day=MONDAY))


def own_member(cast: Cast, role: Role = Role.STAFF, sessions: int = 9) -> RotaMember:
    """Put a member of the cast on the rota."""
    engagement = makers.make_engagement(cast.elm, cast.accounts[role].person, sessions=sessions)
    member = makers.make_member(engagement, cast.network, cast.elm_site)
    scene.set_pattern(member)
    return member


@pytest.fixture
def version(cast: Cast) -> RotaVersion:
    scene.make_scene(cast)
    return scene.open_rota(cast)


@pytest.fixture
def me(cast: Cast, version: RotaVersion) -> RotaMember:
    member = own_member(cast)
    db.session.commit()
    return member


def test_a_wish_costs_its_points(cast: Cast, version: RotaVersion, me: RotaMember) -> None:
    make_request(cast[Role.STAFF], version.period_id, me.id, OFF_ON_MONDAY)
    (wishing,) = own_wishes(cast[Role.STAFF])
    assert (wishing.left, wishing.budget) == (6, 10)
    assert [wish.said for wish in wishing.wishes] == ["Off Monday 7 December, all day"]
    assert not wishing.is_decided


def test_half_a_post_has_half_the_points(cast: Cast, version: RotaVersion) -> None:
    own_member(cast, sessions=4)
    db.session.commit()
    assert own_wishes(cast[Role.STAFF])[0].budget == 4


def test_more_than_the_budget_is_refused(cast: Cast, version: RotaVersion, me: RotaMember) -> None:
    make_request(cast[Role.STAFF], version.period_id, me.id, Asked(False, 8, Span(weekday=4)))
    with pytest.raises(Invalid, match="2 points are left"):
        make_request(cast[Role.STAFF], version.period_id, me.id, OFF_ON_MONDAY)


def test_points_count_as_they_are_when_the_lock_is_held(
    cast: Cast, version: RotaVersion, me: RotaMember
) -> None:
    make_request(cast[Role.STAFF], version.period_id, me.id, Asked(False, 2, Span(weekday=4)))
    read_before = db.session.scalars(select(RotaRequest)).all()
    beside = {"synchronize_session": False}
    db.session.execute(update(RotaRequest).values(points=8), execution_options=beside)
    with pytest.raises(Invalid, match="2 points are left"):
        make_request(cast[Role.STAFF], version.period_id, me.id, OFF_ON_MONDAY)
    assert len(read_before) == 1


def test_a_changed_wish_may_spend_its_own_points_again(
    cast: Cast, version: RotaVersion, me: RotaMember
) -> None:
    request_id = make_request(cast[Role.STAFF], version.period_id, me.id, Asked(False, 8, Span(weekday=4)))
    change_request(cast[Role.STAFF], request_id, Asked(True, 10, Span(day=MONDAY)))
    (wishing,) = own_wishes(cast[Role.STAFF])
    assert (wishing.left, wishing.wishes[0].said) == (0, "Work Monday 7 December, all day")


def test_a_withdrawn_wish_gives_its_points_back(cast: Cast, version: RotaVersion, me: RotaMember) -> None:
    request_id = make_request(cast[Role.STAFF], version.period_id, me.id, OFF_ON_MONDAY)
    withdraw_request(cast[Role.STAFF], request_id)
    assert own_wishes(cast[Role.STAFF])[0].left == 10
    verbs = set(db.session.scalars(select(AuditEntry.verb)))
    assert {"make_request", "withdraw_request"} <= verbs


def test_after_the_last_day_nothing_is_taken_changed_or_withdrawn(
    cast: Cast, version: RotaVersion, me: RotaMember
) -> None:
    request_id = make_request(cast[Role.STAFF], version.period_id, me.id, OFF_ON_MONDAY)
    version.period.requests_until = today() - timedelta(1)
    db.session.commit()
    with pytest.raises(Refusal, match="last day for requests"):
        make_request(cast[Role.STAFF], version.period_id, me.id, Asked(False, 1, Span(weekday=4)))
    with pytest.raises(Refusal, match="last day for requests"):
        change_request(cast[Role.STAFF], request_id, Asked(False, 1, Span(weekday=4)))
    with pytest.raises(Refusal, match="last day for requests"):
        withdraw_request(cast[Role.STAFF], request_id)


def test_a_published_rota_takes_no_requests(cast: Cast, version: RotaVersion, me: RotaMember) -> None:
    version.period.state = PeriodState.PUBLISHED
    db.session.commit()
    with pytest.raises(Refusal, match="takes no requests any more"):
        make_request(cast[Role.STAFF], version.period_id, me.id, OFF_ON_MONDAY)


def test_a_wish_that_changes_nothing_is_refused(cast: Cast, version: RotaVersion, me: RotaMember) -> None:
    evening = Span(day=MONDAY, kind=SessionKind.EVENING)
    for works in (True, False):
        with pytest.raises(Invalid):
            make_request(cast[Role.STAFF], version.period_id, me.id, Asked(works, 1, evening))


def test_leave_is_not_wished_over(cast: Cast, version: RotaVersion, me: RotaMember) -> None:
    keep(
        Absence(
            member_id=me.id,
            kind=AbsenceKind.ANNUAL,
            state=AbsenceState.APPROVED,
            starts_on=MONDAY,
            ends_on=MONDAY,
        )
    )
    db.session.commit()
    with pytest.raises(Invalid, match="pattern or leave keeps"):
        make_request(cast[Role.STAFF], version.period_id, me.id, OFF_ON_MONDAY)


def test_two_wishes_do_not_cross(cast: Cast, version: RotaVersion, me: RotaMember) -> None:
    make_request(cast[Role.STAFF], version.period_id, me.id, OFF_ON_MONDAY)
    with pytest.raises(Refusal, match="crosses another wish: 'Off Monday 7 December, all day'"):
        make_request(cast[Role.STAFF], version.period_id, me.id, Asked(True, 1, Span(weekday=0)))


def test_a_network_that_switches_wishes_off_takes_none(
    cast: Cast, version: RotaVersion, me: RotaMember
) -> None:
    ensure_rulebook(cast[MANAGER])
    seen = get_rule_for(cast[MANAGER], "R32")
    change_rule(cast[MANAGER], "R32", replace(seen.edit, is_on=False), seen.row_version)
    with pytest.raises(Refusal, match="does not take wishes"):
        make_request(cast[Role.STAFF], version.period_id, me.id, OFF_ON_MONDAY)


def test_managers_enter_wishes_for_their_own_people_only(cast: Cast, version: RotaVersion) -> None:
    own, foreign = scene.make_worker(cast, "Elm"), scene.make_worker(cast, "Oak", employer=cast.oak)
    db.session.commit()
    make_request(cast[Role.PRACTICE_MANAGER], version.period_id, own.id, OFF_ON_MONDAY)
    with pytest.raises(NotFound):
        make_request(cast[Role.PRACTICE_MANAGER], version.period_id, foreign.id, OFF_ON_MONDAY)
    make_request(cast[MANAGER], version.period_id, foreign.id, OFF_ON_MONDAY)
    _, seen = wishes_in_rota(cast[Role.PRACTICE_MANAGER], version.period_id)
    assert {wishing.member.engagement.employer_id for wishing in seen} == {cast.elm.id}


@pytest.mark.parametrize("role", [Role.TRAINEE, Role.CLINICAL_LEAD, Role.FINANCE_VIEWER, Role.ADMINISTRATOR])
def test_nobody_else_sees_or_makes_anybodys_wishes(
    cast: Cast, version: RotaVersion, me: RotaMember, role: Role
) -> None:
    make_request(cast[Role.STAFF], version.period_id, me.id, OFF_ON_MONDAY)
    with pytest.raises((NotFound, NotAllowed)):
        make_request(cast[role], version.period_id, me.id, Asked(False, 1, Span(weekday=4)))
    with pytest.raises(NotFound):
        wishes_of(cast[role], version.period_id, me.id)
    with pytest.raises(NotFound):
        wishes_in_rota(cast[role], version.period_id)


def test_a_stranger_finds_nothing(cast: Cast, version: RotaVersion, me: RotaMember) -> None:
    with pytest.raises(NotFound):
        wishes_of(cast.stranger, uuid.uuid4(), me.id)


def test_the_panel_of_a_cell_tells_a_wish_to_those_who_may_know(
    cast: Cast, version: RotaVersion, me: RotaMember
) -> None:
    foreign = scene.make_worker(cast, "Oak", employer=cast.oak)
    db.session.commit()
    for member in (me, foreign):
        make_request(cast[MANAGER], version.period_id, member.id, OFF_ON_MONDAY)
    for member, role, wish in (
        (me, Role.PRACTICE_MANAGER, "Off Monday 7 December, all day (4 points)"),
        (foreign, Role.PRACTICE_MANAGER, ""),
        (foreign, MANAGER, "Off Monday 7 December, all day (4 points)"),
    ):
        panel, _ = panel_for(cast[role], version.id, scene.cell_of(member))
        assert panel.wish == wish
    tuesday = scene.cell_of(me, MONDAY + timedelta(1))
    assert panel_for(cast[MANAGER], version.id, tuesday)[0].wish == ""


def test_wishes_reach_the_solver_and_make_a_draft_out_of_date(
    cast: Cast, version: RotaVersion, me: RotaMember
) -> None:
    before = planned_for(version).hash
    make_request(cast[Role.STAFF], version.period_id, me.id, OFF_ON_MONDAY)
    planned = planned_for(get_version_for(cast[MANAGER], version.id))
    (wish,) = planned.problem.person_by_key[str(me.id)].wishes
    days = {planned.problem.session_by_number[number].day for number in wish.sessions}
    assert (days, len(wish.sessions), wish.works, wish.strength) == ({MONDAY}, 2, False, 4)
    assert planned.hash != before


def test_after_filling_each_is_told_what_was_met(cast: Cast, version: RotaVersion) -> None:
    doctors = db.session.scalars(select(RotaMember)).all()
    make_request(cast[MANAGER], version.period_id, doctors[0].id, OFF_ON_MONDAY)
    solve(cast.network.id, job_id=ask_to_fill(cast[MANAGER], version.id, Limits(seconds=20, workers=1)))
    wishing = wishes_of(cast[MANAGER], version.period_id, doctors[0].id)
    assert wishing.is_decided
    # Three doctors for two places: whoever wishes to be off on the Monday can be.
    assert wishing.met == 1


def test_staff_are_told_what_was_met_once_it_is_published(
    cast: Cast, version: RotaVersion, me: RotaMember
) -> None:
    make_request(cast[Role.STAFF], version.period_id, me.id, OFF_ON_MONDAY)
    scene.put(version, me, cast.elm_site, cast[MANAGER])
    assert not own_wishes(cast[Role.STAFF])[0].is_decided
    scene.make_chosen(version)
    outcome = own_wishes(cast[Role.STAFF])[0].wishes[0].outcome
    assert outcome is not None
    assert (outcome.as_wished, outcome.sessions) == (1, 2)


def test_a_wish_that_crosses_a_pattern_takes_its_place(cast: Cast, version: RotaVersion) -> None:
    fond = own_member(cast)
    for cell in fond.patterns[0].cells:
        cell.availability = Availability.PREFERRED
    db.session.commit()
    make_request(cast[Role.STAFF], version.period_id, fond.id, OFF_ON_MONDAY)
    person = planned_for(version).problem.person_by_key[str(fond.id)]
    wished = [number for wish in person.wishes for number in wish.sessions]
    assert len(wished) == len(set(wished)) == 10
    assert db.session.scalar(select(RotaRequest.points)) == 4
