"""When a person's facts are a reason to involve somebody: rules as data, evaluated on values. Pure and total.

A prompt says whom to involve and why. It never names a diagnosis, a treatment or a dose.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from mdt.conditions.rules import (
    Condition,
    as_condition,
    facts_named,
    is_in_date,
    numbers_named,
)
from mdt.facts.rules import Fact
from network.vocabulary import Discipline, Word

# More than a few at a time are read by nobody.
MOST_OPEN = 3
QUIET_FOR = timedelta(days=90)
# The one prompt that lists are told of too: nobody who answered has met the person.
NOT_MET = "X16"


class Strength(Word):
    """How much the facts ask for it: the strongest stand first."""

    STRONG = "strong", "Strong reason"
    USUAL = "usual", "Good reason"
    MILD = "mild", "Worth a thought"


class PromptOutcome(Word):
    ACCEPTED = "accepted", "Taken up"
    DISMISSED = "dismissed", "Put aside"


class DismissReason(Word):
    """Why a prompt is put aside."""

    IN_PLACE = "in_place", "It is in place already"
    NOT_RIGHT = "not_right", "The facts are not right"
    NOT_WANTED = "not_wanted", "The person does not want it"
    NOT_SUITED = "not_suited", "It does not fit this person"
    NOT_NOW = "not_now", "Not now"
    OTHER = "other", "Another reason"


@dataclass(frozen=True)
class Threshold:
    """A number of a rule that each network may set, between bounds."""

    name: str
    label: str
    default: float
    low: float
    high: float
    unit: str = ""

    def __post_init__(self) -> None:
        if not self.low <= self.default <= self.high:
            raise ValueError(f"{self.name}: {self.default} is not between {self.low} and {self.high}.")

    def wrong_with(self, value: float) -> str:
        """Say what is wrong with a number that a network wants, or nothing."""
        if self.low <= value <= self.high and (value == int(value) or self.high <= 1):
            return ""
        kind = "number" if self.high <= 1 else "whole number"
        return f"{self.label}: enter a {kind} from {self.low:g} to {self.high:g}."


@dataclass(frozen=True)
class Aside:
    """Something to add where a further fact holds, such as that a visit has to be at home."""

    when: Condition
    says: str


@dataclass(frozen=True)
class PromptRule:
    """One rule of the pack: when, how strongly, whom to involve, and where it is from."""

    code: str
    title: str
    asks: str
    action: str
    strength: Strength
    when: Condition
    disciplines: tuple[Discipline, ...]
    source: str
    effective: date
    strong_when: Condition | None = None
    unless: Condition | None = None
    asides: tuple[Aside, ...] = ()
    thresholds: tuple[Threshold, ...] = ()

    def __post_init__(self) -> None:
        if unknown := self._numbers - set(self.defaults):
            raise ValueError(f"{self.code}: no threshold is called {', '.join(sorted(unknown))}.")
        if idle := set(self.defaults) - self._numbers:
            raise ValueError(f"{self.code}: nothing uses {', '.join(sorted(idle))}.")

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """All that the rule asks of facts."""
        given = (self.when, self.strong_when, self.unless, *(each.when for each in self.asides))
        return tuple(each for each in given if each is not None)

    @property
    def facts(self) -> set[str]:
        """The facts that the rule asks about."""
        return set[str]().union(*(facts_named(each) for each in self.conditions))

    @property
    def _numbers(self) -> set[str]:
        return set[str]().union(*(numbers_named(each) for each in self.conditions))

    @property
    def defaults(self) -> dict[str, float]:
        return {each.name: each.default for each in self.thresholds}


@dataclass(frozen=True)
class RuleChoice:
    """What a network has chosen for a rule."""

    is_on: bool = True
    thresholds: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Prompt:
    """A rule whose facts all hold today: what it asks, of whom, and because of what."""

    rule: PromptRule
    strength: Strength
    facts: tuple[Fact, ...]
    disciplines: tuple[Discipline, ...]
    asides: tuple[str, ...] = ()


def prompts_of(
    rules: Iterable[PromptRule],
    facts: Iterable[Fact],
    today: date,
    *,
    choices: Mapping[str, RuleChoice] | None = None,
    quiet: Collection[str] = (),
    shut_out: Collection[Discipline] = (),
) -> list[Prompt]:
    """Return the prompts of one case, the strongest first: only facts in date count, and nobody shut out."""
    known = {each.key: each for each in facts if is_in_date(each, today)}
    found = [
        prompt
        for rule in rules
        if rule.code not in quiet
        and (prompt := _fired(rule, known, today, (choices or {}).get(rule.code, RuleChoice()), shut_out))
    ]
    order = list(Strength)
    return sorted(found, key=lambda each: order.index(each.strength))


def as_rules(raw: Mapping[str, Any], known_facts: Collection[str]) -> tuple[PromptRule, ...]:
    """Check the pack as it was read and give its rules."""
    rules = tuple(_as_rule(each) for each in raw["rules"])
    if len({rule.code for rule in rules}) < len(rules):
        raise ValueError("Two prompts have the same code.")
    for rule in rules:
        if unknown := rule.facts - set(known_facts):
            raise ValueError(f"{rule.code}: no fact is called {', '.join(sorted(unknown))}.")
    return rules


def quiet_until(answered_on: date) -> date:
    """Return the last day on which a prompt that was answered stays away."""
    return answered_on + QUIET_FOR


def wrong_with_choice(rule: PromptRule, thresholds: Mapping[str, float]) -> str:
    """Say what is wrong with the numbers that a network wants for a rule, or nothing."""
    for each in rule.thresholds:
        if each.name in thresholds and (wrong := each.wrong_with(thresholds[each.name])):
            return wrong
    return ""


def wrong_with_dismissal(reason: DismissReason | None, words: str) -> str:
    """Say what is wrong with putting a prompt aside, or nothing."""
    if reason is None:
        return "Choose why this is put aside."
    if reason is DismissReason.OTHER and not words.strip():
        return "Enter why this is put aside."
    return "Shorten the reason to 300 characters." if len(words) > 300 else ""


def _as_rule(raw: Mapping[str, Any]) -> PromptRule:
    given = dict(raw)
    for name in ("when", "strong_when", "unless"):
        if name in given:
            given[name] = as_condition(given[name])
    given["strength"] = Strength(given["strength"])
    given["disciplines"] = tuple(Discipline(each) for each in given["disciplines"])
    given["thresholds"] = tuple(Threshold(**each) for each in given.get("thresholds", ()))
    given["asides"] = tuple(
        Aside(as_condition(each["when"]), each["says"]) for each in given.get("asides", ())
    )
    try:
        return PromptRule(**given)
    except TypeError as error:
        raise ValueError(f"{raw.get('code')}: {error}") from None


def _fired(
    rule: PromptRule,
    known: Mapping[str, Fact],
    today: date,
    chosen: RuleChoice,
    shut_out: Collection[Discipline],
) -> Prompt | None:
    numbers = rule.defaults | dict(chosen.thresholds)
    disciplines = tuple(each for each in rule.disciplines if each not in shut_out)
    # Where the person wants none of those involved, there is nobody to name.
    if not chosen.is_on or rule.effective > today or (rule.disciplines and not disciplines):
        return None
    used = rule.when.used(known, numbers, today)
    if used is None or (rule.unless and rule.unless.used(known, numbers, today) is not None):
        return None
    strong = rule.strong_when.used(known, numbers, today) if rule.strong_when else None
    asides = [(each, each.when.used(known, numbers, today)) for each in rule.asides]
    reasons = used.union(strong or (), *(facts for _, facts in asides if facts is not None))
    return Prompt(
        rule,
        Strength.STRONG if strong is not None else rule.strength,
        tuple(known[key] for key in known if key in reasons),
        disciplines,
        (*(each.says for each, facts in asides if facts is not None), *_limit(rule, disciplines)),
    )


def _limit(rule: PromptRule, disciplines: Collection[Discipline]) -> list[str]:
    """Say whom alone to involve where the rule's words name others too."""
    if len(disciplines) == len(rule.disciplines):
        return []
    return [f"Involve only: {', '.join(each.label for each in disciplines)}."]
