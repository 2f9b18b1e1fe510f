import io
from datetime import date, datetime, timedelta
from random import Random

import pytest
from openpyxl import load_workbook
from sqlalchemy import select
from werkzeug.test import TestResponse

from network.access.rules import Role
from network.plumbing.database import db
from network.vocabulary import Activity, SessionKind
from rota.cells.commands import clear, place
from rota.drafts.commands import undo
from rota.edits.records import Edit
from rota.edits.rules import EditKind
from rota.intake.commands import confirm_rota_sheet, upload_rota_sheet
from rota.intake.queries import SheetView, sheet_view_for
from rota.leave.commands import approve_leave, request_leave
from rota.leave.rules import AbsenceKind, Away
from rota.rotas.records import Assignment, RotaVersion
from rota.rows.rules import mark_of
from tests.attempts.intake import sheet_of
from tests.cast import Cast, client_for
from tests.makers import MONDAY
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER
TUESDAY = MONDAY + timedelta(1)


def read(cast: Cast, version: RotaVersion, content: bytes, role: Role = MANAGER) -> SheetView:
    sheet_id = upload_rota_sheet(cast[role], version.id, "rota.xlsx", content)
    return sheet_view_for(cast[role], version.id, sheet_id)


def take(cast: Cast, version: RotaVersion, content: bytes) -> SheetView:
    view = read(cast, version, content)
    confirm_rota_sheet(cast[MANAGER], version.id, view.sheet_id)
    return view


def downloaded(cast: Cast, version: RotaVersion) -> bytes:
    return client_for(cast, MANAGER).get(f"/rota/versions/{version.id}/rota.xlsx").data


def edited(content: bytes, name: str, at: int, text: str | None) -> bytes:
    """Write into a cell of the tab by person, counted from the first session."""
    book = load_workbook(io.BytesIO(content))
    row = next(row for row in book["By person"].iter_rows() if row[0].value == name)
    row[3 + at].value = text
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def held(version: RotaVersion) -> set[tuple[object, ...]]:
    rows = db.session.scalars(select(Assignment).where(Assignment.version_id == version.id))
    return {(row.member_id, row.day, row.kind, row.site_id, row.activity, row.line_id) for row in rows}


def problems(view: SheetView) -> list[tuple[str, str]]:
    return [(problem.cell, problem.said) for problem in view.problems]


def test_what_was_downloaded_comes_back_and_changes_nothing(cast: Cast) -> None:
    people = scene.make_scene(cast)
    scene.want(cast.elm_site, activity=Activity.DUTY)
    leave = Away(AbsenceKind.ANNUAL, TUESDAY, TUESDAY)
    approve_leave(cast[MANAGER], request_leave(cast[MANAGER], people[1].id, leave))
    version = scene.open_rota(cast, weeks=2)
    scene.put(version, people[2], cast.oak_site, cast[MANAGER])
    view = read(cast, version, downloaded(cast, version))
    assert (view.wanted, view.problems) == ((), ())


def test_a_cell_that_was_changed_is_shown_from_what_to_what_and_then_written_and_undone(cast: Cast) -> None:
    people = scene.make_scene(cast)
    version = scene.open_rota(cast)
    scene.put(version, people[0], cast.elm_site, cast[MANAGER])
    before = held(version)
    content = edited(downloaded(cast, version), people[0].name, 0, "OAK")
    content = edited(content, people[0].name, 1, "elm")
    view = read(cast, version, content)
    assert [(each.name, each.session, each.old, each.new) for each in view.wanted] == [
        (people[0].name, f"Monday {MONDAY.day} {MONDAY:%B} AM", "ELM", "OAK"),
        (people[0].name, f"Monday {MONDAY.day} {MONDAY:%B} PM", "", "ELM"),
    ]
    assert held(version) == before
    confirm_rota_sheet(cast[MANAGER], version.id, view.sheet_id)
    after = {(kind, site_id) for _, _, kind, site_id, _, _ in held(version)}
    assert after == {
        (SessionKind.MORNING, cast.oak_site.id),
        (SessionKind.AFTERNOON, cast.elm_site.id),
    }
    edit = db.session.scalars(select(Edit).order_by(Edit.number.desc())).first()
    assert (edit.kind, edit.said) == (EditKind.IMPORT, "Taken from rota.xlsx")
    undo(cast[MANAGER], version.id)
    assert held(version) == before


