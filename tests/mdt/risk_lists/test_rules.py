from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdt.findings.queries import columns
from mdt.risk_lists.rules import MOST_ROWS, ReadRow, Unfit, cells_of, read_row, text_of, twice_in
from mdt.risk_lists.wording import example

TODAY = date(2026, 11, 22)
COLUMNS = columns()
WHO = "nhs_number,family_name,given_name,dob"


def read(*lines: str, only_invented: bool = True) -> list[ReadRow]:
    raw = cells_of("\n".join(lines), COLUMNS)
    return [read_row(number, cells, COLUMNS, TODAY, only_invented) for number, cells in raw.rows]


def test_a_row_is_read_with_what_it_says() -> None:
    row = read(
        f"{WHO},efi_score,care_home,housebound,list_date",
        "999 000 0018,Specimen,Edith,04/03/1941,.31,Rose Home,yes,01/11/2026",
    )[0]
    assert row.refused == ""
    assert row.who.nhs_number == "9990000018"
    assert row.who.born_on == date(1941, 3, 4)
    assert row.values == {"efi_score": 0.31, "housebound": True, "in_care_home": True}
    assert row.who.care_home == "Rose Home"
    assert row.listed_on == date(2026, 11, 1)


@pytest.mark.parametrize(
    "text", ["1941-03-04", "4.3.1941", "04-Mar-1941", "4 March 1941", "04/mar/1941", "1941-03-04 00:00:00"]
)
def test_a_birth_is_read_as_practice_systems_write_it(text: str) -> None:
    assert read(WHO, f",A,B,{text}")[0].who.born_on == date(1941, 3, 4)


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (",A,B,04-Mrz-1941", "is no date"),
        (f",A,B,{'9' * 30}/03/1941", "is no date"),
        ("9990000019,A,B,", "last digit does not fit"),
        ("999000001,A,B,", "10 digits"),
        ("4010232137,A,B,", "begins with 999"),
        (",A,B,", "Give an NHS number, or"),
        (",A,B,31/02/1941", "is no date"),
        (",A,B,01/01/2027", "in the future"),
        (",A,B,01/01/1880", "nobody is that old"),
        (",=cmd(),B,01/01/1940", "is a formula"),
    ],
)
def test_who_somebody_is_must_be_right_or_the_row_is_refused(cells: str, sentence: str) -> None:
    assert sentence in read(WHO, cells)[0].refused


def test_outside_a_demonstration_an_issued_number_is_taken() -> None:
    assert read(WHO, "4010232137,A,B,", only_invented=False)[0].refused == ""


def test_what_cannot_be_read_is_left_out_and_said_and_the_rest_is_kept() -> None:
    row = read(f"{WHO},cfs,falls_12m,last_smr", "999 000 0018,,,,12,=1+1,14/02/2025")[0]
    assert row.values == {"last_smr": date(2025, 2, 14)}
    assert "not between 1 and 9. Left out." in row.warnings[0]
    assert "it is a formula" in row.warnings[1]


def test_a_category_that_does_not_fit_its_score_is_said() -> None:
    row = read(f"{WHO},efi_score,efi_category", "999 000 0018,,,,0.31,Mild frailty")[0]
    assert row.warnings == (
        "The eFI category says Mild frailty, its score 0.31 is moderate: the score counts.",
    )


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_columns_may_be_parted_by_what_spreadsheets_part_them_by(separator: str) -> None:
    lines = (
        separator.join(["NHS No", "Surname", "First name", "Date of birth"]),
        separator.join(["9990000018", "Specimen", "Edith", "1941-03-04"]),
    )
    assert read(*lines)[0].who.name == "Edith Specimen"


def test_the_same_person_twice_is_found_by_number_or_by_name_and_birth() -> None:
    rows = read(
        WHO,
        "9990000018,,,",
        "9990000018,Specimen,Edith,",
        ",Example,Sam,01/01/1940",
        ",EXAMPLE,sam,1/1/1940",
        ",Example,Sam,02/01/1940",
    )
    assert twice_in(rows) == {3: 2, 5: 4}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "empty"),
        (WHO, "empty"),
        ("family_name,given_name\nA,B", "Name the columns"),
        (f"{WHO},nhs_number\n1,2,3,4,5", "Two columns are called nhs_number"),
        ("\n".join(["nhs_number", *["9990000018"] * (MOST_ROWS + 1)]), "Split it"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_what_to_do(text: str, sentence: str) -> None:
    with pytest.raises(Unfit, match=sentence):
        cells_of(text, COLUMNS)


def test_a_workbook_and_a_binary_file_are_named_as_such() -> None:
    with pytest.raises(Unfit, match="workbook"):
        text_of(b"PK\x03\x04")
    with pytest.raises(Unfit, match="no text"):
        text_of(b"nhs\0number")
    assert text_of("\ufeffé".encode()) == "é"
    assert text_of("é".encode("cp1252")) == "é"


def test_the_example_is_a_list_of_which_nothing_is_left_out() -> None:
    headings, row = example(COLUMNS)
    raw = cells_of("\n".join(";".join(each) for each in (headings, row)), COLUMNS)
    assert raw.left_out == ()
    taken = read_row(2, raw.rows[0][1], COLUMNS, TODAY, only_invented=True)
    assert (taken.refused, taken.warnings) == ("", ())
    assert set(taken.values) == set(COLUMNS)


def test_columns_nobody_asked_for_are_named() -> None:
    assert cells_of("nhs_number,Shoe size\n9990000018,43", COLUMNS).left_out == ("shoe_size",)


@given(st.lists(st.text(max_size=12), min_size=1, max_size=8))
def test_whatever_stands_in_cells_is_read_or_refused_in_words(cells: list[str]) -> None:
    headings = [
        "nhs_number",
        "family_name",
        "dob",
        "efi_score",
        "last_smr",
        "care_home",
        "housebound",
        "list_date",
    ]
    row = read_row(2, dict(zip(headings, cells, strict=False)), COLUMNS, TODAY, only_invented=True)
    assert row.refused or row.who.nhs_number
