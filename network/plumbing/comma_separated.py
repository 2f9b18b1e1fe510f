"""Tables as comma-separated text: RFC 4180, with the mark by which Excel knows UTF-8, and harmless there."""

import csv
import io
from collections.abc import Iterable, Sequence

from network.plumbing.typed import STARTS_A_FORMULA

Value = str | int | float | None


def write_comma_separated(headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Return a table as a file; text that a spreadsheet would run is made harmless."""
    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(headings)
    table.writerows([_harmless(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _harmless(value: Value) -> Value:
    if isinstance(value, str):
        kept = value.replace("\0", "")
        # A spreadsheet looks past spaces before it decides what a cell is.
        return f"'{kept}" if kept.lstrip(" ").startswith(STARTS_A_FORMULA) else kept
    return value
