import io
import zipfile
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from network.access.rules import Role
from network.plumbing.database import db, in_network, now, today
from network.plumbing.unpacking import read_sheets
from rota.staff.records import RotaMember
from rota.tables.rules import SheetName
from rota.uploads.records import WorkbookUpload
from tests.cast import Cast, client_for, sign_in
from tests.rota.workbook.sheets import AMY, BEN, STAFF, changed, make_workbook

MANAGER = Role.WORKFORCE_MANAGER
ZIP_BOMB_ROWS = 31 * 1024 * 1024


def upload(client: FlaskClient, content: bytes, name: str = "staff.xlsx") -> TestResponse:
    return client.post("/import", data={"workbook": (io.BytesIO(content), name)})


def count(cast: Cast, of: type) -> int:
    with in_network(cast.network.id):
        return db.session.scalar(select(func.count()).select_from(of)) or 0


def zipped(**parts: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return packed.getvalue()


def test_a_workbook_is_uploaded_looked_at_and_confirmed(cast: Cast) -> None:
    client = client_for(cast, MANAGER)
    assert client.get("/import").status_code == 200
    answer = upload(client, make_workbook(Staff=[STAFF, AMY, BEN]))
    assert answer.status_code == 303
    assert "Nothing is written until you confirm." in client.get(answer.location).text
    assert count(cast, RotaMember) == 0
    assert client.post(f"{answer.location}/confirm").status_code == 303
    assert count(cast, RotaMember) == 2
    assert client.post(f"{answer.location}/confirm").status_code == 409


def test_problems_are_shown_by_sheet_and_cell_and_cannot_be_confirmed(cast: Cast) -> None:
    client = client_for(cast, MANAGER)
    bad = [STAFF, changed(AMY, STAFF, Role="Wizard", Start_date="soon"), changed(BEN, STAFF, Employer="Moon")]
    address = upload(client, make_workbook(Staff=bad, Cars=[["x"]])).location
    page = client.get(address).text
    for said in ("3 problems", "E2", "I2", "D3", "Wizard", "The sheet &#39;Cars&#39;"):
        assert said in page
    assert "Confirm and import" not in page
    answer = client.post(f"{address}/confirm")
    assert (answer.status_code, count(cast, RotaMember)) == (422, 0)
    assert client.post(f"{address}/discard").status_code == 303
    assert client.get(address).status_code == 404


def test_what_changed_since_the_preview_stops_the_import(cast: Cast) -> None:
    client = client_for(cast, MANAGER)
    other = sign_in(client.application.test_client(), cast.accounts[MANAGER])
    leave = [["Name", "From", "To"], ["Amy Example", today() + timedelta(9), today() + timedelta(9)]]
    client.post(upload(client, make_workbook(Staff=[STAFF, AMY])).location + "/confirm")
    address = upload(client, make_workbook(Leave=leave)).location
    with in_network(cast.network.id):
        member_id = db.session.scalars(select(RotaMember.id)).one()
    days = {"starts_on": str(today() + timedelta(8)), "ends_on": str(today() + timedelta(10))}
    form = {"member_id": str(member_id), "kind": "study", "begins": "morning", "ends": "evening", **days}
    assert other.post("/leave/new", data=form).status_code == 303
    answer = client.post(f"{address}/confirm")
    assert answer.status_code == 422
    assert "already has study leave" in answer.text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"MZ\x90\x00" + b"\x00" * 400, "This is a program, not an Excel workbook."),
        (b"First name,Surname\nAmy,Example\n", "This is a text file (.csv), not an Excel workbook."),
        (b"%PDF-1.7", "This is a PDF."),
        (b"\x00junk", "This is not an Excel workbook."),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 600, "the old .xls form"),
        (
            bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
            "protected by a password",
        ),
        (zipped(readme_dot_txt=b"hello"), "This is not an Excel workbook."),
        (
            zipped(**{"[Content_Types]_dot_xml": b"<x/>", "xl__workbook_dot_xml": b"\x00" * ZIP_BOMB_ROWS}),
            "unpacks to more than we can read",
        ),
        (
            zipped(**{"[Content_Types]_dot_xml": b"<x", "xl__workbook_dot_xml": b"<y"}),
            "The workbook is damaged.",
        ),
        (make_workbook(Sheet1=[["hello"]]), "There is nothing to import"),
        (make_workbook(Staff=[STAFF]), "There is nothing to import"),
        (make_workbook(Staff=[STAFF, *[AMY] * 10_001]), "more than 10,000 rows"),
        (make_workbook(Staff=[STAFF, *[AMY] * 10_600]), "more than 10,000 rows"),
    ],
)
def test_what_is_no_usable_workbook_is_told_in_a_sentence(cast: Cast, content: bytes, sentence: str) -> None:
    answer = upload(client_for(cast, MANAGER), content)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert count(cast, WorkbookUpload) == 0


def test_no_file_at_all_is_asked_for(cast: Cast) -> None:
    answer = client_for(cast, MANAGER).post("/import", data={})
    assert (answer.status_code, "Choose the workbook that you filled in." in answer.text) == (422, True)


def test_a_program_with_the_name_of_a_workbook_is_judged_by_its_content(cast: Cast) -> None:
    assert upload(client_for(cast, MANAGER), b"MZ" + b"\x00" * 99, "staff.xlsx").status_code == 422
    assert (
        upload(client_for(cast, MANAGER), make_workbook(Staff=[STAFF, AMY]), "staff.exe").status_code == 303
    )


def test_the_template_says_how_to_fill_it_in(cast: Cast) -> None:
    answer = client_for(cast, MANAGER).get("/import/template.xlsx")
    sheets = read_sheets(answer.data, 10_000)
    assert list(sheets) == ["Read me", "Example", *SheetName]
    assert {"Mon AM", "Sat PM"} <= set(sheets["Patterns"][0].cells)
    assert len(sheets["Staff"]) == 1


def test_what_quorate_holds_comes_back_unchanged(cast: Cast) -> None:
    client = client_for(cast, MANAGER)
    client.post(upload(client, make_workbook(Staff=[STAFF, AMY, BEN])).location + "/confirm")
    content = client.get("/import/content.xlsx").data
    page = client.get(upload(client, content).location).text
    assert "there is nothing to write" in page
    assert "Confirm and import" not in page


def test_an_upload_is_its_own_uploaders_and_is_forgotten_after_a_day(cast: Cast) -> None:
    client = client_for(cast, MANAGER)
    address = upload(client, make_workbook(Staff=[STAFF, AMY])).location
    stranger = sign_in(client.application.test_client(), cast.stranger_account)
    assert stranger.get(address).status_code == 404
    assert stranger.post(f"{address}/confirm").status_code == 404
    assert client_for(cast, Role.PRACTICE_MANAGER).get(address).status_code == 403
    with in_network(cast.network.id):
        db.session.scalars(select(WorkbookUpload)).one().at = now() - timedelta(days=2)
        db.session.commit()
    assert client.get(address).status_code == 404


def test_a_second_upload_takes_the_place_of_the_first(cast: Cast) -> None:
    client = client_for(cast, MANAGER)
    first = upload(client, make_workbook(Staff=[STAFF, AMY])).location
    upload(client, make_workbook(Staff=[STAFF, BEN]))
    assert (client.get(first).status_code, count(cast, WorkbookUpload)) == (404, 1)
