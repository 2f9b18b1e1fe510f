"""The questions that each discipline is asked about a person, and what is wrong with an answer. Pure."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from network.vocabulary import Discipline, Word

Value = str | int | float

LONGEST_WORDS = 300
MOST_CHOICES = 12
# What was true longer ago is shown as old, and nobody is to build on it.
OLD_AFTER = timedelta(days=365)


class FieldKind(Word):
    """How a question is answered."""

    WORDS = "words", "In words"
    NUMBER = "number", "A number"
    DAY = "day", "A date"
    YES_NO = "yes_no", "Yes, no or not known"
    CHOICE = "choice", "One of a list"


class YesNo(Word):
    YES = "yes", "Yes"
    NO = "no", "No"


@dataclass(frozen=True)
class Field:
    """One question: `is_dated` asks as of when it holds, `is_restricted` keeps it among clinical readers."""

    name: str
    label: str
    kind: FieldKind
    short: str = ""
    hint: str = ""
    unit: str = ""
    low: float = 0
    high: float = 1000
    is_whole: bool = True
    choices: Mapping[str, str] = field(default_factory=dict)
    is_dated: bool = False
    is_restricted: bool = False
    # Which fact about the person an answer is, and what each choice says of it.
    fact: str = ""
    fact_values: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.name.isidentifier() or not self.label.strip():
            raise ValueError(f"A question needs a name and a label: {self.name!r}.")
        if (self.kind is FieldKind.CHOICE) != bool(self.choices):
            raise ValueError(f"{self.name}: a list needs its choices, and nothing else has any.")
        if self.low > self.high:
            raise ValueError(f"{self.name}: {self.low} is more than {self.high}.")

    @property
    def title(self) -> str:
        """The label as it stands on a tile, where there is little room."""
        return self.short or self.label

    @property
    def words(self) -> Mapping[str, str]:
        """What may be chosen, each with its label."""
        if self.kind is FieldKind.YES_NO:
            return {word.value: word.label for word in YesNo}
        return self.choices

    def wrong_with(self, value: Value, today: date) -> str:
        """Say what is wrong with an answer, or nothing."""
        if self.kind is FieldKind.WORDS:
            fits = isinstance(value, str) and len(value) <= LONGEST_WORDS
            return "" if fits else f"{self.label}: shorten this to {LONGEST_WORDS} characters."
        if self.kind is FieldKind.NUMBER:
            return self._wrong_with_number(value)
        if self.kind is FieldKind.DAY:
            day = _as_day(value)
            return "" if day is not None and day <= today else f"{self.label}: enter a day up to today."
        return "" if value in self.words else f"{self.label}: choose one of the answers."

    def said(self, value: Value, today: date) -> str:
        """Say an answer as its readers see it."""
        if self.kind is FieldKind.DAY:
            day = _as_day(value)
            return f"{said_day(day)}, {said_ago(day, today)}" if day else str(value)
        if self.kind is FieldKind.NUMBER:
            return f"{value} {self.unit}".strip()
        return self.words.get(str(value), str(value))

    def _wrong_with_number(self, value: Value) -> str:
        fits = isinstance(value, int | float) and math.isfinite(value) and self.low <= value <= self.high
        if fits and not (self.is_whole and value != int(value)):
            return ""
        kind = "whole number" if self.is_whole else "number"
        return f"{self.label}: enter a {kind} from {self.low:g} to {self.high:g}."


@dataclass(frozen=True)
class Answer:
    """What was answered, and as of when it is known."""

    value: Value
    as_at: date


@dataclass(frozen=True)
class Panel:
    """What one discipline is asked: a version of a pack, and what the network adds to it."""

    discipline: Discipline
    version: str
    source: str
    brings: str
    fields: tuple[Field, ...]

    def __post_init__(self) -> None:
        names = [each.name for each in self.fields]
        if len(set(names)) < len(names):
            raise ValueError(f"{self.discipline.label}: two questions have the same name.")
        if not (self.version and self.source):
            raise ValueError(f"{self.discipline.label}: say the version and the source.")


def as_panel(raw: Mapping[str, Any]) -> Panel:
    """Check a pack as it was read and give it as a panel."""
    known = {"discipline", "version", "source", "brings", "fields"}
    if unknown := set(raw) - known:
        raise ValueError(f"A panel has no {', '.join(sorted(unknown))}.")
    return Panel(
        Discipline(raw["discipline"]),
        str(raw["version"]),
        raw["source"],
        raw["brings"],
        tuple(as_question(each) for each in raw["fields"]),
    )


def wrong_with_question(label: str, kind: FieldKind, choices: tuple[str, ...]) -> str:
    """Say what is wrong with a question that a network wants to add, or nothing."""
    if not label.strip():
        return "Enter the question."
    if kind is not FieldKind.CHOICE:
        return ""
    if not 2 <= len(choices) <= MOST_CHOICES:
        return f"Enter 2 to {MOST_CHOICES} answers to choose from, each on a line of its own."
    if len({choice.casefold() for choice in choices}) < len(choices):
        return "Enter each answer once."
    return ""


def is_old(as_at: date, today: date) -> bool:
    """Say whether a fact is too old to build on."""
    return today - as_at > OLD_AFTER


def said_day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def said_ago(day: date, today: date) -> str:
    """Say how long ago a day was, as people do: days, then weeks, then months."""
    days = (today - day).days
    if days <= 0:
        return "today"
    if days < 14:
        return "yesterday" if days == 1 else f"{days} days ago"
    if days < 61:
        return f"{days // 7} weeks ago"
    months = 12 * (today.year - day.year) + today.month - day.month - (today.day < day.day)
    return f"{months} months ago" if months < 60 else f"{months // 12} years ago"


def as_question(raw: Mapping[str, Any]) -> Field:
    """Check a question as it was read and give it as a field."""
    given = dict(raw)
    kind = FieldKind(given.pop("kind"))
    for name in ("whole", "dated", "restricted"):
        if name in given:
            given[f"is_{name}"] = given.pop(name)
    try:
        return Field(kind=kind, **given)
    except TypeError as error:
        raise ValueError(f"{raw.get('name')}: {error}") from None


def _as_day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
