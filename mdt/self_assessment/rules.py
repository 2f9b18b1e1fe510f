"""A team's yearly look at itself: what is asked, when its results may be read, and what they are. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

# Fewer answers than these could be told apart by who was there.
FEWEST = 5
LOWEST, HIGHEST = 1, 5
STEPS = {1: "Never", 2: "Seldom", 3: "Sometimes", 4: "Mostly", 5: "Always"}
SHORTEST, LONGEST = timedelta(days=7), timedelta(days=56)
LONGEST_WORDS = 400

# Statement to step; what somebody cannot say is not there.
Sheet = Mapping[str, int]


@dataclass(frozen=True)
class Statement:
    name: str
    short: str
    words: str


@dataclass(frozen=True)
class Domain:
    title: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Questionnaire:
    """What is asked; a new wording is a new version, and years of two wordings are not compared."""

    version: str
    source: str
    domains: tuple[Domain, ...]

    def __post_init__(self) -> None:
        names = [each.name for each in self.statements]
        if not names or len(set(names)) < len(names):
            raise ValueError("Give each statement once, by a name of its own.")
        if not all(each.name.isidentifier() and each.words and each.short for each in self.statements):
            raise ValueError("A statement needs a name, its words and a short form.")
        if not (self.version and self.source):
            raise ValueError("Say the version and the source.")

    @property
    def statements(self) -> list[Statement]:
        return [each for domain in self.domains for each in domain.statements]


@dataclass(frozen=True)
class Mean:
    """What the answers to one statement, or to a domain, come to; None where too few answered."""

    value: float | None
    count: int


@dataclass(frozen=True)
class DomainResult:
    """A domain with the mean of each statement, and its own where none of those is held back."""

    domain: Domain
    means: Mapping[str, Mean]
    mean: Mean


def as_questionnaire(raw: Mapping[str, Any]) -> Questionnaire:
    """Check a pack as it was read and give it as a questionnaire."""
    return Questionnaire(
        str(raw["version"]),
        raw["source"],
        tuple(
            Domain(each["title"], tuple(Statement(**one) for one in each["statements"]))
            for each in raw["domains"]
        ),
    )


def wrong_with_sheet(questionnaire: Questionnaire, sheet: Sheet) -> str:
    """Say what is wrong with somebody's answers, or nothing."""
    if not sheet:
        return "Answer at least one statement."
    if set(sheet) - {each.name for each in questionnaire.statements}:
        return "One of these statements is not asked any more. Open the page again."
    if any(step not in STEPS for step in sheet.values()):
        return f"Choose from {LOWEST} to {HIGHEST}, or leave the statement out."
    return ""


def wrong_with_days(opened_on: date, closes_on: date) -> str:
    """Say what is wrong with how long the members are asked, or nothing."""
    if not SHORTEST <= closes_on - opened_on <= LONGEST:
        return f"Give the members from {SHORTEST.days} to {LONGEST.days} days to answer."
    return ""


def is_over(closes_on: date, is_closed: bool, today: date) -> bool:
    """Say whether results may be read: never while answers come in, since each new one would show itself."""
    return is_closed or today > closes_on


def results_of(questionnaire: Questionnaire, sheets: Sequence[Sheet]) -> list[DomainResult]:
    """Return the means of all domains; nothing of which fewer than five answered."""
    return [_result_of(domain, sheets) for domain in questionnaire.domains]


def _result_of(domain: Domain, sheets: Sequence[Sheet]) -> DomainResult:
    means = {
        each.name: _mean([sheet[each.name] for sheet in sheets if each.name in sheet])
        for each in domain.statements
    }
    together = [sheet[each.name] for each in domain.statements for sheet in sheets if each.name in sheet]
    # The mean of a domain, less the statements that are shown, would be the one that is held back.
    is_whole = all(mean.value is not None for mean in means.values())
    return DomainResult(domain, means, _mean(together) if is_whole else Mean(None, 0))


def _mean(steps: Sequence[int]) -> Mean:
    if len(steps) < FEWEST:
        # How many there were is held back too.
        return Mean(None, 0)
    return Mean(round(sum(steps) / len(steps), 1), len(steps))


def change_of(now: Mean, before: Mean | None) -> float | None:
    """Return how much a mean has moved since the year before; None where either is held back."""
    if before is None or now.value is None or before.value is None:
        return None
    return round(now.value - before.value, 1)


def wrong_with_improvement(words: str, due_on: date, today: date) -> str:
    """Say what is wrong with what the team wants to do, or nothing."""
    if not words.strip():
        return "Enter what you will do about it."
    if len(words) > LONGEST_WORDS:
        return f"Shorten this to {LONGEST_WORDS} characters."
    return "" if due_on >= today else "Enter a day from today on."
