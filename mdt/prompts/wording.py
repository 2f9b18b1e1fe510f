"""How a prompt gives its reasons."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from mdt.facts.rules import Fact, FactSpec
from mdt.prompts.rules import PromptRule, RuleChoice, Strength, Threshold


class StrengthTag(NamedTuple):
    """How a strength is shown: never by colour alone."""

    text: str
    tone: str
    mark: str


TONES = {Strength.STRONG: ("bad", "▲▲"), Strength.USUAL: ("warning", "▲"), Strength.MILD: ("plain", "")}


def strength_tag(strength: Strength) -> StrengthTag:
    return StrengthTag(strength.label, *TONES[strength])


def because_said(facts: Iterable[Fact], specs: Mapping[str, FactSpec], today: date) -> str:
    """Give the facts as reasons, each with its source and day: 12 medicines (Pharmacy, Elm, 3 May)."""
    said = [_reason_said(each, specs[each.key], today) for each in facts]
    return "; ".join(said)


def number_said(threshold: Threshold, choice: RuleChoice) -> str:
    """Say a threshold as the network has set it: Medicines from 10."""
    value = choice.thresholds.get(threshold.name, threshold.default)
    return f"{threshold.label} {value:g} {threshold.unit}".strip()


def numbers_said(rule: PromptRule, choice: RuleChoice) -> list[str]:
    """Say all thresholds of a rule."""
    return [number_said(each, choice) for each in rule.thresholds]


def _reason_said(fact: Fact, spec: FactSpec, today: date) -> str:
    said = spec.reason(fact.value)
    # An age is nobody's word, and holds today.
    return said if spec.is_derived else f"{said} ({fact.source}, {_day_said(fact.as_at, today)})"


def _day_said(day: date, today: date) -> str:
    return f"{day.day} {day:%B}" if day.year == today.year else f"{day.day} {day:%B} {day.year}"
