"""Whom a risk search found: what a list may say of them, and what may become of that. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mdt.patients.rules import Sex
from network.plumbing.typed import Unreadable, as_day, as_number, as_text, as_yes_or_no, plain
from network.vocabulary import Word

LONGEST_TEXT = 80
# Upper ends of the bands. Source: Clegg and others, Age and Ageing 2016;45(3), electronic frailty index.
EFI_BANDS = ((0.12, "fit"), (0.24, "mild"), (0.36, "moderate"), (1.0, "severe"))
# What nobody decided about and no list names any more is forgotten: a list is no register.
FORGOTTEN_AFTER_DAYS = 365
LONGEST_WAIT_DAYS = 366

Value = bool | int | float | date | str


class Kind(Word):
    NUMBER = "number", "Number"
    DAY = "day", "Date"
    YES_NO = "yes_no", "Yes or no"
    CHOICE = "choice", "One of a list"
    TEXT = "text", "Text"


class CountsWhen(Word):
    """How a network's rule may use what a list says."""

    AT_LEAST = "at_least", "at least"
    AT_MOST = "at_most", "at most"
    YES = "yes", "yes"
    OLDER = "older", "months ago or more"
    ONE_OF = "one_of", "one of"


class FindingState(Word):
    WAITING = "waiting", "Waiting"
    NOT_NOW = "not_now", "Not now"
    NO = "no", "No"
    REFERRED = "referred", "Referral begun"


S = FindingState
MOVES: Mapping[FindingState, frozenset[FindingState]] = {
    S.WAITING: frozenset({S.NOT_NOW, S.NO, S.REFERRED}),
    S.NOT_NOW: frozenset({S.WAITING, S.NO, S.REFERRED, S.NOT_NOW}),
    S.NO: frozenset({S.WAITING}),
    # A draft that was thrown away leaves them waiting.
    S.REFERRED: frozenset({S.WAITING, S.NOT_NOW, S.NO, S.REFERRED}),
}


@dataclass(frozen=True)
class Column:
    """One thing that a list may say of a person."""

    key: str
    label: str
    kind: Kind
    low: float = 0
    high: float = 0
    decimals: bool = False
    choices: tuple[str, ...] = ()
    counts_when: CountsWhen | None = None
    fact: str = ""
    example: str = ""

    def __post_init__(self) -> None:
        if self.kind is Kind.NUMBER and not self.low < self.high:
            raise ValueError(f"{self.key}: a number needs a lowest and a highest value.")
        if (self.kind is Kind.CHOICE) is not bool(self.choices):
            raise ValueError(f"{self.key}: choices belong to a choice, and to nothing else.")
        if self.counts_when is not None and self.counts_when not in FITS[self.kind]:
            raise ValueError(f"{self.key}: a {self.kind.label.lower()} does not count that way.")


FITS: Mapping[Kind, frozenset[CountsWhen]] = {
    Kind.NUMBER: frozenset({CountsWhen.AT_LEAST, CountsWhen.AT_MOST}),
    Kind.DAY: frozenset({CountsWhen.OLDER}),
    Kind.YES_NO: frozenset({CountsWhen.YES}),
    Kind.CHOICE: frozenset({CountsWhen.ONE_OF}),
    Kind.TEXT: frozenset(),
}


@dataclass(frozen=True)
class Who:
    """Who somebody on a list is, as far as the list says."""

    nhs_number: str = ""
    family_name: str = ""
    given_name: str = ""
    born_on: date | None = None
    sex: Sex = Sex.UNKNOWN
    postcode: str = ""
    care_home: str = ""

    @property
    def name(self) -> str:
        return " ".join(each for each in (self.given_name, self.family_name) if each)

    @property
    def is_complete(self) -> bool:
        return bool(self.family_name and self.given_name and self.born_on)


@dataclass(frozen=True)
class Said:
    """What a list said, and of which day."""

    value: Value
    as_at: date


@dataclass(frozen=True)
class Listed:
    """What one row of a list says of somebody."""

    who: Who
    values: Mapping[str, Value] = field(default_factory=dict)


def as_columns(rows: list[dict[str, Any]]) -> dict[str, Column]:
    """Read the columns of a pack; a pack that is wrong in itself stops the start."""
    columns = [
        Column(
            **row
            | {
                "kind": Kind(row["kind"]),
                "choices": tuple(row.get("choices", ())),
                "counts_when": CountsWhen(row["counts_when"]) if "counts_when" in row else None,
            }
        )
        for row in rows
    ]
    found = {column.key: column for column in columns}
    if len(found) < len(columns):
        raise ValueError("Two columns have the same key.")
    return found


