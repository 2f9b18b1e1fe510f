from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from network.access.rules import Role
from network.audit.records import AuditEntry
from network.plumbing.database import db, enter_network
from network.plumbing.refusals import Invalid, NotAllowed, NotFound, Refusal
from network.vocabulary import Activity, FundingStream, JobRole, SessionKind
from rota.cells.commands import clear, make_place, pin, place, unpin
from rota.drafts.commands import ChangedMeanwhile, undo
from rota.drafts.queries import find_assignment
from rota.edits.records import ChangeEvent
from rota.edits.rules import Cell
from rota.rotas.commands import WrongState
from rota.rotas.records import Assignment, RotaVersion
from rota.rotas.rules import AssignmentSource
from rota.rows.rules import EMPTY, mark_of
from rota.staff.records import FundingSplit
from tests.cast import Cast
from tests.makers import MONDAY, keep
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER
EVENING = SessionKind.EVENING


def seen(version: RotaVersion, cell: Cell) -> str:
    row = find_assignment(version.id, cell)
    return mark_of(row.id, row.row_version) if row else EMPTY


def content(version: RotaVersion) -> list[tuple[object, ...]]:
    rows = db.session.scalars(select(Assignment).where(Assignment.version_id == version.id)).all()
    return sorted(
        (str(row.member_id), row.day, row.kind, str(row.line_id), row.is_pinned, row.source, row.minutes)
        for row in rows
    )


def test_who_is_placed_by_hand_is_pinned_and_their_time_is_paid_for(cast: Cast) -> None:
    doctor, *_ = scene.make_scene(cast)
    keep(FundingSplit(member_id=doctor.id, stream=FundingStream.CORE, percent=100))
    version = scene.open_rota(cast)
    cell = scene.put(version, doctor, cast.elm_site, cast[MANAGER])
    row = find_assignment(version.id, cell)
    assert row is not None
    assert (row.source, row.is_pinned, row.minutes) == (AssignmentSource.MANUAL, True, 250)
    assert (row.funding, row.activity) == (FundingStream.CORE, Activity.SURGERY)


def test_minutes_are_never_more_than_the_persons_own_session(cast: Cast) -> None:
    doctor, *_ = scene.make_scene(cast)
    doctor.engagement.session_minutes = 210
    version = scene.open_rota(cast)
    row = find_assignment(version.id, scene.put(version, doctor, cast.elm_site, cast[MANAGER]))
    assert row is not None
    assert row.minutes == 210


def test_a_place_can_be_made_where_nobody_was_wanted(cast: Cast) -> None:
    doctor, *_ = scene.make_scene(cast)
    version = scene.open_rota(cast)
    cell = scene.cell_of(doctor, kind=EVENING)
    make_place(cast[MANAGER], version.id, cell, cast.oak_site.id, Activity.CLINIC, EMPTY)
    row = find_assignment(version.id, cell)
    assert row is not None
    assert (row.line_id, row.site_id, row.minutes) == (None, cast.oak_site.id, 90)


def test_a_practice_manager_has_no_place_on_a_rota(cast: Cast) -> None:
    scene.make_scene(cast)
    manager = scene.make_worker(cast, "Desk", JobRole.PRACTICE_MANAGER)
    version = scene.open_rota(cast)
    with pytest.raises(Invalid, match="not rostered"):
        make_place(cast[MANAGER], version.id, scene.cell_of(manager), None, Activity.ADMIN, EMPTY)


def test_a_duty_of_another_session_is_refused(cast: Cast) -> None:
    doctor, *_ = scene.make_scene(cast)
    version = scene.open_rota(cast)
    tuesday = scene.cell_of(doctor, MONDAY + timedelta(1))
    line = scene.line_on(version, cast.elm_site, tuesday)
    with pytest.raises(Invalid, match="Choose a duty"):
        place(cast[MANAGER], version.id, scene.cell_of(doctor), line.id, EMPTY)


def test_a_day_outside_the_rota_is_not_found(cast: Cast) -> None:
    doctor, *_ = scene.make_scene(cast)
    version = scene.open_rota(cast)
    cell = scene.cell_of(doctor, MONDAY + timedelta(weeks=1))
    with pytest.raises(NotFound):
        make_place(cast[MANAGER], version.id, cell, None, Activity.ADMIN, EMPTY)


