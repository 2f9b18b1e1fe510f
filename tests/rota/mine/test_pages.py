from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from network.access.rules import Role
from network.plumbing.database import db
from network.vocabulary import Activity, SessionKind
from rota.cells.commands import place
from rota.drafts.queries import find_assignment
from rota.leave.records import Absence
from rota.leave.rules import AbsenceKind, AbsenceState
from rota.mine.queries import coming_days, my_rota
from rota.mine.rules import EntryKind
from rota.notices.queries import told_for
from rota.notices.rules import NoticeState
from rota.publishing.commands import publish_version
from rota.publishing.rules import Reasons
from rota.rotas.commands import copy_version
from rota.rotas.queries import get_version_for
from rota.rotas.records import RotaVersion
from rota.rows.rules import mark_of
from rota.staff.records import PatternCell
from rota.staff.rules import Availability
from tests.cast import Cast, client_for
from tests.makers import MONDAY, keep
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER
SUNDAY = MONDAY - timedelta(1)
WEDNESDAY = MONDAY + timedelta(2)


@pytest.fixture(autouse=True)
def on_sunday():
    """It is the Sunday before the rota begins."""
    with time_machine.travel(datetime.combine(SUNDAY, datetime.min.time(), UTC), tick=False):
        yield


@pytest.fixture
def told(cast: Cast) -> RotaVersion:
    return scene.publish_for(cast, Role.STAFF)


def own_member(version: RotaVersion):
    return version.assignments[0].member


def be_taught(version: RotaVersion) -> None:
    """Fix teaching in the pattern of the one who was told, on Wednesday afternoons."""
    pattern = own_member(version).patterns[0]
    cell = next(each for each in pattern.cells if (each.weekday, each.kind) == (2, SessionKind.AFTERNOON))
    assert isinstance(cell, PatternCell)
    cell.availability, cell.activity = Availability.FIXED, Activity.TEACHING
    db.session.commit()


def be_on_leave(
    version: RotaVersion,
    day: date = MONDAY + timedelta(3),
    kind: AbsenceKind = AbsenceKind.ANNUAL,
    state: AbsenceState = AbsenceState.APPROVED,
) -> None:
    keep(
        Absence(member_id=own_member(version).id, kind=kind, state=state, starts_on=day, ends_on=day),
    )
    db.session.commit()


def move_to_oak(cast: Cast, version: RotaVersion, why: str = "Oak is short") -> RotaVersion:
    copy = get_version_for(cast[MANAGER], copy_version(cast[MANAGER], version.id))
    cell = scene.cell_of(own_member(copy))
    row = find_assignment(copy.id, cell)
    assert row is not None
    line = scene.line_on(copy, cast.oak_site, cell)
    place(cast[MANAGER], copy.id, cell, line.id, mark_of(row.id, row.row_version))
    publish_version(cast[MANAGER], copy.id, Reasons(why))
    return copy


def test_a_page_shows_sessions_teaching_and_leave(cast: Cast, told: RotaVersion) -> None:
    cast.elm_site.address = "1 Elm Road"
    be_taught(told)
    be_on_leave(told)
    page = client_for(cast, Role.STAFF).get("/my-rota").text
    for said in (
        "Surgery",
        "Elm Surgery",
        "1 Elm Road",
        "08:00 to 12:10",
        "Structured teaching",
        "AM and PM",
        "On leave: annual leave",
    ):
        assert said in page


@pytest.mark.parametrize(
    ("kind", "state", "said"),
    [
        (AbsenceKind.ANNUAL, AbsenceState.APPROVED, "On leave: annual leave"),
        (AbsenceKind.SICKNESS, AbsenceState.REPORTED, "Sickness"),
    ],
)
def test_leave_that_takes_a_published_session_stands_in_its_place(
    cast: Cast, told: RotaVersion, kind: AbsenceKind, state: AbsenceState, said: str
) -> None:
    be_on_leave(told, MONDAY, kind, state)
    (week, *_) = my_rota(cast[Role.STAFF]).weeks
    (entry,) = week.days[0].entries
    assert (entry.kind, entry.title, entry.taken) == (EntryKind.AWAY, said, ("Surgery at Elm Surgery",))
    assert not week.days[0].works
    client = client_for(cast, Role.STAFF)
    for page in (client.get("/my-rota").text, client.get("/").text):
        assert said in page
        assert "<s>Surgery at Elm Surgery</s>" in page


