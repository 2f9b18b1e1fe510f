import itertools
import uuid
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from network.access.rules import Role
from network.audit.records import AuditEntry
from network.plumbing.database import db, enter_network
from network.plumbing.refusals import Invalid, NotAllowed, NotFound, Refusal
from network.vocabulary import SessionKind
from rota.demand.records import Closure
from rota.rotas.commands import (
    WrongState,
    choose_version,
    copy_version,
    discard_version,
    move_period,
    move_version,
    open_period,
    rename_version,
    restore_version,
)
from rota.rotas.queries import get_version_for, periods_for
from rota.rotas.records import DemandLine, RotaPeriod, RotaVersion
from rota.rotas.rules import PERIOD_MOVES, VERSION_MOVES, PeriodState, VersionState
from tests.cast import Cast
from tests.makers import MONDAY, keep
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER
CANNOT_PLAN = [
    Role.STAFF,
    Role.TRAINEE,
    Role.PRACTICE_MANAGER,
    Role.CLINICAL_LEAD,
    Role.CLINIC_LEAD,
    Role.FINANCE_VIEWER,
    Role.ADMINISTRATOR,
]


def test_a_new_rota_has_the_demand_of_each_day_and_an_empty_first_version(cast: Cast) -> None:
    scene.want(cast.elm_site, weekdays=(0, 2))
    version_id = open_period(cast[MANAGER], MONDAY, 2)
    lines = db.session.scalars(select(DemandLine).order_by(DemandLine.day)).all()
    assert {line.day for line in lines} == {MONDAY + timedelta(days) for days in (0, 2, 7, 9)}
    assert len(lines) == 8
    version = get_version_for(cast[MANAGER], version_id)
    assert (version.number, version.state, version.assignments) == (1, VersionState.DRAFT, [])


def test_closed_sessions_have_no_demand(cast: Cast) -> None:
    scene.want(cast.elm_site, weekdays=(0, 1))
    keep(Closure(site_id=cast.elm_site.id, day=MONDAY, why="Bank holiday"))
    keep(
        Closure(
            site_id=cast.elm_site.id,
            day=MONDAY + timedelta(1),
            kind=SessionKind.AFTERNOON,
            why="Learning time",
        )
    )
    open_period(cast[MANAGER], MONDAY, 1)
    lines = db.session.scalars(select(DemandLine)).all()
    assert [(line.day, line.kind) for line in lines] == [(MONDAY + timedelta(1), SessionKind.MORNING)]


def test_a_rota_without_demand_is_refused_with_what_to_do(cast: Cast) -> None:
    with pytest.raises(Refusal, match="Say first what cover"):
        open_period(cast[MANAGER], MONDAY, 1)
    assert db.session.scalar(select(func.count()).select_from(RotaPeriod)) == 0


def test_two_rotas_never_share_a_day(cast: Cast) -> None:
    scene.want(cast.elm_site)
    open_period(cast[MANAGER], MONDAY, 4)
    with pytest.raises(Refusal, match="already"):
        open_period(cast[MANAGER], MONDAY + timedelta(weeks=3), 4)


def test_a_rota_that_starts_on_a_tuesday_is_refused(cast: Cast) -> None:
    with pytest.raises(Invalid, match="Monday"):
        open_period(cast[MANAGER], MONDAY + timedelta(1), 4)


@pytest.mark.parametrize("role", CANNOT_PLAN)
def test_only_who_plans_the_network_opens_copies_and_discards(cast: Cast, role: Role) -> None:
    scene.want(cast.elm_site)
    version_id = open_period(cast[MANAGER], MONDAY, 1)
    with pytest.raises(NotAllowed):
        open_period(cast[role], MONDAY + timedelta(weeks=4), 1)
    for deed in (copy_version, discard_version):
        with pytest.raises((NotAllowed, NotFound)):
            deed(cast[role], version_id)


def test_a_stranger_finds_nothing(cast: Cast) -> None:
    scene.want(cast.elm_site)
    version_id = open_period(cast[MANAGER], MONDAY, 1)
    enter_network(cast.stranger.network_id)
    for deed in (copy_version, discard_version, get_version_for):
        with pytest.raises(NotFound):
            deed(cast.stranger, version_id)
    assert periods_for(cast.stranger) == ()


def test_staff_see_no_draft(cast: Cast) -> None:
    scene.want(cast.elm_site)
    version_id = open_period(cast[MANAGER], MONDAY, 1)
    with pytest.raises(NotFound):
        get_version_for(cast[Role.STAFF], version_id)
    assert periods_for(cast[Role.STAFF]) == ()
    get_version_for(cast[MANAGER], version_id).state = VersionState.CHOSEN
    assert len(periods_for(cast[Role.STAFF])) == 1