def test_an_edit_of_what_somebody_else_changed_meanwhile_is_refused_and_tells_both(cast: Cast) -> None:
    doctor, *_ = scene.make_scene(cast)
    version = scene.open_rota(cast)
    cell = scene.put(version, doctor, cast.elm_site, cast[MANAGER])
    before = content(version)
    line = scene.line_on(version, cast.oak_site, cell)
    with pytest.raises(ChangedMeanwhile) as refused:
        place(cast[MANAGER], version.id, cell, line.id, EMPTY)
    assert "Surgery at Elm Surgery" in refused.value.sentence
    assert "Surgery at Oak Surgery" in refused.value.sentence
    assert content(version) == before


def test_a_cell_that_was_cleared_and_set_anew_is_another(cast: Cast) -> None:
    doctor, *_ = scene.make_scene(cast)
    version = scene.open_rota(cast)
    cell = scene.put(version, doctor, cast.elm_site, cast[MANAGER])
    first = seen(version, cell)
    clear(cast[MANAGER], version.id, cell, first)
    scene.put(version, doctor, cast.oak_site, cast[MANAGER])
    with pytest.raises(ChangedMeanwhile):
        clear(cast[MANAGER], version.id, cell, first)


def test_undo_takes_back_one_change_after_the_other(cast: Cast) -> None:
    doctor, *_ = scene.make_scene(cast)
    version = scene.open_rota(cast)
    states = [content(version)]
    cell = scene.put(version, doctor, cast.elm_site, cast[MANAGER])
    states.append(content(version))
    unpin(cast[MANAGER], version.id, cell, seen(version, cell))
    states.append(content(version))
    place(
        cast[MANAGER], version.id, cell, scene.line_on(version, cast.oak_site, cell).id, seen(version, cell)
    )
    states.append(content(version))
    clear(cast[MANAGER], version.id, cell, seen(version, cell))
    for state in reversed(states):
        assert undo(cast[MANAGER], version.id) == [cell]
        assert content(version) == state
    with pytest.raises(Refusal, match="nothing to undo"):
        undo(cast[MANAGER], version.id)


def test_a_pin_can_be_taken_out_and_put_back(cast: Cast) -> None:
    doctor, *_ = scene.make_scene(cast)
    version = scene.open_rota(cast)
    cell = scene.put(version, doctor, cast.elm_site, cast[MANAGER])
    unpin(cast[MANAGER], version.id, cell, seen(version, cell))
    assert [row[4] for row in content(version)] == [False]
    pin(cast[MANAGER], version.id, cell, seen(version, cell))
    assert [row[4] for row in content(version)] == [True]


def test_the_figures_of_a_draft_follow_each_change(cast: Cast) -> None:
    doctor, *_ = scene.make_scene(cast)
    version = scene.open_rota(cast)
    cell = scene.put(version, doctor, cast.elm_site, cast[MANAGER])
    assert version.summary["short"] == 19
    clear(cast[MANAGER], version.id, cell, seen(version, cell))
    assert version.summary["short"] == 20


def test_each_change_by_hand_is_kept_and_in_the_trail(cast: Cast) -> None:
    doctor, *_ = scene.make_scene(cast)
    version = scene.open_rota(cast)
    cell = scene.put(version, doctor, cast.elm_site, cast[MANAGER])
    clear(cast[MANAGER], version.id, cell, seen(version, cell))
    undo(cast[MANAGER], version.id)
    verbs = db.session.scalars(select(AuditEntry.verb).order_by(AuditEntry.number)).all()
    assert verbs == ["open_period", "edit_rota", "edit_rota", "edit_rota"]
    assert len(db.session.scalars(select(ChangeEvent)).all()) == 3


def test_what_is_published_is_not_changed_in_place(cast: Cast) -> None:
    doctor, *_ = scene.make_scene(cast)
    version = scene.open_rota(cast)
    scene.make_chosen(version)
    with pytest.raises(WrongState, match="new version"):
        scene.put(version, doctor, cast.elm_site, cast[MANAGER])


