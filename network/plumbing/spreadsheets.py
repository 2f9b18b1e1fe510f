"""Workbooks in and out: what arrives is judged by its content, not its name; nothing in it is ever run."""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from network.plumbing.refusals import Invalid
from network.plumbing.typed import Formula, Row

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 30 * 1024 * 1024
MOST_PARTS = 500
MOST_COLUMNS = 80
LOWEST_ROW = 100_000

OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
# A workbook with a password is an old-style container around this stream.
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
HEADING = PatternFill("solid", fgColor="D6E8F7")

Value = str | int | float | bool | date | datetime | None


@dataclass(frozen=True)
class Sheet:
    """A sheet to write: headings, rows, and how wide each column is in characters."""

    headings: Sequence[str]
    rows: Sequence[Sequence[Value]]
    widths: Sequence[int] = ()


def refuse_what_is_no_workbook(content: bytes) -> None:
    """Refuse, with a sentence, what cannot be an .xlsx workbook or would unpack to too much."""
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
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= {part.filename for part in parts}:
        raise Invalid("This is not an Excel workbook. Save your table as .xlsx, then choose it again.")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Invalid("The workbook unpacks to more than we can read. Copy the rows into a fresh template.")


def read_sheets(content: bytes, most_rows: int) -> dict[str, list[Row]]:
    """Return the rows of each sheet that hold something; more than `most_rows` in all are refused."""
    refuse_what_is_no_workbook(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        left, sheets = most_rows, {}
        for sheet in book.worksheets:
            rows = list(islice(_rows_of(sheet), left + 1))
            left -= len(rows)
            if left < 0:
                raise Invalid(f"The workbook has more than {most_rows:,} rows. Import it in parts.")
            sheets[sheet.title] = rows
        return sheets
    except Invalid:
        raise
    except Exception as broken:
        # The library meets what anybody may have made: whatever it stumbles on cannot be read.
        raise Invalid(
            "The workbook is damaged. Save it again as .xlsx, or copy the rows into a fresh template."
        ) from broken


def write_workbook(sheets: Mapping[str, Sheet]) -> bytes:
    """Return an .xlsx with these sheets; text that a spreadsheet would run is made harmless."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]  # a new workbook always has one
    for title, sheet in sheets.items():
        page = book.create_sheet(title)
        page.append(list(sheet.headings))
        for cell in page[1]:
            cell.font, cell.fill = Font(bold=True), HEADING
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        for row in sheet.rows:
            page.append([_harmless(value) for value in row])
        for row_cells in page.iter_rows(min_row=2):
            for cell in row_cells:
                if isinstance(cell.value, str):
                    # Never a formula, whatever it begins with.
                    cell.data_type = "s"
                elif isinstance(cell.value, date):
                    cell.number_format = "DD/MM/YYYY"
        for number, width in enumerate(sheet.widths, start=1):
            page.column_dimensions[get_column_letter(number)].width = width
        page.freeze_panes = "A2"
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def plain_text(value: str) -> str:
    """Take off the mark that `write_workbook` put before text that a spreadsheet would run."""
    return value[1:] if value[:1] == "'" and value[1:].startswith(STARTS_A_FORMULA) else value


def _harmless(value: Value) -> Value:
    if not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text


def _parts_of(content: bytes) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise Invalid(
            "This is not an Excel workbook. Save your table as .xlsx, then choose it again."
        ) from None


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
        values = tuple(Formula() if cell.data_type == "f" else _tidy(cell.value) for cell in cells)
        if any(value is not None for value in values):
            yield Row(number, values)


def _tidy(value: Any) -> Any:
    # Spreadsheets are full of no-break spaces, and of cells that hold nothing but spaces.
    if isinstance(value, str):
        return " ".join(plain_text(value).split()) or None
    return value
