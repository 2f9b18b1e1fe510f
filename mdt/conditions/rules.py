"""Conditions on a person's facts, as they stand in packs: tests, all of them, any of them. Pure and total."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from mdt.facts.rules import NEVER, Fact, day_in

Choice = Mapping[str, float]
Used = frozenset[str]
PARTS = {"all", "any"}


@dataclass(frozen=True)
class Test:
    """One thing that is asked of one fact; `number` names a threshold."""

    fact: str
    asks: str
    values: tuple[str, ...] = ()
    number: str = ""

    def used(self, facts: Mapping[str, Fact], choice: Choice, today: date) -> Used | None:
        """Return the fact where it answers the test, None where it does not or is not known."""
        fact = facts.get(self.fact)
        holds = fact is not None and ASKS[self.asks](self, fact, choice, today)
        return frozenset({self.fact}) if holds else None


@dataclass(frozen=True)
class All:
    """Holds where every part does."""

    parts: tuple["Condition", ...]

    def used(self, facts: Mapping[str, Fact], choice: Choice, today: date) -> Used | None:
        found = [part.used(facts, choice, today) for part in self.parts]
        known = [each for each in found if each is not None]
        return frozenset[str]().union(*known) if len(known) == len(found) else None


@dataclass(frozen=True)
class AnyOf:
    """Holds where one part does; all that do are reasons."""

    parts: tuple["Condition", ...]

    def used(self, facts: Mapping[str, Fact], choice: Choice, today: date) -> Used | None:
        found = [part.used(facts, choice, today) for part in self.parts]
        known = [each for each in found if each is not None]
        return frozenset[str]().union(*known) if known else None


Condition = Test | All | AnyOf


def as_condition(raw: Mapping[str, Any]) -> Condition:
    """Check a condition as it was read and give it as one."""
    if PARTS & set(raw):
        if len(raw) != 1:
            raise ValueError(f"A condition is one of all, any or a test, not {', '.join(sorted(raw))}.")
        ((name, parts),) = raw.items()
        if not parts:
            raise ValueError("A condition needs at least one part.")
        found = tuple(as_condition(each) for each in parts)
        return All(found) if name == "all" else AnyOf(found)
    asked = set(raw) - {"fact"}
    if "fact" not in raw or len(asked) != 1 or not asked <= set(ASKS):
        raise ValueError(f"A test has a fact and one question to it, not {', '.join(sorted(raw))}.")
    (name,) = asked
    if name == "is":
        return Test(raw["fact"], name, values=tuple(str(each) for each in raw[name]))
    return Test(raw["fact"], name, number=raw[name])


def is_in_date(fact: Fact, today: date) -> bool:
    """Say whether a fact may count today: neither too old, nor of a day to come."""
    return fact.as_at <= today and not fact.is_old(today)


def facts_named(condition: Condition) -> set[str]:
    """Return the facts that a condition asks about."""
    if isinstance(condition, Test):
        return {condition.fact}
    return {name for part in condition.parts for name in facts_named(part)}


def numbers_named(condition: Condition) -> set[str]:
    """Return the thresholds that a condition uses."""
    if isinstance(condition, Test):
        return {condition.number} - {""}
    return {name for part in condition.parts for name in numbers_named(part)}


def _number(fact: Fact) -> float | None:
    return float(fact.value) if isinstance(fact.value, int | float) else None


def _is(test: Test, fact: Fact, choice: Choice, today: date) -> bool:
    return str(fact.value) in test.values


def _at_least(test: Test, fact: Fact, choice: Choice, today: date) -> bool:
    value = _number(fact)
    return value is not None and value >= choice[test.number]


def _over(test: Test, fact: Fact, choice: Choice, today: date) -> bool:
    value = _number(fact)
    return value is not None and value > choice[test.number]


def _at_most(test: Test, fact: Fact, choice: Choice, today: date) -> bool:
    value = _number(fact)
    return value is not None and value <= choice[test.number]


def _months_over(test: Test, fact: Fact, choice: Choice, today: date) -> bool:
    day = day_in(fact.value)
    return fact.value == NEVER or (day is not None and day < months_before(today, int(choice[test.number])))


def _months_within(test: Test, fact: Fact, choice: Choice, today: date) -> bool:
    day = day_in(fact.value)
    return day is not None and months_before(today, int(choice[test.number])) <= day <= today


def _days_within(test: Test, fact: Fact, choice: Choice, today: date) -> bool:
    day = day_in(fact.value)
    return day is not None and today - timedelta(days=choice[test.number]) <= day <= today


ASKS = {
    "is": _is,
    "at_least": _at_least,
    "over": _over,
    "at_most": _at_most,
    "months_over": _months_over,
    "months_within": _months_within,
    "days_within": _days_within,
}


def months_before(day: date, months: int) -> date:
    """Return the same day some months earlier, or the last of that month where it has no such day."""
    year, month = divmod(12 * day.year + day.month - 1 - months, 12)
    for last in range(day.day, 0, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("Every month has a first day.")