def read_value(column: Column, cell: str, today: date) -> Value:
    """Read what a cell says, or raise Unreadable with a sentence."""
    text = as_text(cell)
    if column.kind is Kind.NUMBER:
        return _number(column, text)
    if column.kind is Kind.DAY:
        return _day(column, text, today)
    if column.kind is Kind.YES_NO:
        try:
            return as_yes_or_no(text)
        except ValueError:
            raise Unreadable(f"{column.label}: “{text[:20]}” is neither yes nor no.") from None
    if column.kind is Kind.CHOICE:
        meant = plain(text).removesuffix(" frailty")
        # A category that another model may give one day stays as it was given, and counts for nothing.
        return meant if meant in column.choices else text[:LONGEST_TEXT]
    return text[:LONGEST_TEXT]


def _number(column: Column, text: str) -> Value:
    try:
        number = as_number(text)
    except ValueError:
        raise Unreadable(f"{column.label}: “{text[:20]}” is no number.") from None
    if not column.decimals and not number.is_integer():
        raise Unreadable(f"{column.label}: {text[:20]} is not a whole number.")
    if not column.low <= number <= column.high:
        raise Unreadable(f"{column.label}: {text[:20]} is not between {column.low:g} and {column.high:g}.")
    return number if column.decimals else int(number)


def _day(column: Column, text: str, today: date) -> date:
    try:
        day = as_day(text)
    except Unreadable as wrong:
        raise Unreadable(f"{column.label}: {wrong}") from None
    except ValueError:
        raise Unreadable(f"{column.label}: “{text[:20]}” is no date.") from None
    if day > today:
        raise Unreadable(f"{column.label}: {day:%d/%m/%Y} is in the future.")
    return day


def efi_band(score: float) -> str:
    """Return the band of an eFI score. eFI2 is another model: its category stays as it was given."""
    return next(name for top, name in EFI_BANDS if score <= top)


def merged(held: Mapping[str, Said], values: Mapping[str, Value], as_at: date) -> dict[str, Said]:
    """Take over what a list says: nothing older replaces what is newer, and nothing is lost."""
    newer = {
        key: Said(value, as_at)
        for key, value in values.items()
        if key not in held or (as_at >= held[key].as_at and held[key].value != value)
    }
    # The same said again of a later day is known of that day.
    again = {
        key: Said(value, as_at)
        for key, value in values.items()
        if key in held and held[key].value == value and as_at > held[key].as_at
    }
    return {**held, **newer, **again}


def joined(held: Who, listed: Who) -> Who:
    """Fill what was not known of who somebody is with what a list says now."""
    return Who(
        **{
            name: getattr(listed, name) if getattr(listed, name) not in ("", None, Sex.UNKNOWN) else value
            for name, value in vars(held).items()
        }
    )


def facts_as_text(facts: Mapping[str, Said]) -> str:
    """Write what lists said, to be sealed."""
    return json.dumps(
        {
            key: [said.value.isoformat() if isinstance(said.value, date) else said.value, str(said.as_at)]
            for key, said in sorted(facts.items())
        }
    )


def facts_of_text(text: str, columns: Mapping[str, Column]) -> dict[str, Said]:
    """Read what lists said; what no column asks for any more is left aside."""
    found = {}
    for key, (value, as_at) in json.loads(text).items():
        if key in columns:
            is_day = columns[key].kind is Kind.DAY
            found[key] = Said(date.fromisoformat(value) if is_day else value, date.fromisoformat(as_at))
    return found


def who_as_text(who: Who) -> str:
    """Write who somebody is, to be sealed."""
    return json.dumps(vars(who) | {"born_on": who.born_on.isoformat() if who.born_on else None})


def who_of_text(text: str) -> Who:
    """Read who somebody is."""
    kept = json.loads(text)
    born_on = date.fromisoformat(kept["born_on"]) if kept["born_on"] else None
    return Who(**kept | {"born_on": born_on, "sex": Sex(kept["sex"])})


def facts_for_person(
    facts: Mapping[str, Said], columns: Mapping[str, Column]
) -> dict[str, tuple[str | int | float, date]]:
    """Give what lists said as facts of the person: the band of an eFI comes from its score alone."""
    found = {
        columns[key].fact: (_plain(said.value), said.as_at)
        for key, said in facts.items()
        if columns[key].fact
    }
    if (score := facts.get("efi_score")) is not None and isinstance(score.value, int | float):
        found["efi_category"] = (efi_band(score.value), score.as_at)
    elif "efi_category" in found and found["efi_category"][0] not in {name for _, name in EFI_BANDS}:
        del found["efi_category"]
    return found


def _plain(value: Value) -> str | int | float:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else value