def test_a_discarded_draft_stays_to_be_looked_at(cast: Cast) -> None:
    scene.want(cast.elm_site)
    version_id = open_period(cast[MANAGER], MONDAY, 1)
    discard_version(cast[MANAGER], version_id)
    assert get_version_for(cast[MANAGER], version_id).state is VersionState.DISCARDED
    with pytest.raises(WrongState):
        discard_version(cast[MANAGER], version_id)


def test_what_was_published_a_moment_ago_is_not_put_aside(cast: Cast) -> None:
    scene.want(cast.elm_site)
    version_id = open_period(cast[MANAGER], MONDAY, 1)
    version = get_version_for(cast[MANAGER], version_id)
    assert version.state is VersionState.DRAFT
    somebody_else_publishes = update(RotaVersion).values(state=VersionState.CHOSEN)
    db.session.execute(somebody_else_publishes, execution_options={"synchronize_session": False})
    with pytest.raises(WrongState):
        discard_version(cast[MANAGER], version_id)


def test_a_copy_is_the_next_version(cast: Cast) -> None:
    scene.want(cast.elm_site)
    version_id = open_period(cast[MANAGER], MONDAY, 1)
    copy_id = copy_version(cast[MANAGER], version_id)
    copy = get_version_for(cast[MANAGER], copy_id)
    assert (copy.number, copy.parent_id) == (2, version_id)


def test_each_change_of_a_rota_leaves_an_audit_entry(cast: Cast) -> None:
    scene.want(cast.elm_site)
    version_id = open_period(cast[MANAGER], MONDAY, 1)
    discard_version(cast[MANAGER], copy_version(cast[MANAGER], version_id))
    verbs = db.session.scalars(select(AuditEntry.verb).order_by(AuditEntry.number)).all()
    assert verbs == ["open_period", "copy_version", "discard_version"]


@pytest.mark.parametrize(("state", "to"), list(itertools.product(VersionState, VersionState)))
def test_versions_move_as_the_table_says_and_not_otherwise(state: VersionState, to: VersionState) -> None:
    version = RotaVersion(id=uuid.uuid4(), state=state, number=1)
    if to in VERSION_MOVES[state]:
        move_version(version, to)
        assert version.state is to
    else:
        with pytest.raises(WrongState):
            move_version(version, to)
        assert version.state is state


@pytest.mark.parametrize(("state", "to"), list(itertools.product(PeriodState, PeriodState)))
def test_periods_move_as_the_table_says_and_not_otherwise(state: PeriodState, to: PeriodState) -> None:
    period = RotaPeriod(id=uuid.uuid4(), state=state)
    if to in PERIOD_MOVES[state]:
        move_period(period, to)
        assert period.state is to
    else:
        with pytest.raises(WrongState):
            move_period(period, to)
        assert period.state is state


def test_drafts_stand_side_by_side_under_their_labels(cast: Cast) -> None:
    scene.want(cast.elm_site)
    first = open_period(cast[MANAGER], MONDAY, 1)
    second = copy_version(cast[MANAGER], first, "  If Dr A   is away ")
    rename_version(cast[MANAGER], first, "As planned")
    (view,) = periods_for(cast[MANAGER])
    assert [draft.label for draft in view.drafts] == ["As planned", "If Dr A is away"]
    assert view.draft.id == second


def test_going_on_with_one_draft_puts_the_others_aside_and_can_be_undone(cast: Cast) -> None:
    scene.want(cast.elm_site)
    first = open_period(cast[MANAGER], MONDAY, 1)
    others = [copy_version(cast[MANAGER], first) for _ in range(2)]
    assert choose_version(cast[MANAGER], first) == others
    assert [get_version_for(cast[MANAGER], each).state for each in others] == [VersionState.DISCARDED] * 2
    restore_version(cast[MANAGER], others[0], others[1:])
    assert [get_version_for(cast[MANAGER], each).state for each in others] == [VersionState.DRAFT] * 2


def test_a_label_that_is_too_long_is_refused(cast: Cast) -> None:
    scene.want(cast.elm_site)
    version_id = open_period(cast[MANAGER], MONDAY, 1)
    with pytest.raises(Invalid, match="Shorten"):
        copy_version(cast[MANAGER], version_id, "x" * 81)


def test_what_is_published_keeps_its_label(cast: Cast) -> None:
    scene.want(cast.elm_site)
    version_id = open_period(cast[MANAGER], MONDAY, 1)
    get_version_for(cast[MANAGER], version_id).state = VersionState.CHOSEN
    db.session.commit()
    with pytest.raises(WrongState):
        rename_version(cast[MANAGER], version_id, "Other")
