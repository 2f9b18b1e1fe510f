"""A rota as managers keep it in a sheet: names down, days across, a column for each session."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from network.organisations.rules import kinds_on
from network.plumbing.typed import Formula, Row, as_day, as_text, column_letter, plain
from network.vocabulary import SessionKind
from rota.tables.rules import KIND_NAMES, Problem

KEPT_FOR = timedelta(days=1)
MOST_ROWS = 10_000
# The tab of our own workbook that is read; its other tabs say the same again.
BY_PERSON = "by person"
NAMES = frozenset({"name", "person", "who", "staff", "clinician"})
FORMULA = "This cell holds a formula. Copy it and paste it as a value."


@dataclass(frozen=True)
class Place:
    """A cell of a sheet."""

    sheet: str
    row: int
    index: int

    def problem(self, about: str, said: str) -> Problem:
        return Problem(self.sheet, self.row, column_letter(self.index), about, said)


@dataclass(frozen=True)
class Column:
    """A column of a block: which session it is."""

    index: int
    day: date
    kind: SessionKind


@dataclass(frozen=True)
class Typed:
    """What a sheet says of one person in one session."""

    place: Place
    day: date
    kind: SessionKind
    text: str


@dataclass(frozen=True)
class PersonRow:
    """A row of a block: whom it names, what stands beside the name, and its cells."""

    place: Place
    name: str
    beside: tuple[str, ...]
    cells: tuple[Typed, ...]

    @property
    def is_empty(self) -> bool:
        return not any(cell.text for cell in self.cells)


@dataclass(frozen=True)
class Period:
    """The days that a rota covers."""

    starts_on: date
    ends_on: date

    def __contains__(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


def read_people(
    sheets: Mapping[str, Sequence[Row]], period: Period, problems: list[Problem]
) -> list[PersonRow]:
    """Read every block of a workbook; what cannot be read is noted with its cell."""
    ours = [title for title in sheets if plain(title) == BY_PERSON]
    return [
        person
        for title in ours or list(sheets)
        for person in _Reader(title, sheets[title], period, problems).people()
    ]


@dataclass(frozen=True)
class _Reader:
    """One sheet being read."""

    title: str
    rows: Sequence[Row]
    period: Period
    problems: list[Problem]

    def people(self) -> Iterator[PersonRow]:
        columns: list[Column] = []
        name_at = 0
        is_heading = False
        for number, row in enumerate(self.rows):
            if days := self._days_in(row):
                kinds = self.rows[number + 1] if number + 1 < len(self.rows) else None
                columns = self._columns(row, days, kinds)
                name_at = self._name_column(row, min(days))
                is_heading = True
            elif is_heading and self._is_kinds(row):
                continue
            elif columns:
                is_heading = False
                if person := self._person(row, columns, name_at):
                    yield person

    def _days_in(self, row: Row) -> dict[int, tuple[date, str]]:
        """Find the days that head columns, with the session where the heading names it too."""
        found = {}
        for index, value in enumerate(row.cells):
            if index and value is not None and (day := self._day_in(value)):
                found[index] = day
        said = [value for value in row.cells[1:] if isinstance(value, str | date | datetime)]
        # A row of dates, not a row in which a date stands too.
        return (
            found
            if found and 2 * len(found) >= len(said) - len(NAMES & {plain(each) for each in said})
            else {}
        )

    def _day_in(self, value: Any) -> tuple[date, str] | None:
        if isinstance(value, date):
            # However far off: a date that is not in this rota is told as one.
            return value.date() if isinstance(value, datetime) else value, ""
        if not isinstance(value, str):
            return None
        # A holiday may stand behind its date: 'Fri 25 Dec 2026, Christmas Day'.
        text = value.split(",")[0] if value[:1].isalpha() and value.count(",") else value
        *words, last = text.split() or [""]
        kind = last if any(plain(last) in names for names in KIND_NAMES.values()) else ""
        bare = " ".join(words) if kind else text
        years = range(self.period.starts_on.year, self.period.ends_on.year + 1)
        for typed in (bare, *(f"{bare} {year}" for year in years)):
            try:
                day = as_day(typed)
            except ValueError:
                continue
            if typed == bare or day in self.period:
                return day, kind
        return None

    def _is_kinds(self, row: Row) -> bool:
        words = [plain(value) for value in row.cells[1:] if value is not None]
        return bool(words) and all(any(word in names for names in KIND_NAMES.values()) for word in words)

    def _columns(self, row: Row, days: Mapping[int, tuple[date, str]], below: Row | None) -> list[Column]:
        kinds = below.cells if below is not None and self._is_kinds(below) else ()
        columns, day = [], None
        for index in range(min(days), max(len(kinds), max(days) + 1)):
            day, said = days.get(index, (day, ""))
            said = said or as_text(kinds[index] if index < len(kinds) else None)
            if day is None or not said:
                if index in days:
                    self._wrong(
                        row, index, "Say which session it is: AM, PM or Eve, in the row below the date."
                    )
                continue
            kind = next((each for each in kinds_on(day.weekday()) if plain(said) in KIND_NAMES[each]), None)
            if day not in self.period:
                if index in days:
                    self._wrong(row, index, f"{_said(day)} is not in this rota. Leave the column out.")
            elif kind is None:
                self._wrong(row, index, f"There is no {said} session on {day:%A} {_said(day)}.")
            else:
                columns.append(Column(index, day, kind))
        return columns

    def _name_column(self, row: Row, first_day: int) -> int:
        headed = [
            index
            for index in range(first_day)
            if index < len(row.cells) and plain(row.cells[index] or "") in NAMES
        ]
        return headed[0] if headed else 0

    def _person(self, row: Row, columns: Sequence[Column], name_at: int) -> PersonRow | None:
        values = [*row.cells, *[None] * (columns[-1].index + 1 - len(row.cells))]
        name = as_text(values[name_at]) if not isinstance(values[name_at], Formula) else ""
        if not name:
            return None
        cells = []
        for column in columns:
            value = values[column.index]
            if isinstance(value, Formula):
                self._wrong(row, column.index, FORMULA)
            else:
                place = Place(self.title, row.number, column.index)
                cells.append(Typed(place, column.day, column.kind, as_text(value)))
        beside = tuple(as_text(each) for each in values[: columns[0].index] if isinstance(each, str))
        return PersonRow(Place(self.title, row.number, name_at), name, beside, tuple(cells))

    def _wrong(self, row: Row, index: int, said: str) -> None:
        self.problems.append(Place(self.title, row.number, index).problem("", said))


def _said(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
