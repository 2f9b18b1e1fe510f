"""Workbooks as managers make them, for tests."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook

STAFF = [
    "First name",
    "Surname",
    "Email",
    "Employer",
    "Role",
    "Contract",
    "Sessions",
    "Session minutes",
    "Start date",
]
AMY = ["Amy", "Example", None, "Elm Surgery", "GP", "Salaried", 6.5, 250, "1/4/2024"]
BEN = ["Ben", "Sample", None, "Elm Surgery", "HCA", "AfC", 8, 240, "1/4/2024"]


def make_workbook(**sheets: Sequence[Sequence[Any]]) -> bytes:
    """Make an .xlsx; each sheet's first row holds its headings."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(list(row))
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def changed(row: Sequence[Any], headings: Sequence[str], **cells: Any) -> list[Any]:
    """Give a row with some cells changed, named by their headings with underscores."""
    new: Mapping[str, Any] = {
        heading.replace(" ", "_"): value for heading, value in zip(headings, row, strict=True)
    }
    return list({**new, **cells}.values())
