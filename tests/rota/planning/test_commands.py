import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from network.access.rules import SYSTEM, Role
from network.plumbing.database import db
from network.plumbing.refusals import Invalid, NotAllowed, NotFound, Refusal
from network.vocabulary import FundingStream
from rota.cells.commands import clear
from rota.drafts.commands import undo
from rota.drafts.queries import standing_in
from rota.edits.queries import contents_of
from rota.edits.rules import Cell
from rota.jobs.commands import AlreadyRunning, give_up_job
from rota.jobs.records import SolveJob
from rota.jobs.rules import JobState
from rota.jobs.tasks import solve
from rota.leave.records import Absence
from rota.leave.rules import AbsenceKind, AbsenceState
from rota.planning.commands import accept_facts, ask_to_fill
from rota.planning.queries import planned_for
from rota.planning.rules import Ask
from rota.rotas.commands import WrongState, discard_version
from rota.rotas.queries import get_version_for
from rota.rotas.records import Assignment, RotaVersion
from rota.rotas.rules import AssignmentSource
from rota.solver.limits import Limits
from rota.solver.staff_rota import breaches
from rota.staff.records import RotaMember
from tests.cast import Cast
from tests.makers import MONDAY, keep
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER
QUICK = Limits(seconds=20, workers=1)


def fill(cast: Cast, version: RotaVersion) -> RotaVersion:
    version_id = version.id
    job_id = ask_to_fill(cast[MANAGER], version_id, QUICK)
    solve(cast[MANAGER].network_id, job_id=job_id)
    return get_version_for(cast[MANAGER], version_id)


def be_away(member: RotaMember) -> None:
    keep(
        Absence(
            member_id=member.id,
            kind=AbsenceKind.ANNUAL,
            state=AbsenceState.APPROVED,
            starts_on=MONDAY,
            ends_on=MONDAY,
        )
    )
    db.session.commit()


def rows_of(version: RotaVersion) -> list[Assignment]:
    return list(db.session.scalars(select(Assignment).where(Assignment.version_id == version.id)))


def test_a_filled_draft_breaks_no_rule_and_every_session_names_who_pays(cast: Cast) -> None:
    scene.make_scene(cast)
    version = fill(cast, scene.open_rota(cast))
    planned = planned_for(version)
    assert breaches(planned.problem, planned.plan) == ()
    rows = rows_of(version)
    assert len(rows) >= 20
    assert {row.funding for row in rows} == {FundingStream.CORE}
    assert {row.source for row in rows} == {AssignmentSource.SOLVER}
    assert {row.minutes for row in rows} == {250}
    assert version.summary["short"] == 0
    assert version.input_hash == planned.hash


def test_what_was_set_by_hand_is_still_there_after_filling(cast: Cast) -> None:
    doctor, *_ = scene.make_scene(cast)
    version = scene.open_rota(cast)
    cell = scene.put(version, doctor, cast.oak_site, cast[MANAGER])
    before = rows_of(version)[0].id
    version = fill(cast, fill(cast, version))
    kept = next(row for row in rows_of(version) if row.id == before)
    assert (kept.member_id, kept.day, kept.kind) == cell
    assert (kept.site_id, kept.source, kept.is_pinned) == (cast.oak_site.id, AssignmentSource.MANUAL, True)


def test_what_is_set_by_hand_while_it_is_filled_stays_too(cast: Cast) -> None:
    doctor, *_ = scene.make_scene(cast)
    version = scene.open_rota(cast)
    version_id = version.id
    job_id = ask_to_fill(cast[MANAGER], version_id, QUICK)
    cell = scene.put(version, doctor, cast.oak_site, cast[MANAGER])
    solve(cast[MANAGER].network_id, job_id=job_id)
    rows = [row for row in rows_of(version) if (row.member_id, row.day, row.kind) == cell]
    assert [row.site_id for row in rows] == [cast.oak_site.id]


