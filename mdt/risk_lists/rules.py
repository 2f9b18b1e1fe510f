"""Reading the list of a risk search: its columns, its rows, and what is wrong with any of them. Pure."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from mdt.findings.rules import Column, Value, Who, efi_band, read_value
from mdt.patients.rules import LONGEST_LIFE, Sex, age_on, tidy_nhs_number, wrong_with_nhs_number
from network.plumbing.typed import STARTS_A_FORMULA, Unreadable, as_day, as_text, as_yes_or_no, plain_text
from network.vocabulary import Word

MOST_ROWS = 2000
MOST_COLUMNS = 200
LONGEST_NAME = 80
LONGEST_LIST_NAME = 120
OF_A_PERSON = ("nhs_number", "family_name", "given_name", "dob", "sex", "postcode", "care_home")
OF_A_LIST = ("practice_ods", "list_name", "list_date")
# What other systems call the same.
OTHER_NAMES = {
    "nhs_no": "nhs_number",
    "surname": "family_name",
    "last_name": "family_name",
    "forename": "given_name",
    "first_name": "given_name",
    "date_of_birth": "dob",
    "gender": "sex",
    "practice_code": "practice_ods",
    "efi": "efi_score",
    "efi2": "efi2_category",
    "frailty_scale": "cfs",
    "medicines": "repeat_medicines",
    "imd": "imd_decile",
}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SEXES = {
    "f": Sex.FEMALE,
    "female": Sex.FEMALE,
    "2": Sex.FEMALE,
    "m": Sex.MALE,
    "male": Sex.MALE,
    "1": Sex.MALE,
    "i": Sex.INDETERMINATE,
    "indeterminate": Sex.INDETERMINATE,
    "9": Sex.INDETERMINATE,
}


class Unfit(ValueError):
    """A file that is no list; the text says what to do."""


class ListState(Word):
    READY = "ready", "Waits to be confirmed"
    DONE = "done", "Taken in"


class Outcome(Word):
    """What would become of a row."""

    NEW = "new", "New"
    CHANGED = "changed", "Says something new"
    SAME = "same", "Nothing new"
    REFUSED = "refused", "Refused"


@dataclass(frozen=True)
class RawList:
    """A list as it came: which columns were found, which were not asked for, and its cells by column."""

    rows: tuple[tuple[int, Mapping[str, str]], ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True)
class ReadRow:
    """A row as it was read; one that is refused says why."""

    number: int
    who: Who = field(default_factory=Who)
    practice_ods: str = ""
    list_name: str = ""
    listed_on: date | None = None
    values: Mapping[str, Value] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    refused: str = ""


def text_of(content: bytes) -> str:
    """Read the bytes of a file as text: as spreadsheets write it today, or as Excel did in England."""
    if content[:2] in (b"PK", b"\xd0\xcf"):
        raise Unfit("This is a workbook, not a list. Save it as CSV first, then choose that file.")
    if b"\0" in content:
        raise Unfit(
            "This file is no text. Save the list as CSV (comma separated, UTF-8) and choose that file."
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def cells_of(text: str, columns: Iterable[str]) -> RawList:
    """Give the rows of a list by the columns we know; raise Unfit where it is none."""
    known = {*columns, *OF_A_PERSON, *OF_A_LIST}
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=False))
    except csv.Error as wrong:
        raise Unfit(f"This file cannot be read as a list ({wrong}). Save it as CSV again.") from None
    filled = [(number, line) for number, line in enumerate(lines, 1) if any(cell.strip() for cell in line)]
    if len(filled) < 2:
        raise Unfit("This list is empty: it needs a row of headings, and a row for each person.")
    if len(filled) - 1 > MOST_ROWS:
        raise Unfit(f"This list has {len(filled) - 1:,} rows. Split it: at most {MOST_ROWS:,} at a time.")
    headings = [_heading(cell) for cell in filled[0][1][:MOST_COLUMNS]]
    _refuse_headings(headings, known)
    rows = tuple(
        (number, {name: cell for name, cell in zip(headings, line, strict=False) if name in known})
        for number, line in filled[1:]
    )
    return RawList(rows, tuple(sorted({name for name in headings if name and name not in known})))


def _heading(cell: str) -> str:
    name = "_".join("".join(sign if sign.isalnum() else " " for sign in cell.casefold()).split())
    return OTHER_NAMES.get(name, name)


def _refuse_headings(headings: list[str], known: set[str]) -> None:
    twice = sorted({name for name in headings if name in known and headings.count(name) > 1})
    if twice:
        raise Unfit(f"Two columns are called {twice[0]}. Take one of them out.")
    there = set(headings)
    if "nhs_number" not in there and not {"family_name", "given_name", "dob"} <= there:
        raise Unfit(
            "Name the columns in the first row, with nhs_number, or with family_name, given_name and dob."
        )


def read_row(
    number: int, cells: Mapping[str, str], columns: Mapping[str, Column], today: date, only_invented: bool
) -> ReadRow:
    """Read one row: who somebody is must be right, of all else what cannot be read is left out and said."""
    texts = {name: as_text(plain_text(cell.strip())) for name, cell in cells.items()}
    harmful = {name for name, cell in cells.items() if _is_formula(cell)}
    if wrong := _wrong_with_person(texts, harmful, today, only_invented):
        return ReadRow(number, refused=wrong)
    values, warnings = _values(texts, harmful, columns, today)
    home, in_home = _care_home(texts.get("care_home", ""))
    if in_home is not None:
        values["in_care_home"] = in_home
    listed_on, wrong = _list_date(texts.get("list_date", ""), today)
    born_on = _day(texts.get("dob", ""))
    row = ReadRow(
        number,
        Who(
            nhs_number=tidy_nhs_number(texts.get("nhs_number", "")),
            family_name=texts.get("family_name", "")[:LONGEST_NAME],
            given_name=texts.get("given_name", "")[:LONGEST_NAME],
            born_on=born_on,
            sex=SEXES.get(texts.get("sex", "").casefold(), Sex.UNKNOWN),
            postcode="" if "postcode" in harmful else texts.get("postcode", "").upper()[:10],
            care_home="" if "care_home" in harmful else home[:LONGEST_NAME],
        ),
        practice_ods=texts.get("practice_ods", "").upper(),
        list_name="" if "list_name" in harmful else texts.get("list_name", "")[:LONGEST_LIST_NAME],
        listed_on=listed_on,
        values=values,
        warnings=(*warnings, *_mismatches(values)),
    )
    return replace(row, refused=wrong) if wrong else row


def _is_formula(cell: str) -> bool:
    """Say whether a spreadsheet would run a cell; a plain number below nought it would not."""
    text = cell.strip(" ")
    if not text.startswith(STARTS_A_FORMULA):
        return False
    return not text[1:].replace(".", "", 1).isdecimal()


def _wrong_with_person(texts: Mapping[str, str], harmful: set[str], today: date, only_invented: bool) -> str:
    for name in ("nhs_number", "family_name", "given_name", "dob"):
        if name in harmful:
            return f"The {name} is a formula. Copy the column and paste it as values."
    given = texts.get("nhs_number", "")
    if given and (wrong := wrong_with_nhs_number(tidy_nhs_number(given), only_invented)):
        return wrong
    if texts.get("dob") and (wrong := _wrong_with_birth(texts["dob"], today)):
        return wrong
    if not given and not all(texts.get(name) for name in ("family_name", "given_name", "dob")):
        return "Give an NHS number, or family name, given name and date of birth."
    return ""


def _wrong_with_birth(text: str, today: date) -> str:
    born_on = _day(text)
    if born_on is None:
        return f"The date of birth “{text[:20]}” is no date. Write the day first: 04/03/1941 or 04-Mar-1941."
    if born_on > today:
        return "The date of birth is in the future."
    return "" if age_on(born_on, today) <= LONGEST_LIFE else "Check the date of birth: nobody is that old."


def _day(text: str) -> date | None:
    # Spreadsheets and searches write ISO dates too, and people of a list were born long before 1950.
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        pass
    try:
        return as_day(text)
    except ValueError:
        return _long_ago(text)


def _long_ago(text: str) -> date | None:
    """Read a day before those that spreadsheets of today hold: 04/03/1941, 4.3.1941, 04-Mar-1941."""
    found = re.fullmatch(r"([0-9]{1,2})[-/. ]+([0-9]{1,2}|[A-Za-z]{3,9})[-/. ]+([0-9]{4})", text.strip())
    if found is None:
        return None
    day, month, year = found.groups()
    named = month[:3].casefold()
    try:
        return date(int(year), MONTHS.index(named) + 1 if named in MONTHS else int(month), int(day))
    except ValueError:
        return None


def _list_date(text: str, today: date) -> tuple[date | None, str]:
    if not text:
        return None, ""
    day = _day(text)
    if day is None:
        return None, f"The list_date “{text[:20]}” is no date. Write the day first: 04/03/2026."
    return (day, "") if day <= today else (None, "The list_date is in the future.")


def _values(
    texts: Mapping[str, str], harmful: set[str], columns: Mapping[str, Column], today: date
) -> tuple[dict[str, Value], list[str]]:
    values: dict[str, Value] = {}
    warnings = []
    for name, column in columns.items():
        text = texts.get(name, "")
        if not text:
            continue
        if name in harmful:
            warnings.append(f"{column.label}: left out, it is a formula.")
            continue
        try:
            values[name] = read_value(column, text, today)
        except Unreadable as wrong:
            warnings.append(f"{wrong} Left out.")
    return values, warnings


def _care_home(text: str) -> tuple[str, bool | None]:
    if not text:
        return "", None
    try:
        return "", as_yes_or_no(text)
    except ValueError:
        return text, True


def _mismatches(values: Mapping[str, Value]) -> Iterator[str]:
    score, given = values.get("efi_score"), values.get("efi_category")
    if isinstance(score, int | float) and isinstance(given, str):
        band = efi_band(score)
        if given.casefold().removesuffix(" frailty") != band:
            yield f"The eFI category says {given[:20]}, its score {score:.2f} is {band}: the score counts."


def twice_in(rows: Iterable[ReadRow]) -> dict[int, int]:
    """Return which rows name somebody whom an earlier row names, and that row."""
    first: dict[tuple[str, str], int] = {}
    found = {}
    for row in rows:
        if row.refused:
            continue
        key = key_of(row.who)
        if key in first:
            found[row.number] = first[key]
        else:
            first[key] = row.number
    return found


def key_of(who: Who) -> tuple[str, str]:
    """Return what tells people of a list apart: their NHS number, else their names and date of birth."""
    if who.nhs_number:
        return who.nhs_number, ""
    return f"{who.family_name} {who.given_name}".casefold(), str(who.born_on)
