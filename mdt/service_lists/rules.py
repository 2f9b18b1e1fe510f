"""A list of services as a file: how its rows are read, and what taking it in would do. Pure."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Protocol

from mdt.services.rules import REFERRERS, Described, ServiceKind, wrong_with_service
from network.plumbing.typed import as_day, as_list, as_word, as_yes_or_no, plain, plain_text
from network.vocabulary import Discipline, Word

LARGEST_FILE = 1_000_000
MOST_ROWS = 1000
KEPT_FOR = timedelta(days=1)
# The longest text of each column.
LONGEST = {
    "name": 120,
    "provider": 120,
    "what": 500,
    "for_whom": 300,
    "area": 120,
    "access": 300,
    "cost": 120,
    "how_to_refer": 300,
    "phone": 30,
    "email": 254,
    "website": 300,
}
COLUMNS = (
    "name",
    "provider",
    "kind",
    "what",
    "for_whom",
    "area",
    "languages",
    "access",
    "cost",
    "by_themselves",
    "referrers",
    "how_to_refer",
    "phone",
    "email",
    "website",
    "checked_on",
    "ended_on",
)
NEEDED = ("name", "provider", "kind", "what")
ANYBODY = "anybody"


class Unfit(ValueError):
    """The file cannot be read as a list of services; the text says what to do."""


class Effect(Word):
    """What taking a row in would do."""

    ADDED = "added", "Added"
    CHANGED = "changed", "Changed"
    SAME = "same", "Stays as it is"
    REFUSED = "refused", "Cannot be read"


@dataclass(frozen=True)
class Line:
    """One row as it was read: with an entry, or with what is wrong with it."""

    number: int
    name: str
    said: Described | None = None
    checked_on: date | None = None
    ended_on: date | None = None
    wrong: str = ""


@dataclass(frozen=True)
class Judged:
    """A row, and what taking it in would do."""

    line: Line
    effect: Effect
    changes: tuple[str, ...] = ()


class Known(Protocol):
    """An entry of the directory, as far as a row is held against it."""

    name: str
    provider: str
    referrers: list[str]
    languages: list[str]
    checked_on: date
    ended_on: date | None


def read_list(content: bytes, today: date) -> list[Line]:
    """Read a file of services, row by row; raise Unfit where it is no such file."""
    if len(content) > LARGEST_FILE:
        raise Unfit(
            "This file is larger than a list of services can be. Split it, or check that it is the right one."
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unfit("Save the file as CSV with UTF-8, then upload it again.") from None
    if "\0" in text:
        raise Unfit("This is not a CSV file. Save the list as CSV with UTF-8, then upload it again.")
    rows = list(_rows(text))
    if not rows:
        raise Unfit("This file is empty. Download the list as it is now, and fill that in.")
    headings = [plain(cell).replace(" ", "_") for cell in rows[0]]
    if missing := [name for name in NEEDED if name not in headings]:
        raise Unfit(f"The first row must name the columns. Missing: {', '.join(missing)}.")
    if len(rows) - 1 > MOST_ROWS:
        raise Unfit(f"Upload at most {MOST_ROWS} services at a time: this file has {len(rows) - 1}.")
    return list(
        _once(_read(number, headings, row, today) for number, row in enumerate(rows[1:], 2) if any(row))
    )


def judged(lines: Iterable[Line], known: Mapping[tuple[str, str], Known]) -> list[Judged]:
    """Say for each row what taking it in would do to the directory as it is."""
    return [_judge(line, known) for line in lines]


def key_of(name: str, provider: str) -> tuple[str, str]:
    """Return by what a service of the file is known again: its name and who runs it."""
    return plain(name), plain(provider)


def _rows(text: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(text, newline=""), strict=True)
    except csv.Error:
        raise Unfit("A quotation mark is not closed. Save the list as CSV again, then upload it.") from None


def _read(number: int, headings: Sequence[str], row: Sequence[str], today: date) -> Line:
    cells = {name: plain_text(cell.strip()) for name, cell in zip(headings, row, strict=False)}
    name = cells.get("name", "")
    try:
        said = _described(cells)
        checked, ended = _day("checked_on", cells, today), _day("ended_on", cells, today)
    except ValueError as error:
        return Line(number, name, wrong=str(error))
    return Line(number, name, said, checked, ended, wrong_with_service(said))


def _described(cells: Mapping[str, str]) -> Described:
    for column, longest in LONGEST.items():
        if len(cells.get(column, "")) > longest:
            raise ValueError(f"{column}: shorten this to {longest} characters.")
    try:
        kind = as_word(cells.get("kind", ""), ServiceKind)
    except KeyError:
        labels = ", ".join(each.label for each in ServiceKind)
        raise ValueError(f"kind: enter one of {labels}.") from None
    return Described(
        kind=kind,
        languages=tuple(dict.fromkeys(each[:40] for each in as_list(cells.get("languages", "")))),
        referrers=_referrers(cells.get("referrers", "")),
        takes_self_referral=_truth(cells.get("by_themselves", "")),
        **{column: cells.get(column, "") for column in LONGEST},
    )


def _referrers(text: str) -> tuple[Discipline, ...]:
    if plain(text) == ANYBODY:
        return REFERRERS
    try:
        named = {as_word(each, Discipline) for each in as_list(text)}
    except KeyError:
        named = {Discipline.ADMINISTRATION}
    if not named <= set(REFERRERS):
        raise ValueError(f"referrers: enter disciplines with a comma between them, or {ANYBODY}.")
    return tuple(each for each in REFERRERS if each in named)


def _truth(text: str) -> bool:
    try:
        return bool(text) and as_yes_or_no(text)
    except ValueError:
        raise ValueError("by_themselves: enter yes or no.") from None


def _day(column: str, cells: Mapping[str, str], today: date) -> date | None:
    if not (text := cells.get(column, "")):
        return None
    try:
        day = as_day(text)
    except ValueError as error:
        raise ValueError(f"{column}: {error or 'enter a date, such as 7/12/2026.'}") from None
    if day > today:
        raise ValueError(f"{column}: enter a day that is not in the future.")
    return day


def _once(lines: Iterable[Line]) -> Iterator[Line]:
    """Refuse a service that stands in the file twice."""
    seen: dict[tuple[str, str], int] = {}
    for line in lines:
        if line.said is None or line.wrong:
            yield line
            continue
        first = seen.setdefault(key_of(line.said.name, line.said.provider), line.number)
        yield (
            line
            if first == line.number
            else replace(line, wrong=f"This is row {first} again: leave one out.")
        )


def _judge(line: Line, known: Mapping[tuple[str, str], Known]) -> Judged:
    if line.said is None or line.wrong:
        return Judged(line, Effect.REFUSED)
    entry = known.get(key_of(line.said.name, line.said.provider))
    if entry is None:
        return Judged(line, Effect.ADDED)
    changes = tuple(_changes(line, line.said, entry))
    return Judged(line, Effect.CHANGED if changes else Effect.SAME, changes)


def _changes(line: Line, said: Described, entry: Known) -> Iterator[str]:
    for column in (each.name for each in fields(said)):
        before, after = getattr(entry, column), getattr(said, column)
        if (list(after) if isinstance(after, tuple) else after) != before:
            yield column
    if line.checked_on is not None and line.checked_on > entry.checked_on:
        yield "checked_on"
    if line.ended_on != entry.ended_on:
        yield "ended_on"