def test_what_is_undone_or_cleared_while_it_is_filled_is_not_filled_over(cast: Cast) -> None:
    scene.make_scene(cast)
    version = fill(cast, scene.open_rota(cast))
    version_id, actor = version.id, cast[MANAGER]
    one, other = (Cell(row.member_id, row.day, row.kind) for row in rows_of(version)[:2])
    was = contents_of(version_id)[one]
    clear(actor, version_id, one, standing_in(version_id, [one])[one].mark)
    job_id = ask_to_fill(actor, version_id, QUICK)
    undo(actor, version_id)
    clear(actor, version_id, other, standing_in(version_id, [other])[other].mark)
    stood = standing_in(version_id, [one])[one].mark
    solve(actor.network_id, job_id=job_id)
    assert not was["is_pinned"]
    assert standing_in(version_id, [one])[one].mark == stood
    assert standing_in(version_id, [other])[other].content is None


def test_one_rota_is_filled_once_at_a_time(cast: Cast) -> None:
    scene.make_scene(cast)
    version_id = scene.open_rota(cast).id
    ask_to_fill(cast[MANAGER], version_id, QUICK)
    with pytest.raises(AlreadyRunning):
        ask_to_fill(cast[MANAGER], version_id, QUICK)
    with pytest.raises(Refusal, match="being filled"):
        discard_version(cast[MANAGER], version_id)


def test_a_fact_that_changes_while_it_is_filled_is_flagged(cast: Cast) -> None:
    doctor, *_ = scene.make_scene(cast)
    version_id = scene.open_rota(cast).id
    job_id = ask_to_fill(cast[MANAGER], version_id, QUICK)
    be_away(doctor)
    solve(cast[MANAGER].network_id, job_id=job_id)
    version = get_version_for(cast[MANAGER], version_id)
    assert version.summary["is_stale"]
    assert version.input_hash != planned_for(version).hash


def test_a_draft_that_was_looked_over_again_is_up_to_date(cast: Cast) -> None:
    doctor, *_ = scene.make_scene(cast)
    version = fill(cast, scene.open_rota(cast))
    be_away(doctor)
    seen = planned_for(version).hash
    assert seen != version.input_hash
    with pytest.raises(Refusal, match="once more"):
        accept_facts(cast[MANAGER], version.id, version.input_hash)
    accept_facts(cast[MANAGER], version.id, seen)
    assert get_version_for(cast[MANAGER], version.id).input_hash == seen


def test_a_draft_put_aside_while_it_is_filled_is_left_alone_and_said(cast: Cast) -> None:
    scene.make_scene(cast)
    version = scene.open_rota(cast)
    job_id = ask_to_fill(cast[MANAGER], version.id, QUICK)
    scene.make_chosen(version)
    solve(cast[MANAGER].network_id, job_id=job_id)
    job = db.session.get_one(SolveJob, job_id, populate_existing=True)
    assert (job.state, job.said) == (
        JobState.FAILED,
        "Only a draft can be filled. Make a new version of this rota first.",
    )
    assert rows_of(version) == []


def test_what_is_published_is_not_filled(cast: Cast) -> None:
    scene.make_scene(cast)
    version = scene.open_rota(cast)
    scene.make_chosen(version)
    with pytest.raises(WrongState):
        ask_to_fill(cast[MANAGER], version.id)


@pytest.mark.parametrize("role", [Role.STAFF, Role.CLINICAL_LEAD, Role.FINANCE_VIEWER, Role.ADMINISTRATOR])
def test_only_who_plans_fills_and_confirms(cast: Cast, role: Role) -> None:
    scene.make_scene(cast)
    version_id = scene.open_rota(cast).id
    for deed in (
        lambda: ask_to_fill(cast[role], version_id),
        lambda: accept_facts(cast[role], version_id, ""),
    ):
        with pytest.raises((NotAllowed, NotFound)):
            deed()


def fill_part(cast: Cast, version: RotaVersion, ask: Ask, role: Role = MANAGER) -> RotaVersion:
    version_id = version.id
    job_id = ask_to_fill(cast[role], version_id, QUICK, ask)
    solve(cast[MANAGER].network_id, job_id=job_id)
    return get_version_for(cast[MANAGER], version_id)


