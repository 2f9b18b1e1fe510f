"""A block of cells as spreadsheets put it on the clipboard."""

import csv
import io
from collections.abc import Sequence

from network.plumbing.refusals import Invalid
from rota.desk.rules import MOST_CELLS


def cells_in(block: str) -> list[list[str]]:
    """Read the rows and columns of a block; a line that is empty at the end is no row."""
    try:
        read = list(csv.reader(io.StringIO(block, newline=""), delimiter="\t"))
    except csv.Error as error:
        raise Invalid("This is no block of cells. Copy cells of a sheet, and paste them again.") from error
    rows = [[text.strip() for text in row] for row in read]
    while rows and not any(rows[-1]) and len(rows) > 1:
        rows.pop()
    return [row or [""] for row in rows]


def wrong_with_size(rows: Sequence[Sequence[str]]) -> str:
    """Say what is wrong with the size of a block, or nothing."""
    if not rows:
        return "There is nothing to paste: copy some cells first."
    number = sum(len(row) for row in rows)
    if number > MOST_CELLS:
        return f"This block has {number:,} cells. Paste at most {MOST_CELLS:,} at once."
    return ""
