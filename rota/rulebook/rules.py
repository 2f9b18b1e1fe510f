"""What a rulebook holds: the rules of a pack, how a network may set them, and what can be wrong with that."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from network.vocabulary import ContractType, JobRole, SessionKind, Word
from rota.solver.rule import RuleChoice

Value = int | str


class Severity(Word):
    LAW = "H0", "Never broken"
    HARD = "H1", "Broken only with a reason"
    SOFT = "soft", "Avoided"


class Tier(Word):
    SAFETY = "T1", "Safety first"
    STABILITY = "TS", "Few changes"
    SERVICE = "T2", "Service and contract"
    FAIRNESS = "T3", "Fairness"
    PREFERENCE = "T4", "Wishes and continuity"
    COST = "T5", "Cost"


# What a network may choose; few changes are a matter of one rule alone.
TIERS = tuple(tier for tier in Tier if tier is not Tier.STABILITY)
MOST_WEIGHT = 1000
LONGEST_SOURCE = 300


class ParameterKind(Word):
    NUMBER = "number", "Number"
    SWITCH = "switch", "Yes or no"
    SESSION = "session", "A session"
    SESSIONS = "sessions", "Sessions"
    ROLES = "roles", "Job roles"
    ONE_OF = "one_of", "One of a list"
    SEVERAL_OF = "several_of", "Several of a list"


# The words that a parameter of each kind may hold, and whether it may hold several.
CHOICES: dict[ParameterKind, type[Word]] = {
    ParameterKind.SESSION: SessionKind,
    ParameterKind.SESSIONS: SessionKind,
    ParameterKind.ROLES: JobRole,
}


@dataclass(frozen=True)
class Parameter:
    """One number or word of a rule, with its label, unit and range, or the words it offers."""

    name: str
    label: str
    kind: ParameterKind
    default: Value
    unit: str = ""
    low: int = 0
    high: int = 0
    of: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if sentence := self.wrong_with(self.default):
            raise ValueError(f"{self.name}: the default {self.default!r} does not fit. {sentence}")

    @property
    def takes_several(self) -> bool:
        return self.kind in (ParameterKind.SESSIONS, ParameterKind.ROLES, ParameterKind.SEVERAL_OF)

    def wrong_with(self, value: object) -> str:
        """Say what is wrong with a value, or nothing."""
        if self.kind in (ParameterKind.NUMBER, ParameterKind.SWITCH):
            low, high = (self.low, self.high) if self.kind is ParameterKind.NUMBER else (0, 1)
            fits = isinstance(value, int) and low <= value <= high
            return "" if fits else f"{self.label}: enter a whole number from {low} to {high}."
        if not isinstance(value, str):
            return f"{self.label}: choose from the list."
        words = [word for word in value.split(",") if word]
        if self.kind is ParameterKind.SESSION and len(words) != 1:
            return f"{self.label}: choose one session."
        known = {word.value for word in CHOICES.get(self.kind, ())} | set(self.of)
        return "" if known.issuperset(words) else f"{self.label}: choose from the list."


@dataclass(frozen=True)
class RuleEdit:
    """A rule as a network sets it; `contracts` None binds all contract types."""

    is_on: bool
    severity: Severity
    tier: Tier
    weight: int
    parameters: Mapping[str, Value]
    contracts: frozenset[ContractType] | None
    source: str
    effective_from: date


@dataclass(frozen=True)
class PackRule:
    """A rule of a pack with its defaults and what may be changed. `rule` is its code in the solver."""

    code: str
    rule: str
    name: str
    words: str
    severity: Severity
    may_be: tuple[Severity, ...]
    tier: Tier
    tiers: tuple[Tier, ...]
    weight: int
    source: str
    effective: date
    exempt: frozenset[ContractType] = frozenset()
    parameters: tuple[Parameter, ...] = ()
    # Some rules bite elsewhere, such as when leave is decided on.
    is_for_planning: bool = True

    @property
    def is_for_rotations(self) -> bool:
        """Say whether the rule is about learners' placements, not about rotas."""
        return self.rule.startswith("P")

    @property
    def is_fixed(self) -> bool:
        """Say whether law, eligibility or physics forbid to switch it off or to soften it."""
        return self.severity is Severity.LAW

    @property
    def default(self) -> RuleEdit:
        return RuleEdit(
            is_on=True,
            severity=self.severity,
            tier=self.tier,
            weight=self.weight,
            parameters={parameter.name: parameter.default for parameter in self.parameters},
            contracts=frozenset(ContractType) - self.exempt if self.exempt else None,
            source=self.source,
            effective_from=self.effective,
        )


@dataclass(frozen=True)
class Chapter:
    title: str
    rules: tuple[PackRule, ...]


@dataclass(frozen=True)
class Pack:
    """A set of rules with a name, in chapters."""

    name: str
    chapters: tuple[Chapter, ...] = field(default=())

    @property
    def rules(self) -> dict[str, PackRule]:
        """The rules by code, in the pack's order."""
        return {rule.code: rule for chapter in self.chapters for rule in chapter.rules}


