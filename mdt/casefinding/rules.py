"""The rule by which a network looks at whom lists found: what counts, and how much is enough. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mdt.findings.rules import Column, CountsWhen, Kind, Said, Value

MOST_COUNTS = 3
LONGEST_OLDER = 120

Wanted = bool | float | tuple[str, ...]


@dataclass(frozen=True)
class Criterion:
    """One thing that counts: a number reached, a yes, a day long past, or one of some words."""

    key: str
    value: Wanted
    counts: int = 1

    def holds(self, column: Column, value: Value, today: date) -> bool:
        """Say whether what a list said counts."""
        when = column.counts_when
        if when is CountsWhen.YES:
            return value is True
        if when is CountsWhen.ONE_OF:
            return isinstance(self.value, tuple) and value in self.value
        # What is yes or no, or words, is no number; nothing else is left.
        if isinstance(self.value, tuple | bool) or isinstance(value, str | bool):
            return False
        if isinstance(value, date):
            return when is CountsWhen.OLDER and months_between(value, today) >= self.value
        return value >= self.value if when is CountsWhen.AT_LEAST else value <= self.value


@dataclass(frozen=True)
class Rule:
    """What counts, and how much of it brings somebody into the queue."""

    criteria: tuple[Criterion, ...]
    needs: int = 1


@dataclass(frozen=True)
class Weighed:
    """How much counts for somebody, and what."""

    counts: int
    keys: tuple[str, ...]


def months_between(day: date, today: date) -> int:
    """Return the whole months from a day to today."""
    return 12 * (today.year - day.year) + today.month - day.month - (today.day < day.day)


def weigh(rule: Rule, facts: Mapping[str, Said], columns: Mapping[str, Column], today: date) -> Weighed:
    """Say what counts for somebody. What no list said counts for nothing, either way."""
    held = [
        each
        for each in rule.criteria
        if each.key in facts
        and each.key in columns
        and each.holds(columns[each.key], facts[each.key].value, today)
    ]
    return Weighed(sum(each.counts for each in held), tuple(each.key for each in held))


def is_looked_at(rule: Rule, weighed: Weighed) -> bool:
    """Say whether what counts is enough."""
    return bool(rule.criteria) and weighed.counts >= rule.needs


def wrong_with_rule(rule: Rule, columns: Mapping[str, Column]) -> str:
    """Say what is wrong with a rule, or nothing."""
    if not rule.criteria:
        return "Choose at least one thing that counts: with none, nobody would be looked at."
    for each in rule.criteria:
        if wrong := _wrong_with(each, columns):
            return wrong
    if len({each.key for each in rule.criteria}) < len(rule.criteria):
        return "Let each thing count once."
    most = sum(each.counts for each in rule.criteria)
    if not 1 <= rule.needs <= most:
        return f"Enter how much is enough: from 1 to {most}, which is all of what counts together."
    return ""


def _wrong_with(each: Criterion, columns: Mapping[str, Column]) -> str:
    column = columns.get(each.key)
    if column is None or column.counts_when is None:
        return "Choose only from what lists may say."
    if not 1 <= each.counts <= MOST_COUNTS:
        return f"{column.label}: let it count 1 to {MOST_COUNTS}."
    if column.kind is Kind.CHOICE:
        is_known = isinstance(each.value, tuple) and each.value and set(each.value) <= set(column.choices)
        return "" if is_known else f"{column.label}: choose at least one."
    if column.kind is Kind.YES_NO:
        return "" if each.value is True else f"{column.label}: it counts where it is yes."
    low, high = (1.0, LONGEST_OLDER) if column.kind is Kind.DAY else (column.low, column.high)
    is_within = (
        not isinstance(each.value, tuple | bool)
        and low <= each.value <= high
        and (column.decimals or float(each.value).is_integer())
    )
    unit = " months" if column.kind is Kind.DAY else ""
    return "" if is_within else f"{column.label}: enter a number from {low:g} to {high:g}{unit}."


def as_plain(rule: Rule) -> dict[str, Any]:
    """Write a rule as what is kept of it."""
    return {
        "needs": rule.needs,
        "criteria": [
            {
                "key": each.key,
                "value": list(each.value) if isinstance(each.value, tuple) else each.value,
                "counts": each.counts,
            }
            for each in rule.criteria
        ],
    }


def of_plain(kept: Mapping[str, Any], keys: Iterable[str]) -> Rule:
    """Read a rule; what no list says any more is left out of it."""
    known = set(keys)
    criteria = tuple(
        Criterion(
            row["key"],
            tuple(row["value"]) if isinstance(row["value"], list) else row["value"],
            int(row["counts"]),
        )
        for row in kept["criteria"]
        if row["key"] in known
    )
    return Rule(criteria, int(kept["needs"]))
