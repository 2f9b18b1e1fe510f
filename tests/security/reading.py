"""All that stands in an answer, whatever kind of file it is, as one writing."""

import io
import re
import zipfile
from html import unescape

from openpyxl import load_workbook
from werkzeug.test import TestResponse

ZIP, WORKBOOK = "application/zip", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def writing_of(answer: TestResponse) -> str:
    """Read an answer: its words, its headers, and every file and cell inside."""
    return f"{answer.headers}\n{content_of(answer.mimetype, answer.data)}"


def content_of(kind: str, content: bytes) -> str:
    if kind == WORKBOOK:
        return _cells_of(content)
    if kind == ZIP:
        return _files_of(content)
    said = content.decode(errors="replace")
    if kind == "text/calendar":
        # Long lines are folded, a name across two of them with the rest.
        return re.sub(r"\r?\n[ \t]", "", said)
    return unescape(said)


def _cells_of(content: bytes) -> str:
    book = load_workbook(io.BytesIO(content))
    cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row)
    told = (f"{cell.value} {cell.comment.text if cell.comment else ''}" for cell in cells)
    names = " ".join(book.sheetnames)
    return "\n".join([names, f"{book.properties.title} {book.properties.creator}", *told])


def _files_of(content: bytes) -> str:
    kinds = {"xlsx": WORKBOOK, "zip": ZIP, "ics": "text/calendar"}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(
            f"{name}\n{content_of(kinds.get(name.rpartition('.')[2], ''), archive.read(name))}"
            for name in archive.namelist()
        )
