from datetime import date, datetime
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from network.plumbing.spreadsheets import Sheet, write_workbook
from network.plumbing.typed import as_day, as_number, as_yes_or_no, column_letter
from network.plumbing.unpacking import read_sheets

MONDAY = date(2026, 12, 7)


@pytest.mark.parametrize(
    "typed",
    [
        "7/12/2026",
        "07.12.26",
        "7-12-2026",
        "2026-12-07",
        "7 Dec 2026",
        "Mon 7th Dec 2026",
        "Monday, 7 December 2026",
        "7-Dec-26",
        "2026-12-07 00:00:00",
        datetime(2026, 12, 7, 9, 30),
        MONDAY,
    ],
)
def test_dates_are_read_as_people_type_them(typed: object) -> None:
    assert as_day(typed) == MONDAY


@pytest.mark.parametrize(
    "typed", ["31/02/2026", "12/25/2026", "7/12", "soon", "", None, "1/1/1066", 46000, True]
)
def test_what_is_no_date_is_refused(typed: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        as_day(typed)


@pytest.mark.parametrize(("typed", "number"), [("6½", 6.5), (" 8 ", 8), (7.0, 7), ("½", 0.5)])
def test_numbers_may_have_halves(typed: object, number: float) -> None:
    assert as_number(typed) == number


@pytest.mark.parametrize("typed", [True, None, MONDAY, "nan", "inf", 10**12, "six"])
def test_what_is_no_number_is_refused(typed: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        as_number(typed)


def test_yes_has_many_forms() -> None:
    assert [as_yes_or_no(typed) for typed in ("Yes", "x", "✓", 1, "no", "N", 0)] == [True] * 4 + [False] * 3


def test_columns_are_lettered_as_in_spreadsheets() -> None:
    assert [column_letter(index) for index in (0, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]


@given(
    st.lists(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=50), min_size=1, max_size=5)
)
def test_text_comes_back_as_it_went_out_and_is_never_a_formula(texts: list[str]) -> None:
    packed = write_workbook({"Sheet": Sheet(["Heading"], [[text] for text in texts])})
    read = [row.cells[0] for row in read_sheets(packed, 100)["Sheet"][1:]]
    assert read == [kept for text in texts if (kept := " ".join(text.split()))]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_what_a_spreadsheet_would_run_goes_out_as_text(text: str) -> None:
    packed = write_workbook({"Sheet": Sheet(["Heading"], [[text]])})
    cell = load_workbook(BytesIO(packed))["Sheet"]["A2"]
    assert (cell.data_type, cell.value) == ("s", f"'{text}")
