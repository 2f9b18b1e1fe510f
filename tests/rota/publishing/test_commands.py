import pytest
from sqlalchemy import select

from network.access.rules import Role
from network.audit.records import AuditEntry
from network.plumbing.database import db, enter_network
from network.plumbing.refusals import NotAllowed, NotFound, Refusal
from network.vocabulary import SessionKind
from rota.cells.commands import clear, place
from rota.drafts.queries import find_assignment
from rota.edits.records import Edit
from rota.jobs.tasks import solve
from rota.leave.records import Absence
from rota.leave.rules import AbsenceKind, AbsenceState
from rota.notices.records import Notice
from rota.planning.commands import accept_facts, ask_to_fill
from rota.planning.queries import planned_for
from rota.publishing.commands import BreaksTheLaw, OutOfDate, ReasonsWanted, publish_version
from rota.publishing.queries import Untold, publishing_for, untold_for
from rota.publishing.rules import Reasons
from rota.rotas.commands import WrongState, copy_version
from rota.rotas.queries import find_chosen_version, get_version_for
from rota.rotas.records import RotaVersion
from rota.rotas.rules import PeriodState, VersionState
from rota.rows.rules import mark_of
from rota.solver.limits import Limits
from rota.staff.records import RotaMember
from rota.stages.commands import propose_version
from tests.cast import Cast, client_for
from tests.makers import MONDAY, keep
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER
QUICK = Limits(seconds=20, workers=1)


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
    assert find_chosen_version(seen.period_id) is seen


def test_what_is_published_later_takes_the_place_of_what_was(cast: Cast, draft: RotaVersion) -> None:
    first_id = draft.id
    publish_version(cast[MANAGER], first_id)
    second_id = copy_version(cast[MANAGER], first_id)
    publish_version(cast[MANAGER], second_id)
    assert get_version_for(cast[MANAGER], first_id).state is VersionState.SUPERSEDED
    assert find_chosen_version(draft.period_id).id == second_id
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
    (line,) = person.lines
    assert person.name == doctor.name
    assert line.when.startswith("Monday 7 December")
    assert "instead of" in line.what


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
    assert person.lines[0].what.startswith("no longer: ")


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


def moved(cast: Cast, draft: RotaVersion, why: str = "") -> tuple[RotaVersion, RotaMember]:
    """Publish, copy, and take somebody off in the copy."""
    publish_version(cast[MANAGER], draft.id)
    copy = get_version_for(cast[MANAGER], copy_version(cast[MANAGER], draft.id))
    doctor = someone_on(copy)
    row = next(row for row in copy.assignments if row.member_id == doctor.id and row.day == MONDAY)
    cell = scene.cell_of(doctor, MONDAY, row.kind)
    clear(cast[MANAGER], copy.id, cell, mark_of(row.id, row.row_version))
    for edit in db.session.scalars(select(Edit).where(Edit.version_id == copy.id)):
        edit.why = why
    db.session.commit()
    return copy, doctor


def test_a_change_without_a_reason_is_not_published(cast: Cast, draft: RotaVersion) -> None:
    copy, doctor = moved(cast, draft)
    (person,) = publishing_for(cast[MANAGER], copy.id).unexplained
    assert person.lines[0].why == "changed by hand"
    with pytest.raises(ReasonsWanted, match=doctor.name):
        publish_version(cast[MANAGER], copy.id)
    assert get_version_for(cast[MANAGER], copy.id).state is VersionState.DRAFT
    publish_version(cast[MANAGER], copy.id, Reasons("unused", {person.person_id: "she asked for it"}))
    (notice,) = db.session.scalars(select(Notice).where(Notice.version_id == copy.id))
    assert [change.why for change in notice.changes] == ["she asked for it"]


def test_the_reason_of_an_edit_is_told(cast: Cast, draft: RotaVersion) -> None:
    copy, _ = moved(cast, draft, "swapped with Oak")
    look = publishing_for(cast[MANAGER], copy.id)
    assert look.people[0].lines[0].why == "swapped with Oak"
    assert not look.unexplained
    publish_version(cast[MANAGER], copy.id)


def test_leave_that_takes_a_session_is_its_reason(cast: Cast, draft: RotaVersion) -> None:
    copy, doctor = moved(cast, draft)
    be_away(doctor)
    (line,) = publishing_for(cast[MANAGER], copy.id).people[0].lines
    assert (line.why, line.wants_reason) == ("sickness", False)


def test_untold_changes_are_counted(cast: Cast, draft: RotaVersion) -> None:
    copy, _ = moved(cast, draft)
    assert untold_for(cast[MANAGER], copy.id)[1] == Untold(changes=1, people=1)
    assert untold_for(cast[MANAGER], draft.id)[1] is None


def test_the_page_keeps_what_was_typed_and_asks_for_what_is_missing(cast: Cast, draft: RotaVersion) -> None:
    copy, doctor = moved(cast, draft)
    client, address = client_for(cast, MANAGER), f"/rota/versions/{copy.id}/publish/"
    assert "Say why" in client.get(address).text
    answer = client.post(address, data={"why": " "})
    assert answer.status_code == 422
    assert f"Say why the rota of {doctor.name} changes" in answer.text
    too_long = client.post(address, data={"why": "y" * 201})
    assert too_long.status_code == 422
    assert "y" * 201 in too_long.text
    assert client.post(address, data={"why": "new lists"}).status_code == 303


def test_beside_the_grid_stands_what_was_not_told(cast: Cast, draft: RotaVersion) -> None:
    copy, _ = moved(cast, draft)
    client = client_for(cast, MANAGER)
    assert "1 change not told yet" in client.get(f"/rota/versions/{copy.id}/publish/untold").text
    assert "not confirmed yet" in client.get(f"/rota/versions/{draft.id}/publish/untold").text
    manager = client_for(cast, Role.PRACTICE_MANAGER)
    assert "publish…" not in manager.get(f"/rota/versions/{copy.id}/publish/untold").text


def test_who_has_not_approved_their_part_is_named_before_publishing(cast: Cast, draft: RotaVersion) -> None:
    propose_version(cast[MANAGER], draft.id)
    page = client_for(cast, MANAGER).get(f"/rota/versions/{draft.id}/publish/").text
    assert "0 of 2 have approved their part" in page
    assert "Proposed, version 1" in page
    publish_version(cast[MANAGER], draft.id)
