import io
import time
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from network.plumbing.refusals import Invalid
from network.plumbing.spreadsheets import LISTS, Paper, Question, Sheet, write_workbook
from network.plumbing.typed import Formula
from network.plumbing.unpacking import read_sheets, read_workbook


def saved(book: Workbook) -> bytes:
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """Add a part to a workbook, or put one in place of what it has."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w") as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, part)
    return packed.getvalue()


def test_what_merged_cells_show_counts_for_each_of_them() -> None:
    book = Workbook()
    page = book.active
    for row in (["Employer", "Name", None], ["Elm", "Amy", 1], [None, "Ben", 2], [None, "Cy", 3]):
        page.append(row)
    page.merge_cells("A2:A4")
    page.merge_cells("B1:C1")
    rows = read_sheets(saved(book), 100)["Sheet"]
    assert [row.cells[0] for row in rows] == ["Employer", "Elm", "Elm", "Elm"]
    assert rows[0].cells == ("Employer", "Name", "Name")


def test_more_merged_cells_than_anybody_merges_are_refused() -> None:
    book = Workbook()
    book.active.append(["Amy", "Ben", "Cy"])
    for column in ("A", "B", "C"):
        book.active.merge_cells(f"{column}1:{column}90000")
    with pytest.raises(Invalid, match="merges more cells"):
        read_sheets(saved(book), 100)


def test_tags_that_are_never_closed_are_read_once() -> None:
    book = Workbook()
    book.active.append(["Amy"])
    content = saved(book)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml")
    endless = sheet.replace(b"</worksheet>", b"<!-- " + b"<mergeCell " * 200_000 + b" --></worksheet>")
    started = time.process_time()
    rows = read_sheets(with_part(content, "xl/worksheets/sheet1.xml", endless), 100)
    assert [row.cells for row in rows["Sheet"]] == [("Amy",)]
    assert time.process_time() - started < 5


def test_hidden_sheets_and_macros_are_not_read_and_that_is_said() -> None:
    book = Workbook()
    book.active.append(["seen"])
    hidden = book.create_sheet("Old staff")
    hidden.append(["secret"])
    hidden.sheet_state = "hidden"
    arrived = read_workbook(with_part(saved(book), "xl/vbaProject.bin", b"\x00macro"), 100)
    assert list(arrived.sheets) == ["Sheet"]
    assert arrived.not_read == (
        "Its macros, which are never run",
        "The sheet 'Old staff', which is hidden: show it to have it read",
    )


def test_a_file_that_unfolds_itself_is_not_unfolded() -> None:
    book = Workbook()
    book.active.append(["x"])
    bomb = b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">]><sst>&lol;</sst>'
    with pytest.raises(Invalid, match="what no spreadsheet program writes"):
        read_workbook(with_part(saved(book), "xl/sharedStrings.xml", bomb), 100)


def test_a_formula_is_known_as_one_and_rows_end_where_their_values_end() -> None:
    book = Workbook()
    book.active.append(["a", "=1+1", None, None])
    [row] = read_sheets(saved(book), 100)["Sheet"]
    assert row.cells == ("a", Formula())


def test_an_empty_sheet_has_no_rows() -> None:
    assert read_sheets(saved(Workbook()), 100) == {"Sheet": []}


def test_rows_that_nobody_counts_do_not_use_up_the_limit() -> None:
    book = Workbook()
    for number in range(5):
        book.active.append([number])
    with pytest.raises(Invalid, match="more than 4 rows"):
        read_workbook(saved(book), 4)
    assert len(read_workbook(saved(book), 4, besides=1).sheets["Sheet"]) == 5


def test_columns_offer_words_and_hints_and_the_words_are_no_sheet_to_read() -> None:
    many = tuple(f"A rather long role, number {number}" for number in range(40))
    asked = {0: Question(many, "Choose a role"), 1: Question((), "x or nothing")}
    packed = write_workbook({"Staff": Sheet(["Role", "Mon AM"], [], questions=asked)})
    book = load_workbook(io.BytesIO(packed))
    offers = book["Staff"].data_validations.dataValidation
    assert [(offer.type, offer.prompt) for offer in offers] == [
        ("list", "Choose a role"),
        (None, "x or nothing"),
    ]
    assert offers[0].formula1 == "'Lists'!$A$1:$A$40"
    assert book[LISTS].sheet_state == "hidden"
    assert read_workbook(packed, 100).not_read == ()


def test_paper_says_on_every_page_what_it_is() -> None:
    paper = Paper("Elm & Oak", "Version 2", breaks=[5])
    page = load_workbook(io.BytesIO(write_workbook({"Rota": Sheet(["a"], [], paper=paper)})))["Rota"]
    assert (page.oddHeader.center.text, page.oddFooter.left.text) == ("Elm && Oak", "Version 2")
    assert page.page_setup.orientation == "landscape"
    assert [each.id for each in page.row_breaks.brk] == [4]
