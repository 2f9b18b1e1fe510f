"""The tables we ask for: sheets and columns, and reading one row of what people typed into them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from network.organisations.rules import WEEKDAYS, sessions_of_the_week
from network.plumbing.typed import (
    Formula,
    Unreadable,
    as_day,
    as_list,
    as_number,
    as_text,
    as_word,
    as_yes_or_no,
    plain,
)
from network.vocabulary import JobRole, SessionKind, Word

T = TypeVar("T")
WordT = TypeVar("WordT", bound=Word)


# What people call the sessions of a day.
KIND_NAMES = {
    SessionKind.EARLY: ("early", "eam"),
    SessionKind.MORNING: ("am", "morning"),
    SessionKind.AFTERNOON: ("pm", "afternoon"),
    SessionKind.EVENING: ("evening", "eve"),
    SessionKind.SATURDAY_MORNING: ("am", "morning"),
    SessionKind.SATURDAY_AFTERNOON: ("pm", "afternoon"),
}


IN_A_PATTERN = "x: can be asked. likes: likes to work. Teaching, Protected ...: fixed. Empty: does not work."


class SheetName(StrEnum):
    STAFF = "Staff"
    PATTERNS = "Patterns"
    CREDENTIALS = "Credentials"
    INDUCTIONS = "Inductions"
    SUPERVISION = "Supervision"
    LEAVE = "Leave"
    DEMAND = "Demand"


class Half(Word):
    MORNING = "am", "AM"
    AFTERNOON = "pm", "PM"


@dataclass(frozen=True)
class Column:
    """A column of a sheet, with the other headings that people give it."""

    heading: str
    hint: str = ""
    width: int = 10
    required: bool = False
    longest: int = 100
    others: tuple[str, ...] = ()
    # The vocabulary whose words a drop-down offers.
    offers: str = ""


@dataclass(frozen=True)
class Template:
    """The workbook we ask for: its columns, what managers call things, and how to fill it in."""

    sheets: Mapping[str, Mapping[str, Column]]
    words: Mapping[str, Mapping[str, str]]
    read_me: tuple[str, ...]


@dataclass(frozen=True)
class Problem:
    """What is wrong, and where: sheet, row, the column's letter and heading, and what to do."""

    sheet: str
    row: int
    letter: str
    heading: str
    said: str

    @property
    def cell(self) -> str:
        return f"{self.letter}{self.row}"


@dataclass(frozen=True)
class Place:
    """A row of a sheet, and where its columns stand, so that later checks can point at a cell too."""

    sheet: str
    row: int
    columns: Mapping[str, Column] = field(default_factory=dict, compare=False)
    letters: Mapping[str, str] = field(default_factory=dict, compare=False)

    def problem(self, column: str, said: str) -> Problem:
        return Problem(
            self.sheet, self.row, self.letters.get(column, "A"), self.columns[column].heading, said
        )


@dataclass(frozen=True)
class Who:
    """Someone as a row names them; all but the name may be left out where it is enough."""

    name: str
    employer: str = ""
    role: JobRole | None = None
    email: str = ""


class Cells:
    """One row being read: each question gives its answer or None, and notes what is wrong."""

    def __init__(
        self, template: Template, place: Place, values: Mapping[str, Any], problems: list[Problem]
    ) -> None:
        self.place, self._template, self._values, self._problems = place, template, values, problems
        self.is_good = True

    def wrong(self, column: str, said: str) -> None:
        self.is_good = False
        self._problems.append(self.place.problem(column, said))

    def text(self, column: str) -> str:
        """Read a line of text, at most as long as the column bears."""
        text, longest = self.read(column, as_text, "") or "", self._column(column).longest
        if len(text) > longest:
            self.wrong(column, f"Shorten this to {longest} characters.")
        return text

    def who(self) -> Who:
        """Read whom a row is about."""
        role = self.word("role", JobRole, "roles")
        return Who(self.text("name"), self.text("employer"), role, self.text("email"))

    def day(self, column: str) -> date | None:
        return self.read(column, as_day, "Enter a date such as 07/12/2026.")

    def number(self, column: str, low: float, high: float) -> float | None:
        said = f"Enter a number from {low:g} to {high:g}."
        number = self.read(column, as_number, said)
        if number is not None and not low <= number <= high:
            self.wrong(column, said)
        return number

    def whole(self, column: str, low: int, high: int) -> int | None:
        number = self.number(column, low, high)
        if number is not None and self.is_good and number != int(number):
            self.wrong(column, f"Enter a whole number from {low} to {high}.")
        return int(number) if number is not None and self.is_good else None

    def word(self, column: str, words: type[WordT], kind: str = "") -> WordT | None:
        """Read one word of a vocabulary, under any of its names."""
        some = ", ".join(word.label for word in list(words)[:4])
        said = f"Enter a word that Quorate knows, such as: {some}."
        return self.read(column, lambda value: self.meant(value, words, kind), said)

    def meant(self, value: Any, words: type[WordT], kind: str) -> WordT:
        """Find the word that somebody meant, or raise KeyError."""
        return as_word(value, words, self._template.words.get(kind))

    def yes_or_no(self, column: str) -> bool | None:
        return self.read(column, as_yes_or_no, "Enter yes or no.")

    def parts(self, column: str, read: Callable[[str], T], said: str = "") -> tuple[T, ...]:
        """Read a cell that may hold several things."""
        return self.read(column, lambda value: tuple(read(part) for part in as_list(value)), said) or ()

    def read(self, column: str, read: Callable[[Any], T], said: str) -> T | None:
        """Read a cell in some way that raises ValueError where it cannot."""
        value = self._values.get(column)
        if isinstance(value, Formula):
            self.wrong(column, "This cell holds a formula. Copy the column and paste it as values.")
        elif value is None:
            if self._column(column).required:
                self.wrong(column, f"Enter the {self._column(column).heading.lower()}.")
        else:
            try:
                return read(value)
            except (ValueError, KeyError) as unreadable:
                why = str(unreadable) if isinstance(unreadable, Unreadable) else said
                self.wrong(column, f"'{as_text(value)[:40]}' cannot be used. {why}")
        return None

    def _column(self, column: str) -> Column:
        return self.place.columns[column]


def as_template(raw: Mapping[str, Any]) -> Template:
    """Check the template as it was read from its pack; what does not fit is an error."""
    sheets: dict[str, dict[str, Column]] = {
        SheetName(sheet): columns_of(columns) for sheet, columns in raw["sheets"].items()
    }
    for session in sessions_of_the_week():
        weekday = WEEKDAYS[session.weekday]
        others = tuple(f"{day} {kind}" for day in (weekday, weekday[:3]) for kind in KIND_NAMES[session.kind])
        heading = f"{weekday[:3]} {session.said.split(' ', 1)[1]}"
        sheets[SheetName.PATTERNS][session.said] = Column(
            heading, IN_A_PATTERN, 9, others=others, offers="patterns"
        )
    return Template(sheets, words_of(raw["words"]), tuple(raw["read_me"]))


def columns_of(raw: Mapping[str, Mapping[str, Any]]) -> dict[str, Column]:
    """Check the columns of a sheet as they were read from a pack."""
    return {
        name: Column(**{**column, "others": tuple(column.get("others", ()))}) for name, column in raw.items()
    }


def words_of(raw: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Read what people call the words of vocabularies, as a pack has it."""
    return {kind: {plain(name): word for name, word in names.items()} for kind, names in raw.items()}
