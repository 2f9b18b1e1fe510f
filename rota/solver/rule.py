"""The interface of rules: what a rule is, in words and numbers, and the two ways it speaks to a model.

A personal rule speaks of one person and is told as `enforce(person, pattern)` on that person's own cells: it
serves the whole model and the pricing of one person's pattern alike. A linking rule ties people together and
is told as `rows()`. Each has a twin for the eye, `found_in`, which looks at a finished plan without any
solver.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Generic, TypeVar

from rota.solver.result import TIERS
from rota.solver.row import Row, Sum

PersonT = TypeVar("PersonT")
PatternT = TypeVar("PatternT")
CellsT = TypeVar("CellsT")
SeenT = TypeVar("SeenT")
ScopeT = TypeVar("ScopeT")

SEVERITIES = ("H0", "H1", "soft")
HARD_TIER = TIERS[0]


@dataclass(frozen=True)
class RuleChoice:
    """A rule as the network holds it: where it bites, how hard, with which numbers, for which contracts.

    `severity` is "H0" (law, eligibility, physics), "H1" (hard, but a named person may override) or "soft";
    `tier` and `weight` price what is soft. `contracts` None means all contract types; those in `exempt` are
    let off.
    """

    code: str
    severity: str
    tier: str
    weight: int
    parameters: Mapping[str, int | str] = field(default_factory=dict)
    contracts: frozenset[str] | None = None
    exempt: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.severity not in SEVERITIES:
            raise ValueError(f"{self.code}: severity must be H0, H1 or soft, not {self.severity!r}.")
        if self.tier not in TIERS or self.tier == HARD_TIER:
            raise ValueError(f"{self.code}: tier must be one of {', '.join(TIERS[1:])}, not {self.tier!r}.")
        if self.weight < 0:
            raise ValueError(f"{self.code}: weight must be 0 or more, not {self.weight}.")

    def covers(self, contract: str) -> bool:
        """Say whether the rule binds people on this contract."""
        return contract not in self.exempt and (self.contracts is None or contract in self.contracts)


@dataclass(frozen=True)
class Card:
    """What a rulebook shows of a rule, and its defaults. `parameter_words` says what each number means."""

    code: str
    name: str
    words: str
    source: str
    severity: str
    tier: str
    weight: int = 1
    parameters: Mapping[str, int | str] = field(default_factory=dict)
    parameter_words: Mapping[str, str] = field(default_factory=dict)
    effective: date | None = None
    exempt: frozenset[str] = frozenset()

    def as_choice(self) -> RuleChoice:
        """Give the rule with its defaults."""
        return RuleChoice(
            self.code, self.severity, self.tier, self.weight, self.parameters, exempt=self.exempt
        )


@dataclass(frozen=True)
class Finding:
    """What a rule found in a plan: how much, about whom, in a sentence for managers and one for peers."""

    code: str
    severity: str
    tier: str
    amount: int
    size: int
    about: str
    said: str
    said_to_peers: str
    person: str | None = None
    session: int | None = None
    duty: int | None = None

    @property
    def is_breach(self) -> bool:
        return self.tier == HARD_TIER


class Rule(ABC):
    """A rule with the network's choice of severity and numbers."""

    card: ClassVar[Card]

    def __init__(self, choice: RuleChoice) -> None:
        self.choice = choice

    @property
    def is_hard(self) -> bool:
        return self.choice.severity != "soft"

    def number(self, name: str) -> int:
        return int(self.choice.parameters.get(name, self.card.parameters[name]))

    def text(self, name: str) -> str:
        return str(self.choice.parameters.get(name, self.card.parameters[name]))

    def row(
        self,
        name: str,
        amount: Sum,
        most: int,
        *,
        unit: int = 1,
        slack: str = "",
        soft: bool = False,
        times: int = 1,
        tier: str = "",
        rank: int = 0,
    ) -> Row:
        """Say that an amount is at most so much, as hard as the rule is, or softly."""
        if self.is_hard and not soft:
            return Row(f"{self.card.code} {name}", amount, most, unit)
        price = times * self.choice.weight
        shared = f"{self.card.code} {slack}" if slack else ""
        where = tier or self.choice.tier
        return Row(f"{self.card.code} {name}", amount, most, unit, where, price, shared, rank)

    def finding(
        self,
        size: int,
        about: str,
        said: str,
        *,
        peers: str = "Not available.",
        soft: bool = False,
        times: int = 1,
        tier: str = "",
        severity: str = "",
        person: str | None = None,
        session: int | None = None,
        duty: int | None = None,
    ) -> Finding:
        """Tell of a breach or a cost, as hard as the rule is, or softly."""
        code = self.card.code
        if self.is_hard and not soft:
            grade = severity or self.choice.severity
            return Finding(code, grade, HARD_TIER, size, size, about, said, peers, person, session, duty)
        amount = size * times * self.choice.weight
        where = tier or self.choice.tier
        return Finding(code, "soft", where, amount, size, about, said, peers, person, session, duty)


class PersonalRule(Rule, Generic[PersonT, PatternT, SeenT]):
    """A rule about one person's own pattern."""

    @abstractmethod
    def enforce(self, person: PersonT, pattern: PatternT) -> None:
        """Tell the rule to a model, on this person's own cells."""

    @abstractmethod
    def found_in(self, person: PersonT, seen: SeenT) -> Iterator[Finding]:
        """Look for breaches and costs in this person's part of a plan."""


class LinkingRule(Rule, Generic[CellsT, SeenT, ScopeT]):
    """A rule that ties people together."""

    @abstractmethod
    def rows(self, cells: CellsT) -> Iterator[Row]:
        """Tell the rule to a model, as rows over everybody's cells."""

    @abstractmethod
    def found_in(self, seen: SeenT, scope: ScopeT) -> Iterator[Finding]:
        """Look for breaches and costs in a plan, or in the sessions of a scope."""
