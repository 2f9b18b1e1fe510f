from datetime import timedelta

import pytest
from sqlalchemy import select

from network.access.rules import Role
from network.audit.records import AuditEntry
from network.plumbing.database import db, enter_network
from network.plumbing.refusals import NotAllowed, NotFound, Refusal
from network.vocabulary import SessionKind
from rota.cells.commands import clear, place
from rota.drafts.queries import find_assignment
from rota.grid.rules import mark_of
from rota.jobs.tasks import solve
from rota.leave.records import Absence
from rota.leave.rules import AbsenceKind, AbsenceState
from rota.planning.commands import accept_facts, ask_to_fill
from rota.planning.queries import planned_for
from rota.publishing.commands import BreaksTheLaw, OutOfDate, publish_version
from rota.publishing.queries import publishing_for
from rota.rotas.commands import WrongState, copy_version
from rota.rotas.queries import get_version_for, version_on
from rota.rotas.records import RotaVersion
from rota.rotas.rules import PeriodState, VersionState
from rota.solver.limits import Limits
from rota.staff.records import RotaMember
from tests.cast import Cast
from tests.makers import MONDAY, keep
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER
QUICK = Limits(seconds=1.0, workers=1)


@pytest.fixture
def draft(cast: Cast) -> RotaVersion:
    """Fill a first draft."""
    scene.make_scene(cast)
    version_id = scene.open_rota(cast).id
    solve(cast.network.id, job_id=ask_to_fill(cast[MANAGER], version_id, QUICK))
    return get_version_for(cast[MANAGER], version_id)


def be_away(member: RotaMember) -> None:
    keep(
        Absence(
            member_id=member.id,
            kind=AbsenceKind.SICKNESS,
            state=AbsenceState.REPORTED,
            starts_on=MONDAY,
            ends_on=MONDAY,
        )
    )
    db.session.commit()


def someone_on(version: RotaVersion) -> RotaMember:
    return next(row.member for row in version.assignments if row.day == MONDAY)


def test_a_published_rota_is_what_people_see(cast: Cast, draft: RotaVersion) -> None:
    publish_version(cast[MANAGER], draft.id)
    seen = get_version_for(cast[Role.STAFF], draft.id)
    assert (seen.state, seen.period.state) == (VersionState.CHOSEN, PeriodState.PUBLISHED)
    assert seen.published_by == cast[MANAGER].name
    assert version_on(MONDAY) is seen
    assert version_on(MONDAY - timedelta(1)) is None


def test_what_is_published_later_takes_the_place_of_what_was(cast: Cast, draft: RotaVersion) -> None:
    first_id = draft.id
    publish_version(cast[MANAGER], first_id)
    second_id = copy_version(cast[MANAGER], first_id)
    publish_version(cast[MANAGER], second_id)
    assert get_version_for(cast[MANAGER], first_id).state is VersionState.SUPERSEDED
    assert version_on(MONDAY).id == second_id
    with pytest.raises(WrongState):
        publish_version(cast[MANAGER], first_id)


def test_a_rule_that_nobody_may_set_aside_stands_in_the_way(cast: Cast, draft: RotaVersion) -> None:
    be_away(someone_on(draft))
    accept_facts(cast[MANAGER], draft.id, planned_for(draft).hash)
    look = publishing_for(cast[MANAGER], draft.id)
    assert look.blocking
    assert not look.may_go
    with pytest.raises(BreaksTheLaw):
        publish_version(cast[MANAGER], draft.id)
    assert get_version_for(cast[MANAGER], draft.id).state is VersionState.DRAFT


def test_a_rule_of_ones_own_may_be_set_aside(cast: Cast, draft: RotaVersion) -> None:
    doctor = someone_on(draft)
    for induction in doctor.inductions:
        db.session.delete(induction)
    db.session.commit()
    accept_facts(cast[MANAGER], draft.id, planned_for(draft).hash)
    look = publishing_for(cast[MANAGER], draft.id)
    assert look.overridable
    assert not look.blocking
    publish_version(cast[MANAGER], draft.id)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "publish_version")).one()
    assert entry.details["set_aside"] == len(look.overridable)