def test_an_empty_cell_takes_somebody_off_and_leave_stays(cast: Cast) -> None:
    people = scene.make_scene(cast)
    leave = Away(AbsenceKind.ANNUAL, TUESDAY, TUESDAY)
    approve_leave(cast[MANAGER], request_leave(cast[MANAGER], people[0].id, leave))
    version = scene.open_rota(cast)
    scene.put(version, people[0], cast.elm_site, cast[MANAGER])
    content = downloaded(cast, version)
    for at in range(6):
        content = edited(content, people[0].name, at, None)
    view = take(cast, version, content)
    assert [(each.old, each.new) for each in view.wanted] == [("ELM", "")]
    assert held(version) == set()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_after_any_walk_of_edits_the_rota_comes_back_the_same(cast: Cast, seed: int) -> None:
    people, chance = scene.make_scene(cast), Random(seed)
    scene.want(cast.elm_site, activity=Activity.DUTY)
    version = scene.open_rota(cast)
    for _ in range(12):
        cell = scene.cell_of(chance.choice(people), MONDAY + timedelta(chance.randrange(5)))
        row = db.session.scalars(
            select(Assignment).where(
                Assignment.member_id == cell.member_id,
                Assignment.day == cell.day,
                Assignment.kind == cell.kind,
            )
        ).first()
        seen = mark_of(row.id if row else None, row.row_version if row else 0)
        if row is not None and chance.random() < 0.4:
            clear(cast[MANAGER], version.id, cell, seen)
        elif row is None:
            line = scene.line_on(version, cast.oak_site, cell)
            place(cast[MANAGER], version.id, cell, line.id, seen)
    view = read(cast, version, downloaded(cast, version))
    assert (view.wanted, view.problems) == ((), ())


def test_the_download_of_one_draft_makes_another_the_same(cast: Cast) -> None:
    people = scene.make_scene(cast)
    scene.want(cast.elm_site, activity=Activity.DUTY)
    version = scene.open_rota(cast)
    book = downloaded(cast, version)
    for at, text in enumerate(["ELM D", "OAK", None, "ELM"]):
        book = edited(book, people[0].name, at, text)
    take(cast, version, book)
    full, kept = downloaded(cast, version), held(version)
    undo(cast[MANAGER], version.id)
    assert held(version) == set()
    take(cast, version, full)
    assert held(version) == kept
    assert Activity.DUTY in {activity for *_, activity, _ in kept}


def test_a_code_alone_ends_a_special_duty(cast: Cast) -> None:
    people = scene.make_scene(cast)
    scene.want(cast.elm_site, activity=Activity.DUTY)
    version = scene.open_rota(cast)
    take(cast, version, sheet_of(people[0].name, "ELM D"))
    take(cast, version, sheet_of(people[0].name, "ELM"))
    assert [activity for *_, activity, _ in held(version)] == [Activity.SURGERY]


@pytest.mark.parametrize(
    "day",
    [
        MONDAY,
        datetime(MONDAY.year, MONDAY.month, MONDAY.day),
        f"{MONDAY:%d/%m/%Y}",
        f"{MONDAY:%A} {MONDAY.day} {MONDAY:%B}",
        f"{MONDAY:%a} {MONDAY.day} {MONDAY:%b} {MONDAY.year}, Holiday",
    ],
)
def test_a_managers_own_sheet_is_read_in_any_dress(cast: Cast, day: object) -> None:
    people = scene.make_scene(cast)
    version = scene.open_rota(cast)
    view = read(cast, version, sheet_of(people[0].name.upper(), "Oak", "REM", day=day))
    assert [(each.old, each.new) for each in view.wanted] == [("", "OAK"), ("", "REM")], view.problems


@pytest.mark.parametrize(
    ("name", "cells", "where", "said"),
    [
        ("Nobody Known", ["ELM"], "A3", "Nobody called Nobody Known is on this rota."),
        ("{name}x", ["ELM"], "A3", "Did you mean {name}?"),
        ("{name}", ["Moon"], "B3", "“Moon” is no site."),
        ("{name}", ["A/L"], "B3", "is leave, which has its own page"),
        ("{name}", ["=A1"], "B3", "This cell holds a formula."),
        ("{name}", [None, "ELM Z"], "C3", "is no activity"),
    ],
)
def test_what_cannot_be_taken_is_told_by_cell(
    cast: Cast, name: str, cells: list[str], where: str, said: str
) -> None:
    people = scene.make_scene(cast)
    version = scene.open_rota(cast)
    view = read(cast, version, sheet_of(name.format(name=people[0].name), *cells))
    [(cell, sentence)] = problems(view)
    assert cell == where
    assert said.format(name=people[0].name.removeprefix("Dr ")) in sentence


def test_days_of_another_rota_and_sessions_that_are_none_are_told(cast: Cast) -> None:
    people = scene.make_scene(cast)
    version = scene.open_rota(cast)
    late = MONDAY + timedelta(70)
    [(cell, said)] = problems(read(cast, version, sheet_of(people[0].name, "ELM", day=late)))
    assert (cell, "is not in this rota" in said) == ("B1", True)
    saturday = MONDAY + timedelta(5)
    book = load_workbook(io.BytesIO(sheet_of(people[0].name, "ELM", day=saturday)))
    book.active["B2"] = "Eve"
    packed = io.BytesIO()
    book.save(packed)
    assert "There is no Eve session" in problems(read(cast, version, packed.getvalue()))[0][1]


