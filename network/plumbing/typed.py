"""Tables as people fill them in: rows, and the dates, numbers and words they type into cells."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

FIRST_YEAR, LAST_YEAR = 1950, 2100
LARGEST_WHOLE = 2**31 - 1

# Day before month: this is England.
DATE_FORMS = ("%d/%m/%Y", "%d/%m/%y", "%Y/%m/%d", "%d %b %Y", "%d %B %Y", "%d %b %y", "%d %B %y")

# The wide signs are those of keyboards in East Asia, and some spreadsheets take them for the others.
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

YES = frozenset({"yes", "y", "true", "1", "x", "✓", "✔"})
NO = frozenset({"no", "n", "false", "0"})


WordT = TypeVar("WordT", bound=StrEnum)


class Unreadable(ValueError):
    """What was typed cannot be meant; the text says why."""


def day_of_address(text: str) -> date:
    """Read a day of an address; days so far off that counting from them would run over are none."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Unreadable(text) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Unreadable(text)
    return day


def whole_number(text: str) -> int:
    """Read a whole number that the database can hold, or raise ValueError."""
    number = int(text)
    if not abs(number) <= LARGEST_WHOLE:
        raise ValueError(text)
    return number


@dataclass(frozen=True)
class Formula:
    """A cell that holds a formula, whose value we do not trust."""


@dataclass(frozen=True)
class Row:
    """A row that is not empty, with its number in the sheet."""

    number: int
    cells: tuple[Any, ...]


def plain(text: object) -> str:
    """Reduce text to its small letters, digits and single spaces, to compare what people typed."""
    return " ".join(re.findall(r"[^\W_]+|[✓✔]", str(text).casefold()))


def plain_text(value: str) -> str:
    """Take off the mark that keeps a spreadsheet from running text."""
    return value[1:] if value[:1] == "'" and value[1:].startswith(STARTS_A_FORMULA) else value


def as_text(value: Any) -> str:
    """Give a cell as text; a whole number has no decimals."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else " ".join(str(value).split())


def as_day(value: Any) -> date:
    """Give a cell as a date, or raise ValueError."""
    given = value.date() if isinstance(value, datetime) else value
    day = given if isinstance(given, date) else _day_in(as_text(given))
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError
    return day


def as_number(value: Any) -> float:
    """Give a cell as a number, or raise ValueError."""
    # A date is no number, though spreadsheets store it as one.
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError
    number = float(as_text(value).replace("½", ".5"))
    if not abs(number) < 1e9:
        raise ValueError
    return number


def as_yes_or_no(value: Any) -> bool:
    """Give a cell as yes or no, or raise ValueError."""
    word = plain(value)
    if word not in YES | NO:
        raise ValueError
    return word in YES


def as_word(value: Any, words: type[WordT], others: Mapping[str, str] | None = None) -> WordT:
    """Find the word of a vocabulary that was meant, by value, label or another name, or raise KeyError."""
    meant = plain(value)
    return words(_values_of(words).get(meant) or (others or {})[meant])


@cache
def _values_of(words: type[Any]) -> dict[str, str]:
    return {plain(name): word.value for word in words for name in (word.value, word.label)}


def as_list(value: Any) -> list[str]:
    """Split a cell at commas, semicolons and line breaks."""
    return [part.strip() for part in re.split(r"[,;\n]", as_text(value)) if part.strip()]


def column_letter(index: int) -> str:
    """Name a column as spreadsheets do; the first has index 0."""
    before, last = divmod(index, 26)
    return (column_letter(before - 1) if before else "") + chr(ord("A") + last)


def _day_in(text: str) -> date:
    # "Mon 7th Dec. 2026" and "7-12-26" alike.
    text = re.sub(r"^[A-Za-z]+,?\s+(?=\d)", "", text.strip())
    text = re.sub(r"(?<=\d)(st|nd|rd|th)\b", "", text, flags=re.IGNORECASE)
    text = re.sub(r"\bsept\b", "sep", text.replace(",", " ").replace(". ", " "), flags=re.IGNORECASE)
    # A date that was exported with its time of day.
    text = re.sub(r"[T ]00:00(:00)?$", "", text)
    text = re.sub(r"\s*[-./]\s*", "/", text) if re.fullmatch(r"[\d\s./-]+", text) else text.replace("-", " ")
    for form in DATE_FORMS:
        try:
            return datetime.strptime(" ".join(text.split()), form).date()
        except ValueError:
            continue
    raise _wrong_with_day(text)


def _wrong_with_day(text: str) -> ValueError:
    """Say why figures that look like a date are none."""
    figures = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{2}|\d{4})", text)
    if figures is None:
        return ValueError()
    day, month, year = (int(each) for each in figures.groups())
    if month > 12 >= day:
        return Unreadable(
            f"There is no month {month}: write the day before the month, {month}/{day:02}/{year}."
        )
    if 1 <= month <= 12 and 28 < day <= 31:
        return Unreadable(f"There is no {day} {date(2000, month, 1):%B}{f' {year}' if year > 99 else ''}.")
    return ValueError()