def test_a_draft_on_old_facts_is_not_published_until_it_is_looked_over(
    cast: Cast, draft: RotaVersion
) -> None:
    idle = scene.make_worker(cast, "Newcomer")
    db.session.commit()
    assert publishing_for(cast[MANAGER], draft.id).is_stale
    with pytest.raises(OutOfDate):
        publish_version(cast[MANAGER], draft.id)
    accept_facts(cast[MANAGER], draft.id, planned_for(draft).hash)
    publish_version(cast[MANAGER], draft.id)
    assert idle.id not in {row.member_id for row in draft.assignments}


def test_an_empty_draft_is_not_published(cast: Cast) -> None:
    scene.make_scene(cast)
    version = scene.open_rota(cast)
    with pytest.raises(Refusal, match="Fill it first"):
        publish_version(cast[MANAGER], version.id)


def test_a_draft_that_is_being_filled_is_not_published(cast: Cast, draft: RotaVersion) -> None:
    ask_to_fill(cast[MANAGER], draft.id, QUICK)
    with pytest.raises(Refusal, match="being filled"):
        publish_version(cast[MANAGER], draft.id)


def test_only_those_who_change_are_named_with_the_reason(cast: Cast, draft: RotaVersion) -> None:
    publish_version(cast[MANAGER], draft.id)
    copy = get_version_for(cast[MANAGER], copy_version(cast[MANAGER], draft.id))
    assert publishing_for(cast[MANAGER], copy.id).people == ()
    doctor = someone_on(copy)
    row = next(row for row in copy.assignments if row.member_id == doctor.id and row.day == MONDAY)
    cell = scene.cell_of(doctor, MONDAY, row.kind)
    other = cast.oak_site if row.site_id == cast.elm_site.id else cast.elm_site
    place(
        cast[MANAGER],
        copy.id,
        cell,
        scene.line_on(copy, other, cell).id,
        mark_of(row.id, row.row_version),
    )
    (person,) = publishing_for(cast[MANAGER], copy.id).people
    ((when, what, why),) = person.changes
    assert person.name == doctor.name
    assert when.startswith("Monday 7 December")
    assert "instead of" in what
    assert why == f"changed by {cast[MANAGER].name}"


def test_who_is_taken_off_is_told_so(cast: Cast, draft: RotaVersion) -> None:
    publish_version(cast[MANAGER], draft.id)
    copy = get_version_for(cast[MANAGER], copy_version(cast[MANAGER], draft.id))
    doctor = someone_on(copy)
    kind = next(row.kind for row in copy.assignments if row.member_id == doctor.id and row.day == MONDAY)
    cell = scene.cell_of(doctor, MONDAY, SessionKind(kind))
    row = find_assignment(copy.id, cell)
    assert row is not None
    clear(cast[MANAGER], copy.id, cell, mark_of(row.id, row.row_version))
    (person,) = publishing_for(cast[MANAGER], copy.id).people
    assert person.changes[0][1].startswith("no longer: ")


@pytest.mark.parametrize(
    "role",
    [Role.STAFF, Role.PRACTICE_MANAGER, Role.CLINICAL_LEAD, Role.FINANCE_VIEWER, Role.ADMINISTRATOR],
)
def test_only_the_workforce_manager_publishes(cast: Cast, draft: RotaVersion, role: Role) -> None:
    for deed in (publish_version, publishing_for):
        with pytest.raises((NotAllowed, NotFound)):
            deed(cast[role], draft.id)


def test_a_stranger_publishes_nothing(cast: Cast, draft: RotaVersion) -> None:
    draft_id = draft.id
    enter_network(cast.stranger.network_id)
    with pytest.raises(NotFound):
        publish_version(cast.stranger, draft_id)
