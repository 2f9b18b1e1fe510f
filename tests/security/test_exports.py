"""What leaves as a table is text: no cell of it is a formula, whatever people and places are called."""

import csv
import io
import re
from pathlib import Path

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import update

from network.access.rules import Role
from network.organisations.records import Organisation, Site
from network.people.records import Person
from network.plumbing.database import db
from network.plumbing.spreadsheets import LISTS
from network.plumbing.typed import STARTS_A_FORMULA
from rota.hosts.commands import add_host, add_offer
from tests.cast import Cast, client_for
from tests.mdt.casefinding.lists import found
from tests.mdt.effort_given import make_held
from tests.mdt.evidence_given import make_people
from tests.mdt.local_services import make_service
from tests.rota import scene
from tests.rota.host_scene import LEAD, WELCOME, placed, terms

ROOT = Path(__file__).parents[2]
# Where routes make tables of their own, and what the test below asks for of each.
MAKES_TABLES = {
    "network/audit/routes.py": "audit.download",
    "rota/ledger/routes.py": "ledger.download",
    "rota/payroll/routes.py": "payroll.download",
    "mdt/casefinding/routes.py": "casefinding.take_out",
    "mdt/effort/routes.py": "effort.download",
    "mdt/evidence/routes.py": "evidence.download",
    "mdt/service_lists/routes.py": "service_lists.download",
    "rota/reciprocity/routes.py": "reciprocity.download",
    "rota/sheets/routes.py": "sheets.download",
    "rota/training_books/routes.py": "training_books.content",
    "rota/uploads/routes.py": "uploads.content",
}
OWN_CARE = {"reason": "Visits", "is_direct_care": "y"}
# An example that is the same for everybody.
SAYS_NOTHING_OF_ANYBODY = {"mdt/risk_lists/routes.py"}


def cells_of(content: bytes, mimetype: str) -> list[tuple[str, str]]:
    """Give the texts of a table, each with the type that the file gives it."""
    if mimetype == "text/csv":
        rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        return [(cell, "s") for row in rows for cell in row]
    book = load_workbook(io.BytesIO(content))
    sheets = [sheet for sheet in book.worksheets if sheet.title != LISTS]
    return [
        (str(cell.value), cell.data_type)
        for sheet in sheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None and cell.data_type in {"s", "f"}
    ]


def is_run(text: str, kind: str) -> bool:
    """Say whether a spreadsheet would run a cell; it looks past spaces before it decides."""
    # A number below nought is no more than a number.
    is_number = re.fullmatch(r"-\d+(\.\d+)?", text) is not None
    return kind == "f" or (text.lstrip(" ").startswith(STARTS_A_FORMULA) and not is_number)


def test_every_place_that_makes_a_table_is_tried() -> None:
    found = {
        str(file.relative_to(ROOT))
        for package in ("network", "rota", "mdt")
        for file in (ROOT / package).glob("*/routes.py")
        if "text/csv" in (words := file.read_text()) or "XLSX" in words
    }
    assert found == set(MAKES_TABLES) | SAYS_NOTHING_OF_ANYBODY


@pytest.mark.parametrize("sign", ["=", "\t@"])
def test_no_cell_of_any_export_is_a_formula(app: Flask, cast: Cast, sign: str) -> None:
    people = scene.make_scene(cast)
    oak = add_host(cast[LEAD], cast.oak_site.id, WELCOME)
    lent = placed(cast, add_offer(cast[LEAD], oak, terms(cast)), published=True)
    version = scene.open_rota(cast)
    scene.put(version, people[0], cast.elm_site, cast[Role.WORKFORCE_MANAGER])
    scene.make_chosen(version)
    make_service(name=f"{sign}cmd|' /C calc'!A0")
    make_held(cast)
    make_people(cast, elm=1)
    found(cast).list_name = f"{sign}cmd|' /C calc'!A0"
    names = ((Person, "given_name"), (Organisation, "name"), (Organisation, "short_name"), (Site, "name"))
    for table, column in names:
        db.session.execute(update(table).values({column: f"{sign}cmd|' /C calc'!A0"}))
    # Employers of one name would lend each other nothing.
    own = update(Organisation).where(Organisation.id == cast.elm.id)
    db.session.execute(own.values(short_name=f"{sign}cmd|' /C elm'!A0"))
    db.session.commit()
    planner, auditor = client_for(cast, Role.WORKFORCE_MANAGER), client_for(cast, Role.GOVERNANCE_LEAD)
    answers = [
        planner.get("/import/content.xlsx"),
        planner.get(f"/rota/versions/{version.id}/rota.xlsx"),
        planner.post(f"/funding/payroll/{version.period_id}"),
        planner.post("/funding/workbook", data={"time": str(version.id)}),
        client_for(cast, LEAD).get(f"/hosts/exchange/exchange.csv?version={lent.version_id}"),
        auditor.post("/audit/export"),
        client_for(cast, LEAD).get("/training/import/content.xlsx"),
        client_for(cast, Role.CARE_COORDINATOR).get("/services/lists/now.csv"),
        client_for(cast, Role.CARE_COORDINATOR).post("/evidence/file"),
        client_for(cast, Role.FINANCE_VIEWER).post("/effort/file"),
        client_for(cast, Role.CLINICIAN).post(
            "/case-finding/take-out", data={"reason": "Visits", "is_direct_care": "y"}
        ),
    ]
    assert len(answers) == len(MAKES_TABLES)
    dangerous = set()
    for answer in answers:
        assert answer.headers["Content-Disposition"].startswith("attachment")
        cells = cells_of(answer.data, answer.mimetype)
        assert any("cmd|" in text for text, _ in cells), answer.request.path
        dangerous |= {cell for cell in cells if is_run(*cell)}
    assert not dangerous
