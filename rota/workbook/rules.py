"""What a workbook says, row by row, and what is wrong with it: nothing here looks anything up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from network.organisations.rules import WEEKDAYS, WeeklySession, sessions_of_the_week
from network.plumbing.typed import Row, column_letter, plain
from network.vocabulary import (
    Activity,
    ContractType,
    FundingStream,
    JobRole,
    RoleGroup,
    RoomKind,
    SessionKind,
)
from rota.demand.rules import MOST_PEOPLE, Want, wrong_with_want
from rota.leave.rules import AbsenceKind, AbsenceState, Away
from rota.staff.rules import (
    LONGEST_CYCLE,
    Availability,
    Choices,
    PatternChoice,
    PatternSlot,
    wrong_with_split,
)
from rota.tables.rules import KIND_NAMES, Cells, Column, Half, Place, Problem, SheetName, Template

MOST_ROWS = 10_000
# Some put a title above their table.
HEADINGS_WITHIN = 10


@dataclass(frozen=True)
class Who:
    """Someone as a row names them; all but the name may be left out where it is enough."""

    name: str
    employer: str = ""
    role: JobRole | None = None
    email: str = ""


@dataclass(frozen=True)
class StaffLine:
    """A person and one post. None and empty text stand for cells that were left empty."""

    place: Place
    title: str
    given_name: str
    family_name: str
    email: str
    employer: str
    role: JobRole
    contract: ContractType
    sessions: float
    session_minutes: int
    full_time_hours: float | None
    annualised: bool | None
    starts_on: date
    ends_on: date | None
    home_site: str
    competencies: tuple[str, ...]
    funding: Mapping[FundingStream, int]


@dataclass(frozen=True)
class PatternLine:
    """One week of a working pattern."""

    place: Place
    who: Who
    starts_on: date
    week: int
    choices: Choices


@dataclass(frozen=True)
class LeaveLine:
    """Leave as it was agreed, or as it is asked for."""

    place: Place
    who: Who
    away: Away
    approved: bool


@dataclass(frozen=True)
class DemandLine:
    """A line of demand for each session it names."""

    place: Place
    site: str
    wants: tuple[Want, ...]


@dataclass
class Book:
    """All that a workbook says; `left_out` names columns and sheets that nobody asked for."""

    staff: list[StaffLine] = field(default_factory=list)
    patterns: list[PatternLine] = field(default_factory=list)
    leave: list[LeaveLine] = field(default_factory=list)
    demand: list[DemandLine] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.staff or self.patterns or self.leave or self.demand or self.problems)


def read_book(template: Template, sheets: Mapping[str, list[Row]]) -> Book:
    """Read all sheets; what cannot be read is a problem with its sheet, row and column."""
    book, known = Book(), {plain(name): name for name in SheetName}
    for title, rows in sheets.items():
        sheet = known.get(plain(title))
        if sheet is not None and rows:
            _read_sheet(template, book, sheet, rows)
        elif sheet is None and rows and plain(title) != "read me":
            book.left_out.append(f"The sheet '{title}'")
    return book


def _read_sheet(template: Template, book: Book, sheet: SheetName, rows: list[Row]) -> None:
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
            READERS[sheet](book, Cells(template, place, values, book.problems))


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


def _read_staff(book: Book, cells: Cells) -> None:
    given, family = cells.text("given_name"), cells.text("family_name")
    email = cells.text("email")
    if email and ("@" not in email or " " in email):
        cells.wrong("email", "Enter an email address, such as a.example@example.org.")
    line = {
        "title": cells.text("title"),
        "given_name": given,
        "family_name": family,
        "email": email,
        "employer": cells.text("employer"),
        "role": cells.word("role", JobRole, "roles"),
        "contract": cells.word("contract", ContractType, "contracts"),
        "sessions": cells.number("sessions", 0, 14),
        "session_minutes": cells.whole("session_minutes", 30, 720),
        "full_time_hours": cells.number("full_time_hours", 1, 60),
        "annualised": cells.yes_or_no("annualised"),
        "starts_on": cells.day("starts_on"),
        "ends_on": cells.day("ends_on"),
        "home_site": cells.text("home_site"),
        "competencies": cells.parts("competencies", str),
        "funding": _read_shares(cells),
    }
    if cells.is_good:
        # All is good, so nothing that is required is missing.
        book.staff.append(StaffLine(cells.place, **line))  # type: ignore[arg-type]


def _read_shares(cells: Cells) -> dict[FundingStream, int]:
    def share(part: str) -> tuple[FundingStream, int]:
        words, _, number = part.removesuffix("%").strip().rpartition(" ")
        if not number.isdecimal():
            return cells.meant(part, FundingStream, "streams"), 100
        return cells.meant(words, FundingStream, "streams"), int(number)

    shares = cells.parts(
        "funding", share, "Enter streams with shares, such as: core 60%, training tariff 40%."
    )
    if shares and (wrong := wrong_with_split(dict(shares))):
        cells.wrong("funding", wrong)
    return dict(shares)


def _read_pattern(book: Book, cells: Cells) -> None:
    who, starts_on = _read_who(cells), cells.day("starts_on")
    week = cells.whole("week", 1, LONGEST_CYCLE) or 1
    choices = {}
    for session in sessions_of_the_week():
        choice = _read_choice(cells, session)
        if choice is not None:
            choices[PatternSlot(week, session.weekday, session.kind)] = choice
    if cells.is_good and starts_on:
        book.patterns.append(PatternLine(cells.place, who, starts_on, week, choices))


def _read_choice(cells: Cells, session: WeeklySession) -> PatternChoice | None:
    def read(value: Any) -> PatternChoice:
        try:
            return PatternChoice(cells.meant(value, Availability, "availabilities"))
        except KeyError:
            return PatternChoice(Availability.FIXED, cells.meant(value, Activity, "activities"))

    said = (
        "Enter x for available, 'likes' for likes to work, an activity such as Teaching, or leave it empty."
    )
    choice = cells.read(session.said, read, said)
    # A session that a pattern does not name is not worked.
    return None if choice is None or choice.availability is Availability.NEVER else choice


def _read_leave(book: Book, cells: Cells) -> None:
    who, starts_on = _read_who(cells), cells.day("starts_on")
    kind = cells.word("kind", AbsenceKind, "kinds") or AbsenceKind.ANNUAL
    ends_on = cells.day("ends_on") or starts_on
    begins, ends = cells.word("begins", Half), cells.word("ends", Half)
    state = cells.word("state", AbsenceState)
    if state not in (None, AbsenceState.APPROVED, AbsenceState.REQUESTED):
        cells.wrong("state", "Enter approved or requested.")
    if not cells.is_good or starts_on is None or ends_on is None:
        return
    starts_with = SessionKind.AFTERNOON if begins is Half.AFTERNOON else SessionKind.EARLY
    ends_with = SessionKind.MORNING if ends is Half.MORNING else SessionKind.SATURDAY_AFTERNOON
    away = Away(kind, starts_on, ends_on, starts_with, ends_with)
    if away.is_back_to_front:
        cells.wrong("ends_on", "The last day must be on or after the first day.")
        return
    book.leave.append(LeaveLine(cells.place, who, away, state is not AbsenceState.REQUESTED))


def _read_demand(book: Book, cells: Cells) -> None:
    site = cells.text("site")
    sessions = cells.parts("session", sessions_in, "Enter a session such as Mon AM, or Mon-Fri PM.")
    group = cells.word("role_group", RoleGroup, "groups")
    activity = cells.word("activity", Activity, "activities")
    minimum = cells.whole("minimum", 0, MOST_PEOPLE)
    desired = cells.whole("desired", 0, MOST_PEOPLE)
    maximum = cells.whole("maximum", 0, MOST_PEOPLE)
    competencies = cells.parts("competencies", str)
    room = cells.word("room", RoomKind, "rooms")
    funding = cells.word("funding", FundingStream, "streams") or FundingStream.CORE
    starts_on, ends_on = cells.day("starts_on"), cells.day("ends_on")
    if not cells.is_good or group is None or activity is None or minimum is None:
        return
    desired = minimum if desired is None else desired
    maximum = max(desired, 1) if maximum is None else maximum
    line = Want(0, SessionKind.MORNING, group, activity, minimum, desired, maximum)
    line = replace(
        line, competencies=competencies, room=room, funding=funding, starts_on=starts_on, ends_on=ends_on
    )
    wants = [replace(line, weekday=each.weekday, kind=each.kind) for several in sessions for each in several]
    for name, said in wrong_with_want(wants[0]).items() if wants else ():
        cells.wrong(name, said)
    if cells.is_good:
        book.demand.append(DemandLine(cells.place, site, tuple(wants)))


def _read_who(cells: Cells) -> Who:
    role = cells.word("role", JobRole, "roles")
    return Who(cells.text("name"), cells.text("employer"), role, cells.text("email"))


def sessions_in(text: str) -> tuple[WeeklySession, ...]:
    """Read 'Mon AM' or 'Mon-Fri PM', or raise ValueError."""
    *days, kind = plain(text).split() or [""]
    numbers = [_weekday_in(day) for day in days if day != "to"]
    if not numbers or len(numbers) > 2:
        raise ValueError
    found = tuple(
        session
        for session in sessions_of_the_week()
        if numbers[0] <= session.weekday <= numbers[-1] and kind in KIND_NAMES[session.kind]
    )
    if not found:
        raise ValueError
    return found


def _weekday_in(text: str) -> int:
    for number, name in enumerate(WEEKDAYS):
        if len(text) >= 2 and name.casefold().startswith(text):
            return number
    raise ValueError


READERS: dict[SheetName, Callable[[Book, Cells], None]] = {
    SheetName.STAFF: _read_staff,
    SheetName.PATTERNS: _read_pattern,
    SheetName.LEAVE: _read_leave,
    SheetName.DEMAND: _read_demand,
}