def contents(version: RotaVersion) -> dict[uuid.UUID, tuple[object, ...]]:
    return {row.id: (row.member_id, row.site_id, row.day, row.kind) for row in rows_of(version)}


def test_one_site_is_filled_and_the_rest_stays_empty(cast: Cast) -> None:
    scene.make_scene(cast)
    version = fill_part(cast, scene.open_rota(cast), Ask(site_id=cast.elm_site.id))
    assert {row.site_id for row in rows_of(version)} == {cast.elm_site.id}


def test_some_days_are_filled_again_and_what_stands_on_others_is_not_touched(cast: Cast) -> None:
    scene.make_scene(cast)
    version = fill(cast, scene.open_rota(cast))
    before = contents(version)
    version = fill_part(cast, version, Ask(starts_on=MONDAY, ends_on=MONDAY))
    others = {key: what for key, what in before.items() if what[2] != MONDAY}
    assert others.items() <= contents(version).items()
    assert {what[2] for what in contents(version).values()} == {what[2] for what in before.values()}


def test_only_what_is_empty_is_filled_when_that_is_asked(cast: Cast) -> None:
    scene.make_scene(cast)
    version = fill(cast, scene.open_rota(cast))
    for row in rows_of(version)[:3]:
        db.session.delete(row)
    db.session.commit()
    before = contents(version)
    version = fill_part(cast, version, Ask(only_empty=True))
    assert before.items() <= contents(version).items()
    assert version.summary["short"] == 0


def test_what_is_set_by_hand_in_the_part_while_it_is_filled_stays(cast: Cast) -> None:
    doctor, *_ = scene.make_scene(cast)
    version = scene.open_rota(cast)
    version_id = version.id
    job_id = ask_to_fill(cast[MANAGER], version_id, QUICK, Ask(site_id=cast.elm_site.id))
    cell = scene.put(version, doctor, cast.oak_site, cast[MANAGER])
    solve(cast[MANAGER].network_id, job_id=job_id)
    rows = [row for row in rows_of(version) if (row.member_id, row.day, row.kind) == cell]
    assert [row.site_id for row in rows] == [cast.oak_site.id]


def test_a_practice_manager_fills_their_own_sites_with_no_other_practices_people(cast: Cast) -> None:
    members = {member.id: member for member in scene.make_scene(cast)}
    version = fill_part(cast, scene.open_rota(cast), Ask(), Role.PRACTICE_MANAGER)
    rows = rows_of(version)
    assert {row.site_id for row in rows} == {cast.elm_site.id}
    assert {members[row.member_id].engagement.employer_id for row in rows} == {cast.elm.id}
    with pytest.raises(Refusal, match="No cover is wanted in this part"):
        fill_part(cast, version, Ask(site_id=cast.oak_site.id), Role.PRACTICE_MANAGER)


def test_a_part_filled_on_new_facts_leaves_the_rest_out_of_date(cast: Cast) -> None:
    doctor, *_ = scene.make_scene(cast)
    version = fill(cast, scene.open_rota(cast))
    be_away(doctor)
    version = fill_part(cast, version, Ask(starts_on=MONDAY, ends_on=MONDAY))
    assert version.summary["is_stale"]
    assert version.input_hash != planned_for(version).hash
    assert not fill(cast, version).summary["is_stale"]


def test_days_outside_the_rota_are_refused(cast: Cast) -> None:
    scene.make_scene(cast)
    with pytest.raises(Invalid, match="days of this rota"):
        ask_to_fill(cast[MANAGER], scene.open_rota(cast).id, QUICK, Ask(starts_on=MONDAY - timedelta(1)))


def test_a_filling_that_broke_off_is_noted_with_its_draft_until_the_next(cast: Cast) -> None:
    scene.make_scene(cast)
    version_id = scene.open_rota(cast).id
    job_id = ask_to_fill(cast[MANAGER], version_id, QUICK)
    give_up_job(SYSTEM, job_id, JobState.FAILED, "It broke off.")
    assert get_version_for(cast[MANAGER], version_id).summary["given_up"] == "It broke off."
    assert "given_up" not in fill(cast, get_version_for(cast[MANAGER], version_id)).summary