def as_pack(raw: Mapping[str, Any]) -> Pack:
    """Check a pack as it was read from its file; what does not fit is a ValueError that names it."""
    chapters = tuple(
        Chapter(chapter["title"], tuple(_as_rule(rule, raw["effective"]) for rule in chapter["rules"]))
        for chapter in raw["chapters"]
    )
    pack = Pack(raw["pack"], chapters)
    if len(pack.rules) != sum(len(chapter.rules) for chapter in chapters):
        raise ValueError(f"{pack.name}: a code stands twice.")
    return pack


def wrong_with_edit(rule: PackRule, edit: RuleEdit) -> dict[str, str]:
    """Say what is wrong with a setting, by the name of its question."""
    wrong: dict[str, str] = {}
    if rule.is_fixed and not edit.is_on:
        wrong["is_on"] = f"'{rule.name}' cannot be switched off: it is law, eligibility or physics."
    if edit.severity not in rule.may_be:
        wrong["severity"] = f"'{rule.name}' must stay '{' or '.join(each.label for each in rule.may_be)}'."
    if edit.tier not in rule.tiers:
        wrong["tier"] = f"'{rule.name}' must stay in '{rule.tier.label}'."
    if not 1 <= edit.weight <= MOST_WEIGHT:
        wrong["weight"] = f"Enter a weight from 1 to {MOST_WEIGHT}."
    if edit.contracts is not None and not edit.contracts:
        wrong["contracts"] = "Choose at least one contract type that the rule binds."
    if (
        rule.is_fixed
        and edit.contracts is not None
        and not edit.contracts >= frozenset(ContractType) - rule.exempt
    ):
        wrong["contracts"] = "The law binds these contract types: they cannot be left out."
    if not edit.source.strip():
        wrong["source"] = "Enter the source: the law, contract or local decision behind the rule."
    elif len(edit.source) > LONGEST_SOURCE:
        wrong["source"] = f"Shorten the source to {LONGEST_SOURCE} characters."
    return wrong | _wrong_with_parameters(rule, edit.parameters)


def changes(before: RuleEdit, after: RuleEdit) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what differs between two settings, before and after, as plain data."""
    pairs = [
        (each.name, _plain(getattr(before, each.name)), _plain(getattr(after, each.name)))
        for each in fields(before)
    ]
    differing = [(name, was, is_now) for name, was, is_now in pairs if was != is_now]
    return {name: was for name, was, _ in differing}, {name: is_now for name, _, is_now in differing}


def as_choice(rule: PackRule, edit: RuleEdit) -> RuleChoice:
    """Give the setting as the solver takes it."""
    contracts = None if edit.contracts is None else frozenset(contract.value for contract in edit.contracts)
    return RuleChoice(
        rule.rule, edit.severity.value, edit.tier.value, edit.weight, dict(edit.parameters), contracts
    )


def _wrong_with_parameters(rule: PackRule, values: Mapping[str, Value]) -> dict[str, str]:
    wrong = {
        parameter.name: sentence
        for parameter in rule.parameters
        if (sentence := parameter.wrong_with(values.get(parameter.name)))
    }
    if unknown := set(values) - {parameter.name for parameter in rule.parameters}:
        wrong["parameters"] = f"'{rule.name}' has no {', '.join(sorted(unknown))}."
    for low, high in (("soft_days", "hard_days"), ("most", "most_with_evening"), ("free_days", "days")):
        if not wrong and {low, high} <= set(values) and int(values[low]) > int(values[high]):
            labels = {parameter.name: parameter.label.lower() for parameter in rule.parameters}
            wrong[low] = f"The number for '{labels[low]}' cannot be above that for '{labels[high]}'."
    return wrong


def _as_rule(raw: Mapping[str, Any], effective: date) -> PackRule:
    try:
        severity, tier = Severity(raw["severity"]), Tier(raw["tier"])
        # What is never broken has no price to choose, so its tier stays.
        tiers = raw.get("tiers") or ([tier] if severity is Severity.LAW else TIERS)
        return PackRule(
            code=raw["code"],
            rule=raw.get("rule", raw["code"]),
            name=raw["name"],
            words=raw["words"],
            severity=severity,
            may_be=tuple(Severity(each) for each in raw.get("may_be", [severity])),
            tier=tier,
            tiers=tuple(Tier(each) for each in tiers),
            weight=raw["weight"],
            source=raw["source"],
            effective=raw.get("effective", effective),
            exempt=frozenset(ContractType(each) for each in raw.get("exempt", [])),
            parameters=tuple(_as_parameter(name, each) for name, each in raw.get("parameters", {}).items()),
            is_for_planning=raw.get("planning", True),
        )
    except (KeyError, TypeError, ValueError) as wrong:
        raise ValueError(f"Rule {raw.get('code')}: {wrong}") from wrong


def _as_parameter(name: str, raw: Mapping[str, Any]) -> Parameter:
    return Parameter(name, **{**raw, "kind": ParameterKind(raw["kind"])})


def _plain(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Mapping):
        return dict(value)
    return str(value) if isinstance(value, date) else value