def test_leave_that_is_only_asked_for_takes_no_session(cast: Cast, told: RotaVersion) -> None:
    be_on_leave(told, MONDAY, state=AbsenceState.REQUESTED)
    (week, *_) = my_rota(cast[Role.STAFF]).weeks
    assert [entry.kind for entry in week.days[0].entries] == [EntryKind.WORK]


def test_a_day_holds_what_one_has_in_order(cast: Cast, told: RotaVersion) -> None:
    be_taught(told)
    (week, *_) = my_rota(cast[Role.STAFF]).weeks
    assert week.is_published
    assert [[entry.title for entry in day.entries] for day in week.days[:3]] == [
        ["Surgery"],
        [],
        ["Structured teaching"],
    ]


def test_the_first_page_shows_on_a_sunday_the_week_to_come(cast: Cast, told: RotaVersion) -> None:
    be_taught(told)
    coming = coming_days(cast[Role.STAFF])
    assert [day.day for day in coming.days] == [MONDAY, WEDNESDAY]
    page = client_for(cast, Role.STAFF).get("/").text
    assert "Your coming days" in page
    assert "Structured teaching" in page
    assert "Your rota has something new" in page


def test_a_change_is_marked_with_what_was_and_why_until_it_is_confirmed(
    cast: Cast, told: RotaVersion
) -> None:
    move_to_oak(cast, told)
    client = client_for(cast, Role.STAFF)
    for _ in range(2):
        page = client.get("/my-rota").text
        assert "1 change to your rota" in page
        assert "Before: Surgery at Elm Surgery, 08:00 to 12:10." in page
        assert "Why: Oak is short." in page
    ids = [str(notice.id) for notice in my_rota(cast[Role.STAFF]).notices]
    assert len(ids) == 2
    assert client.post("/my-rota/confirm", data={"notice": ids}).status_code == 303
    page = client.get("/my-rota").text
    assert "Before:" not in page
    assert "I have seen this" not in page


def test_looking_at_the_page_is_noted_once(cast: Cast, told: RotaVersion) -> None:
    client = client_for(cast, Role.STAFF)
    for _ in range(2):
        client.get("/my-rota")
    assert told_for(cast[MANAGER], told.id).count(NoticeState.SEEN) == 1


def test_nobody_sees_the_rota_of_another_on_their_own_page(cast: Cast, told: RotaVersion) -> None:
    for role in (Role.TRAINEE, Role.PRACTICE_MANAGER, MANAGER):
        own = my_rota(cast[role])
        assert not own.is_member
        assert not any(day.entries for week in own.weeks for day in week.days)
        page = client_for(cast, role).get("/my-rota").text
        assert "You are not on the rota" in page


def test_a_draft_is_nobodys_rota(cast: Cast) -> None:
    member = scene.join_rota(cast, Role.STAFF)
    scene.want(cast.elm_site)
    version = scene.open_rota(cast)
    scene.put(version, member, cast.elm_site, cast[MANAGER])
    (week, *_) = my_rota(cast[Role.STAFF]).weeks
    assert not week.is_published
    assert not any(day.entries for day in week.days)


def test_whoever_confirms_what_is_not_theirs_finds_nothing(cast: Cast, told: RotaVersion) -> None:
    ids = [str(notice.id) for notice in my_rota(cast[Role.STAFF]).notices]
    assert client_for(cast, Role.TRAINEE).post("/my-rota/confirm", data={"notice": ids}).status_code == 404
    assert client_for(cast, Role.STAFF).post("/my-rota/confirm", data={"notice": "x"}).status_code == 422


def test_two_posts_of_one_person_stand_on_one_page(cast: Cast, told: RotaVersion) -> None:
    scene.join_rota(cast, Role.STAFF, employer=cast.oak)
    (week, *_) = my_rota(cast[Role.STAFF]).weeks
    (entry,) = week.days[0].entries
    assert entry.post == "GP, Elm Surgery"


def test_other_weeks_can_be_turned_to(cast: Cast, told: RotaVersion) -> None:
    page = client_for(cast, Role.STAFF).get(f"/my-rota?week={MONDAY + timedelta(weeks=8)}").text
    assert "not published yet" in page
    assert client_for(cast, Role.STAFF).get("/my-rota?week=9999-12-31").status_code == 200
    assert db.session.scalars(select(RotaVersion)).all()


@pytest.mark.parametrize("role", [Role.ROTATION_LEAD, Role.CLINICIAN])
def test_ones_own_rota_is_open_to_whoever_is_on_it(cast: Cast, role: Role) -> None:
    scene.publish_for(cast, role)
    page = client_for(cast, role).get("/my-rota")
    assert page.status_code == 200
    assert "Elm Surgery" in page.text
