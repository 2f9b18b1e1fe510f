"""Workbooks that arrive: judged by their content, not their name; nothing in them is ever run."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from network.plumbing.refusals import Invalid
from network.plumbing.spreadsheets import LISTS
from network.plumbing.typed import Formula, Row, plain_text

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 30 * 1024 * 1024
MOST_PARTS = 500
MOST_COLUMNS = 400
MOST_MERGED = 2000
# Cells inside merged blocks: nobody merges more by hand, and spreading them takes time.
MOST_SPREAD = 200_000
LOWEST_ROW = 100_000

OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
# A workbook with a password is an old-style container around this stream.
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MACROS = "xl/vbaProject.bin"
# Bounded, so that a part which never closes a tag is not read again from each of its tags.
A_MERGE = re.compile(rb'<(?:\w{1,20}:)?mergeCell\s[^<>]{0,200}?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')

NO_WORKBOOK = "This is not an Excel workbook. Save your table as .xlsx, then choose it again."


@dataclass(frozen=True)
class Arrived:
    """What a workbook holds: the rows of each sheet that can be seen, and what was not read."""

    sheets: Mapping[str, list[Row]]
    not_read: tuple[str, ...] = ()


def refuse_what_is_no_workbook(content: bytes) -> frozenset[str]:
    """Refuse, with a sentence, what cannot be an .xlsx workbook; name the parts of what can."""
    if not content:
        raise Invalid("The file is empty. Choose the workbook that you filled in.")
    if len(content) > MOST_BYTES:
        raise Invalid(f"The file is larger than {MOST_BYTES // 1024**2} MB. Leave out what is not asked for.")
    if content.startswith(OLD_OFFICE):
        if ENCRYPTED in content:
            raise Invalid(
                "The workbook is protected by a password. Save it without one, then choose it again."
            )
        raise Invalid("This is a workbook in the old .xls form. Save it as .xlsx, then choose it again.")
    parts = _parts_of(content)
    names = frozenset(part.filename for part in parts)
    if "content.xml" in names:
        raise Invalid("This is an OpenDocument file. Save it as .xlsx, then choose it again.")
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
        raise Invalid(NO_WORKBOOK)
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Invalid("The workbook unpacks to more than we can read. Copy the rows into a fresh template.")
    return names


def read_sheets(content: bytes, most_rows: int) -> Mapping[str, list[Row]]:
    """Return the rows of each visible sheet that hold something; more than `most_rows` in all are refused."""
    return read_workbook(content, most_rows).sheets


def read_workbook(content: bytes, most_rows: int, besides: int = 0) -> Arrived:
    """Return what a workbook holds, with what was left out; more than `most_rows` in all are refused.

    `besides` are rows that nobody counts: headings and instructions.
    """
    names = refuse_what_is_no_workbook(content)
    not_read = ["Its macros, which are never run"] if MACROS in names else []
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            _refuse_entities(packed, names)
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
            left, sheets = most_rows + besides, {}
            for sheet in book.worksheets:
                if sheet.sheet_state != "visible":
                    # The words of our own drop-downs are hidden too.
                    if sheet.title != LISTS:
                        said = f"The sheet '{sheet.title}', which is hidden: show it to have it read"
                        not_read.append(said)
                    continue
                rows = list(islice(_rows_of(sheet), left + 1))
                left -= len(rows)
                if left < 0:
                    raise Invalid(f"The workbook has more than {most_rows:,} rows. Import it in parts.")
                sheets[sheet.title] = _spread(rows, _merges_in(packed, sheet))
            return Arrived(sheets, tuple(not_read))
    except Invalid:
        raise
    except Exception as broken:
        # The library meets what anybody may have made: whatever it stumbles on cannot be read.
        raise Invalid(
            "The workbook is damaged. Save it again as .xlsx, or copy the rows into a fresh template."
        ) from broken


def _parts_of(content: bytes) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise Invalid(_what_it_is(content)) from None


def _what_it_is(content: bytes) -> str:
    """Say what a file that is no workbook looks like."""
    if content.startswith(b"MZ") or content.startswith(b"\x7fELF"):
        return "This is a program, not an Excel workbook. Choose the workbook that you filled in."
    if content.startswith(b"%PDF"):
        return "This is a PDF. Choose the Excel workbook that it was made from."
    if content.lstrip().startswith(b"<"):
        return (
            "This is a web page, not an Excel workbook. Open it in your spreadsheet program and "
            "save it as .xlsx, then choose that."
        )
    line = content[:2000].split(b"\n")[0]
    if b"\x00" not in line and any(separator in line for separator in (b",", b";", b"\t")):
        return (
            "This is a text file (.csv), not an Excel workbook. Open it in your spreadsheet program, copy "
            "its rows into the template, save that as .xlsx and choose it here."
        )
    return NO_WORKBOOK


def _refuse_entities(packed: zipfile.ZipFile, names: frozenset[str]) -> None:
    # Spreadsheet programs declare no document types; whoever does means to unfold a few bytes to gigabytes.
    for name in names:
        if name.endswith((".xml", ".rels")):
            with packed.open(name) as part:
                if b"<!DOCTYPE" in part.read(4096).upper():
                    raise Invalid("The workbook holds what no spreadsheet program writes. It was not read.")


def _rows_of(sheet: Any) -> Iterator[Row]:
    # The size a sheet claims to have may be a lie, and padding to it would never end.
    sheet.reset_dimensions()
    before: Any = None
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
        if cells is before:
            # The library fills a gap with one and the same empty row.
            continue
        if number > LOWEST_ROW:
            raise Invalid(f"'{sheet.title}' goes down to row {number:,}. Delete the rows below your table.")
        before = cells
        values = [Formula() if cell.data_type == "f" else _tidy(cell.value) for cell in cells]
        # The library pads every row to the widest that is asked for.
        while values and values[-1] is None:
            values.pop()
        if values:
            yield Row(number, tuple(values))


def _merges_in(packed: zipfile.ZipFile, sheet: Any) -> list[tuple[int, int, int, int]]:
    """Find which cells are merged, which the library does not tell of sheets that it reads row by row."""
    found = A_MERGE.findall(packed.read(sheet._worksheet_path))
    return [range_boundaries(each.decode()) for each in found[:MOST_MERGED]]  # type: ignore[misc]


def _spread(rows: list[Row], merges: list[tuple[int, int, int, int]]) -> list[Row]:
    """Give every cell of a merged block the value that people see in it."""
    if not merges:
        return rows
    found, room = {row.number: list(row.cells) for row in rows}, MOST_SPREAD
    for left, top, right, bottom in merges:
        first = found.get(top, [])
        value = first[left - 1] if left <= len(first) else None
        right, bottom = min(right, MOST_COLUMNS), min(bottom, LOWEST_ROW)
        room -= (right - left + 1) * (bottom - top + 1) if value is not None else 0
        if room < 0:
            raise Invalid("The workbook merges more cells than we can read. Unmerge them, then try again.")
        for number in range(top, bottom + 1) if value is not None else ():
            if (cells := found.get(number)) is not None:
                cells += [None] * (right - len(cells))
                cells[left - 1 : right] = [value] * (right - left + 1)
    return [Row(row.number, tuple(found[row.number])) for row in rows]


def _tidy(value: Any) -> Any:
    # Spreadsheets are full of no-break spaces, and of cells that hold nothing but spaces.
    if isinstance(value, str):
        return " ".join(plain_text(value).split()) or None
    return value
