"""What is known of a person as of a day: numbers, days, yes or no, one of a list. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mdt.panels.rules import Answer, Field, FieldKind, Value, YesNo, as_question, is_old, said_day
from network.vocabulary import Word

# A day on which nothing ever happened, such as a sight test that never was.
NEVER = "never"
LONGEST_SOURCE = 160


class FactOrigin(Word):
    """Where a fact comes from."""

    CONTRIBUTION = "contribution", "A contribution"
    SUMMARY = "summary", "The referrer's summary, checked"
    LIST = "list", "A list of a risk search"
    BY_HAND = "by_hand", "Written down here"
    RECORD = "record", "The person's own record"


@dataclass(frozen=True)
class Fact:
    """One thing known of a person: as of which day, and who said so."""

    key: str
    value: Value
    as_at: date
    source: str

    def is_old(self, today: date) -> bool:
        """Say whether it is too old to build on."""
        return is_old(self.as_at, today)


@dataclass(frozen=True)
class FactSpec:
    """What one fact is: how it is written down, and how a prompt gives it as a reason."""

    field: Field
    says: Mapping[str, str]
    group: str
    is_derived: bool = False

    def __post_init__(self) -> None:
        wanted = set(self.field.words) or ({"", NEVER} if self.field.kind is FieldKind.DAY else {""})
        if set(self.says) != wanted:
            raise ValueError(f"{self.key}: say it for each answer, and for nothing else.")
        if "" in self.says and "{}" not in self.says[""]:
            raise ValueError(f"{self.key}: the words have no place for its value.")

    @property
    def key(self) -> str:
        return self.field.name

    @property
    def label(self) -> str:
        return self.field.label

    def wrong_with(self, value: Value, today: date) -> str:
        """Say what is wrong with a value, or nothing."""
        if self.field.kind is FieldKind.DAY and value == NEVER:
            return ""
        if self.field.kind is FieldKind.WORDS and not str(value).strip():
            return f"{self.label}: enter what is known."
        if self.field.kind is FieldKind.NUMBER and isinstance(value, bool):
            return self.field.wrong_with("", today)
        return self.field.wrong_with(value, today)

    def read(self, kept: str) -> Value:
        """Read a value as it was kept: a number as one, all else as it is written."""
        if self.field.kind is not FieldKind.NUMBER:
            return kept
        return int(kept) if kept.isdecimal() else float(kept)

    def said(self, value: Value, today: date) -> str:
        """Say a value as its readers see it."""
        if self.field.kind is FieldKind.DAY and value == NEVER:
            return "Never, or none on record"
        return self.field.said(value, today)

    def reason(self, value: Value) -> str:
        """Say a value as a prompt gives it for a reason."""
        if str(value) in self.says:
            return self.says[str(value)]
        words = said_day(day) if (day := day_in(value)) and self.field.kind is FieldKind.DAY else str(value)
        return self.says.get("", "{}").format(words)


@dataclass(frozen=True)
class FactPack:
    """All facts that prompts may know of."""

    version: str
    specs: Mapping[str, FactSpec] = field(default_factory=dict)

    def in_groups(self) -> dict[str, list[FactSpec]]:
        """Give the facts under their headings."""
        found: dict[str, list[FactSpec]] = {}
        for spec in self.specs.values():
            found.setdefault(spec.group, []).append(spec)
        return found


def as_fact_pack(raw: Mapping[str, Any]) -> FactPack:
    """Check the list of facts as it was read."""
    specs = [_as_spec(group["name"], each) for group in raw["groups"] for each in group["facts"]]
    found = {spec.key: spec for spec in specs}
    if len(found) < len(specs):
        raise ValueError("Two facts have the same name.")
    return FactPack(str(raw["version"]), found)


def wrong_with_fact(spec: FactSpec, answer: Answer, today: date) -> str:
    """Say what is wrong with something that is to be noted, or nothing."""
    if spec.is_derived:
        return f"{spec.label}: this is worked out, not written down."
    if answer.as_at > today:
        return f"{spec.label}: enter a day up to today for when this was known."
    return spec.wrong_with(answer.value, today)


def latest_of(facts: Iterable[Fact]) -> dict[str, Fact]:
    """Return of each fact the one that counts: as of the latest day; of one day, the one noted last."""
    found: dict[str, Fact] = {}
    for each in facts:
        if each.key not in found or each.as_at >= found[each.key].as_at:
            found[each.key] = each
    return found


def facts_in(answers: Mapping[str, Answer], fields: Iterable[Field]) -> dict[str, Answer]:
    """Read the facts out of what a discipline answered: the panel says which answer is which fact."""
    found = {}
    for each in fields:
        answer = answers.get(each.name)
        if answer is None or not each.fact:
            continue
        # A choice of which nothing is said, such as no papers of sight loss, is no fact.
        value = each.fact_values.get(str(answer.value)) if each.fact_values else answer.value
        if value is not None:
            found[each.fact] = Answer(value, answer.as_at)
    return found


def derived_of(
    *,
    born_on: date,
    lives_alone: bool | None,
    housebound: bool | None,
    care_home: str,
    recorded_on: date,
    strain_on: date | None,
    today: date,
) -> list[Fact]:
    """Give as facts what a person's own record says, as of the day on which it was last saved."""
    age = today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))
    found = [Fact("age", age, today, "date of birth")]
    for key, holds in (("lives_alone", lives_alone), ("housebound", housebound), ("care_home", care_home)):
        # An empty line for a care home may only mean that nobody has asked.
        if holds is not None and holds != "":
            found.append(Fact(key, _yes(bool(holds)), recorded_on, "the person's record"))
    if strain_on is not None:
        found.append(Fact("carer_strain", YesNo.YES.value, strain_on, "the referral"))
    return found


def day_in(value: Value) -> date | None:
    """Read a value as a day, None where it is none."""
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _yes(holds: bool) -> str:
    return (YesNo.YES if holds else YesNo.NO).value


def _as_spec(group: str, raw: Mapping[str, Any]) -> FactSpec:
    given = dict(raw)
    says, never = given.pop("says"), given.pop("never", None)
    is_derived = given.pop("derived", False)
    words = dict(says) if isinstance(says, Mapping) else {"": says}
    if never is not None:
        words[NEVER] = never
    return FactSpec(as_question(given), words, group, is_derived)