def test_a_practice_manager_moves_their_own_people_anywhere(cast: Cast) -> None:
    doctor, *_ = scene.make_scene(cast)
    version = scene.open_rota(cast)
    scene.put(version, doctor, cast.oak_site, cast[Role.PRACTICE_MANAGER])
    assert len(content(version)) == 1


def test_a_practice_manager_takes_others_in_at_their_own_site_only(cast: Cast) -> None:
    _, visitor, *_ = scene.make_scene(cast)
    version = scene.open_rota(cast)
    with pytest.raises(NotAllowed, match="own organisation"):
        scene.put(version, visitor, cast.oak_site, cast[Role.PRACTICE_MANAGER])
    cell = scene.put(version, visitor, cast.elm_site, cast[Role.PRACTICE_MANAGER])
    line = scene.line_on(version, cast.oak_site, cell)
    with pytest.raises(NotAllowed):
        place(cast[Role.PRACTICE_MANAGER], version.id, cell, line.id, seen(version, cell))
    clear(cast[Role.PRACTICE_MANAGER], version.id, cell, seen(version, cell))


def test_a_practice_manager_does_not_take_others_off_remote_work(cast: Cast) -> None:
    _, oaks, *_ = scene.make_scene(cast)
    version = scene.open_rota(cast)
    cell = scene.cell_of(oaks)
    make_place(cast[MANAGER], version.id, cell, None, Activity.ADMIN, EMPTY)
    line = scene.line_on(version, cast.elm_site, cell)
    with pytest.raises(NotAllowed):
        place(cast[Role.PRACTICE_MANAGER], version.id, cell, line.id, seen(version, cell))


def test_a_session_that_the_day_does_not_have_is_not_found(cast: Cast) -> None:
    doctor, *_ = scene.make_scene(cast)
    version = scene.open_rota(cast)
    cell = scene.cell_of(doctor, kind=SessionKind.SATURDAY_MORNING)
    with pytest.raises(NotFound):
        make_place(cast[MANAGER], version.id, cell, cast.elm_site.id, Activity.CLINIC, EMPTY)


def test_nobody_undoes_what_somebody_else_did(cast: Cast) -> None:
    _, visitor, *_ = scene.make_scene(cast)
    version = scene.open_rota(cast)
    scene.put(version, visitor, cast.oak_site, cast[MANAGER])
    with pytest.raises(Refusal, match="nothing to undo"):
        undo(cast[Role.PRACTICE_MANAGER], version.id)


@pytest.mark.parametrize(
    "role", [Role.STAFF, Role.TRAINEE, Role.CLINICAL_LEAD, Role.FINANCE_VIEWER, Role.CHAIR]
)
def test_nobody_else_changes_a_cell(cast: Cast, role: Role) -> None:
    doctor, *_ = scene.make_scene(cast)
    version = scene.open_rota(cast)
    cell = scene.put(version, doctor, cast.elm_site, cast[MANAGER])
    line = scene.line_on(version, cast.oak_site, cell).id
    deeds: list[Callable[[], object]] = [
        lambda: place(cast[role], version.id, cell, line, seen(version, cell)),
        lambda: make_place(cast[role], version.id, cell, None, Activity.ADMIN, seen(version, cell)),
        lambda: clear(cast[role], version.id, cell, seen(version, cell)),
        lambda: pin(cast[role], version.id, cell, seen(version, cell)),
        lambda: unpin(cast[role], version.id, cell, seen(version, cell)),
        lambda: undo(cast[role], version.id),
    ]
    for deed in deeds:
        with pytest.raises((NotAllowed, NotFound)):
            deed()


def test_a_stranger_finds_no_cell(cast: Cast) -> None:
    doctor, *_ = scene.make_scene(cast)
    version_id, cell = scene.open_rota(cast).id, scene.cell_of(doctor)
    enter_network(cast.stranger.network_id)
    with pytest.raises(NotFound):
        make_place(cast.stranger, version_id, cell, None, Activity.ADMIN, EMPTY)
    with pytest.raises(NotFound):
        undo(cast.stranger, version_id)
