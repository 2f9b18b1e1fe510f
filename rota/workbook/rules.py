"""What a workbook says, row by row, and what is wrong with it: nothing here looks anything up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from network.plumbing.typed import Row, column_letter, plain
from network.vocabulary import Word
from rota.tables.rules import Cells, Column, Place, Problem, SheetName, Template
from rota.workbook.demand.rules import read_demand
from rota.workbook.leave.rules import read_leave
from rota.workbook.papers.rules import read_credential, read_induction, read_supervision
from rota.workbook.patterns.rules import read_pattern
from rota.workbook.staff.rules import read_staff

MOST_ROWS = 10_000
# Headings, instructions and examples.
ROWS_BESIDES = 500
# Some put a title above their table.
HEADINGS_WITHIN = 10
# Sheets of ours that hold nothing to import.
OURS = frozenset({"read me", "example"})


class What(Word):
    """What becomes of a row; the later wins where it is about several things."""

    SAME = "same", "Already there"
    CHANGED = "changed", "Changed"
    ADDED = "added", "New"


@dataclass(frozen=True)
class Difference:
    """One thing that a row changes: what it is called, what it was and what it becomes."""

    heading: str
    old: str
    new: str


@dataclass(frozen=True)
class RowChange:
    """What a row does, and to whom or what."""

    sheet: str
    row: int
    about: str
    what: What
    differences: tuple[Difference, ...] = ()


@dataclass
class Book:
    """All that a workbook says, by sheet; `left_out` names columns and sheets that nobody asked for."""

    lines: dict[str, list[Any]] = field(default_factory=lambda: {name: [] for name in SheetName})
    problems: list[Problem] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.problems and not self.size

    @property
    def size(self) -> int:
        """Count the rows that could be read."""
        return sum(len(lines) for lines in self.lines.values())


Readers = Mapping[str, Callable[[Cells], object | None]]
READERS: Readers = {
    SheetName.STAFF: read_staff,
    SheetName.PATTERNS: read_pattern,
    SheetName.CREDENTIALS: read_credential,
    SheetName.INDUCTIONS: read_induction,
    SheetName.SUPERVISION: read_supervision,
    SheetName.LEAVE: read_leave,
    SheetName.DEMAND: read_demand,
}


def read_book(template: Template, sheets: Mapping[str, list[Row]], readers: Readers = READERS) -> Book:
    """Read all sheets; what cannot be read is a problem with its sheet, row and column."""
    book, known = Book({name: [] for name in readers}), {plain(name): name for name in readers}
    for title, rows in sheets.items():
        sheet = known.get(plain(title))
        if sheet is not None and rows:
            _read_sheet(template, book, sheet, rows, readers[sheet])
        elif sheet is None and rows and plain(title) not in OURS:
            book.left_out.append(f"The sheet '{title}'")
    return book


def _read_sheet(
    template: Template, book: Book, sheet: str, rows: list[Row], read: Callable[[Cells], object | None]
) -> None:
    columns = template.sheets[sheet]
    top = max(rows[:HEADINGS_WITHIN], key=lambda row: len(_headings_in(columns, row)[0]))
    indexes, unknown = _headings_in(columns, top)
    missing = [column.heading for name, column in columns.items() if column.required and name not in indexes]
    if missing:
        said = f"The first row must have a column headed: {', '.join(missing)}. Start from the template."
        book.problems.append(Problem(sheet, top.number, "A", "", said))
        return
    book.left_out += [f"The column '{heading}' of the sheet '{sheet}'" for heading in unknown]
    letters = {name: column_letter(index) for name, index in indexes.items()}
    for row in rows:
        values = {name: row.cells[index] for name, index in indexes.items() if index < len(row.cells)}
        # Notes to the side of the table do not make a row of it.
        if row.number > top.number and any(value is not None for value in values.values()):
            place = Place(sheet, row.number, columns, letters)
            line = read(Cells(template, place, values, book.problems))
            if line is not None:
                book.lines[sheet].append(line)


def _headings_in(columns: Mapping[str, Column], row: Row) -> tuple[dict[str, int], list[str]]:
    names = {
        plain(known): name for name, column in columns.items() for known in (column.heading, *column.others)
    }
    indexes: dict[str, int] = {}
    unknown = []
    for index, value in enumerate(row.cells):
        if isinstance(value, str):
            name = names.get(plain(value))
            if name is None or name in indexes:
                unknown.append(value)
            else:
                indexes[name] = index
    return indexes, unknown
