import io
from datetime import timedelta

import pytest
from openpyxl import Workbook, load_workbook

from network.access.rules import Role
from network.plumbing.database import db
from network.vocabulary import JobRole
from rota.leave.commands import approve_leave, report_sickness, request_leave
from rota.leave.rules import AbsenceKind, Away
from rota.rotas.records import RotaVersion
from tests.cast import Cast, client_for, sign_in
from tests.makers import MONDAY
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER


def exported(cast: Cast, version: RotaVersion, role: Role = MANAGER) -> Workbook:
    answer = client_for(cast, role).get(f"/rota/versions/{version.id}/rota.xlsx")
    assert answer.status_code == 200
    return load_workbook(io.BytesIO(answer.data))


def texts(book: Workbook, tab: str) -> list[str]:
    return [str(cell.value) for row in book[tab].iter_rows() for cell in row if cell.value is not None]


def beside(book: Workbook, name: str) -> list[str]:
    """Give what stands beside a name on the tab by person."""
    row = next(row for row in book["By person"].iter_rows() if row[0].value == name)
    return [str(cell.value) for cell in row[3:] if cell.value is not None]


def test_a_rota_comes_as_a_tab_by_person_and_one_for_each_site(cast: Cast) -> None:
    people = scene.make_scene(cast)
    version = scene.open_rota(cast, weeks=2)
    scene.put(version, people[0], cast.elm_site, cast[MANAGER])
    book = exported(cast, version)
    assert book.sheetnames == ["Rota", "By person", "ELM", "OAK", "Legend"]
    assert beside(book, people[0].name) == ["ELM"]
    elm = texts(book, "ELM")
    assert people[0].name in elm
    assert elm.count("1 SHORT") == 2 * 10 - 1
    assert "Version 1, draft, exported" in " ".join(texts(book, "By person"))
    assert "DRAFT, not published: do not work by it" in texts(book, "Rota")
    assert {"ELM", "OAK", "REM", "A/L", "N/A"} <= set(texts(book, "Legend"))


def test_every_tab_is_ready_for_paper_and_keeps_its_names_in_sight(cast: Cast) -> None:
    scene.make_scene(cast)
    book = exported(cast, scene.open_rota(cast))
    for page in book.worksheets:
        assert page.page_setup.orientation == "landscape"
        assert (page.page_setup.paperSize, page.page_setup.fitToWidth) == (9, 1)
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert "Version 1" in page.oddFooter.left.text
    assert (book["By person"].freeze_panes, book["ELM"].freeze_panes) == ("B3", "B3")


def test_a_name_that_looks_like_a_formula_stays_a_name(cast: Cast) -> None:
    scene.make_scene(cast)
    scene.make_worker(cast, '=HYPERLINK("http://example.org")')
    db.session.commit()
    book = exported(cast, scene.open_rota(cast))
    found = [cell for row in book["By person"].iter_rows() for cell in row if "HYPERLINK" in str(cell.value)]
    assert found
    assert all(cell.data_type == "s" for cell in found)


@pytest.mark.parametrize(("role", "shown"), [(MANAGER, "Sick"), (Role.STAFF, "N/A")])
def test_peers_are_told_that_somebody_is_not_available_and_never_why(
    cast: Cast, role: Role, shown: str
) -> None:
    people = scene.make_scene(cast)
    away = Away(AbsenceKind.SICKNESS, MONDAY, MONDAY)
    report_sickness(cast[MANAGER], people[0].id, away)
    version = scene.open_rota(cast)
    scene.make_chosen(version)
    book = exported(cast, version, role)
    assert beside(book, people[0].name) == [shown] * 3
    assert ("Sick" in " ".join(texts(book, "By person"))) == (role is MANAGER)


def test_peers_are_not_told_what_is_short_or_broken(cast: Cast) -> None:
    scene.make_scene(cast)
    version = scene.open_rota(cast)
    scene.make_chosen(version)
    book = exported(cast, version, Role.STAFF)
    assert not any("SHORT" in text for page in book.sheetnames[:-1] for text in texts(book, page))


def test_a_draft_is_no_strangers_and_no_peers_workbook(cast: Cast) -> None:
    scene.make_scene(cast)
    address = f"/rota/versions/{scene.open_rota(cast).id}/rota.xlsx"
    assert client_for(cast, Role.STAFF).get(address).status_code == 404
    stranger = sign_in(client_for(cast, MANAGER).application.test_client(), cast.stranger_account)
    assert stranger.get(address).status_code == 404


def test_leave_is_told_to_its_planners_by_its_code(cast: Cast) -> None:
    scene.make_scene(cast)
    learner = scene.make_worker(cast, "Learner", JobRole.GP_REGISTRAR)
    leave = Away(AbsenceKind.ANNUAL, MONDAY, MONDAY + timedelta(1))
    approve_leave(cast[MANAGER], request_leave(cast[MANAGER], learner.id, leave))
    assert beside(exported(cast, scene.open_rota(cast)), learner.name) == ["A/L"] * 6