def test_a_person_twice_is_told_with_the_first_row(cast: Cast) -> None:
    people = scene.make_scene(cast)
    version = scene.open_rota(cast)
    book = load_workbook(io.BytesIO(sheet_of(people[0].name, "ELM")))
    book.active.append([people[0].name, "OAK"])
    packed = io.BytesIO()
    book.save(packed)
    [(cell, said)] = problems(read(cast, version, packed.getvalue()))
    assert (cell, "stand in row 3 too" in said) == ("B4", True)


def test_a_practice_changes_its_own_and_is_told_what_is_not(cast: Cast) -> None:
    people = scene.make_scene(cast)
    version = scene.open_rota(cast)
    role = Role.PRACTICE_MANAGER
    assert not read(cast, version, sheet_of(people[0].name, "ELM"), role).problems
    [(cell, said)] = problems(read(cast, version, sheet_of(people[1].name, "OAK"), role))
    assert (cell, "your own organisation's people and sites only" in said) == ("B3", True)


def send(cast: Cast, version: RotaVersion, content: bytes) -> TestResponse:
    address = f"/rota/versions/{version.id}/sheet"
    return client_for(cast, MANAGER).post(address, data={"workbook": (io.BytesIO(content), "rota.xlsx")})


def test_the_pages_lead_from_the_file_to_the_changed_draft(cast: Cast) -> None:
    people = scene.make_scene(cast)
    version = scene.open_rota(cast)
    version_id = version.id
    answer = send(cast, version, sheet_of(people[0].name, "ELM", "OAK"))
    client = client_for(cast, MANAGER)
    page = client.get(answer.location).text
    assert "Confirm and change 2 cells" in page
    confirmed = client.post(f"{answer.location}/confirm")
    assert confirmed.status_code == 303
    assert "2 cells taken from the workbook." in client.get(confirmed.location).text
    assert client.get(answer.location).status_code == 404
    assert client.get(f"/rota/versions/{version_id}/sheet").status_code == 200


def test_what_somebody_changed_meanwhile_is_not_overwritten(cast: Cast) -> None:
    people = scene.make_scene(cast)
    version = scene.open_rota(cast)
    client = client_for(cast, MANAGER)
    address = send(cast, version, sheet_of(people[0].name, "ELM")).location
    scene.put(version, people[0], cast.oak_site, cast[MANAGER])
    answer = client.post(f"{address}/confirm")
    assert answer.location.endswith("/sheet")
    assert "Nothing was saved" in client.get(answer.location).text
    assert {site_id for _, _, _, site_id, _, _ in held(version)} == {cast.oak_site.id}


def test_a_workbook_without_a_rota_and_a_published_rota_are_told(cast: Cast) -> None:
    people = scene.make_scene(cast)
    version = scene.open_rota(cast)
    nothing = load_workbook(io.BytesIO(sheet_of("x")))
    nothing.active.delete_rows(1, 5)
    packed = io.BytesIO()
    nothing.save(packed)
    answer = send(cast, version, packed.getvalue())
    assert (answer.status_code, "No rota was found" in answer.text) == (422, True)
    scene.make_chosen(version)
    answer = send(cast, version, sheet_of(people[0].name, "ELM", day=date(2026, 1, 1)))
    assert (answer.status_code, "A sheet is brought into a draft" in answer.text) == (422, True)


def test_leave_under_any_of_its_names_is_no_change(cast: Cast) -> None:
    people = scene.make_scene(cast)
    leave = Away(AbsenceKind.ANNUAL, MONDAY, MONDAY)
    approve_leave(cast[MANAGER], request_leave(cast[MANAGER], people[0].id, leave))
    version = scene.open_rota(cast)
    view = read(cast, version, sheet_of(people[0].name, "A/L", "n/a"))
    assert (view.wanted, view.problems) == ((), ())


def test_a_site_alone_is_an_ordinary_session_there_and_shown_as_it_will_stand(cast: Cast) -> None:
    people = scene.make_scene(cast)
    scene.want(cast.elm_site, minimum=3, activity=Activity.DUTY)
    version = scene.open_rota(cast)
    view = take(cast, version, sheet_of(people[0].name, "elm", "elm d"))
    assert [each.new for each in view.wanted] == ["ELM", "ELM D"]
    assert {activity for *_, activity, _ in held(version)} == {Activity.SURGERY, Activity.DUTY}
