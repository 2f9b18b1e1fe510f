"""Workbooks that nobody means well by, or that no spreadsheet program saves."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from tests.network.plumbing.test_unpacking import with_part
from tests.security.nasty import ANYWHERE, DAYS, MARKUP, NUMBERS, TIMES

SHEET = "xl/worksheets/sheet1.xml"
FOLDING = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><sst>&b;</sst>'
PAGE = b"<!doctype html><html><body><table><tr><td>Amy, Ben</td></tr></table></body></html>"
CELLS: tuple[Any, ...] = (
    *(each for each in (*ANYWHERE, *NUMBERS, *DAYS, *TIMES) if not ILLEGAL_CHARACTERS_RE.search(each)),
    True, 0, -1, 1.5, 1e300, 2**63, date(1900, 1, 1), date(9999, 12, 31), datetime(1949, 12, 31, 23, 59),
    time(23, 59), timedelta(days=400), "#REF!", "_x0000_", "=1+1", '=HYPERLINK("//evil.example")',
    "x" * 32_000,
)  # fmt: skip
# Numbers as they stand in a file; the library would not write them.
NUMBER = "<v>6.5</v>"
RAW = ("1e400", "-1e400", "NaN", "9" * 400, "9" * 5000, "²", "")

Row = Sequence[Any]


def spoilt_rows(usual: Row) -> list[list[Any]]:
    """Put each nasty cell into each column of a row, each time in a row of its own."""
    wide = range(len(usual))
    return [
        [cell if at == turn else each for at, each in enumerate(usual)] for cell in CELLS for turn in wide
    ]


def spoilt_files(usual: bytes) -> dict[str, bytes]:
    """Give files that are wrong as a whole, made of a workbook whose first sheet holds six and a half."""
    return {
        "a program": b"MZ\x90\x00" + b"\x00" * 400,
        "a page": PAGE,
        "a script": MARKUP.encode(),
        "cut short": usual[: len(usual) // 2],
        "with macros": with_part(usual, "xl/vbaProject.bin", b"\x00macro"),
        "with a part elsewhere": with_part(usual, "../../../etc/passwd", b"root"),
        "unfolding itself": with_part(usual, "xl/sharedStrings.xml", FOLDING),
        "claiming to be huge": _with(usual, "<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>'),
        "down to the last row": _with(usual, 'r="2"', 'r="1048576"'),
        "out to the last column": _with(usual, 'r="B1"', 'r="XFD1"'),
    } | {f"holding {raw[:9]} {len(raw)}": _with(usual, NUMBER, f"<v>{raw}</v>") for raw in RAW}


def _with(content: bytes, old: str, new: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        sheet = packed.read(SHEET).decode()
    assert old in sheet
    return with_part(content, SHEET, sheet.replace(old, new).encode())
