"""The rulebook of a network: the pack, and over it what the network has set."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path

import yaml
from sqlalchemy import select

from network.access.guard import require
from network.access.rules import Actor, Permission
from network.plumbing.database import db
from network.plumbing.refusals import NotFound
from network.vocabulary import ContractType
from rota.rulebook.records import RuleSetting
from rota.rulebook.rules import Pack, PackRule, RuleEdit, Severity, Tier, as_choice, as_pack
from rota.solver.rule import RuleChoice

PACK = Path(__file__).parent / "packs" / "england.yaml"


@dataclass(frozen=True)
class RuleSeen:
    """A rule of the pack with the network's setting; version 0 is the default that nobody has touched."""

    rule: PackRule
    edit: RuleEdit
    accepted_by: str = ""
    accepted_at: datetime | None = None
    row_version: int = 0

    @property
    def is_default(self) -> bool:
        return self.edit == self.rule.default


def rules_for_planning() -> tuple[RuleChoice, ...]:
    """Return the rules of rotas that are on in the current network, in the pack's order."""
    return tuple(
        as_choice(seen.rule, seen.edit)
        for seen in _rules().values()
        if seen.edit.is_on and seen.rule.is_for_planning and not seen.rule.is_for_rotations
    )


def rules_for_rotations() -> tuple[RuleChoice, ...]:
    """Return the rules of rotations that are on in the current network, in the pack's order."""
    return tuple(
        as_choice(seen.rule, seen.edit)
        for seen in _rules().values()
        if seen.edit.is_on and seen.rule.is_for_rotations
    )


def rulebook_for(viewer: Actor) -> list[tuple[str, list[RuleSeen]]]:
    """Return the rules by chapter."""
    require(viewer.may(Permission.SEE_RULEBOOK), seen=False)
    rules = _rules()
    return [(chapter.title, [rules[rule.code] for rule in chapter.rules]) for chapter in pack().chapters]


def get_rule_for(viewer: Actor, code: str) -> RuleSeen:
    """Return one rule."""
    require(viewer.may(Permission.SEE_RULEBOOK), seen=False)
    if code not in pack().rules:
        raise NotFound
    return _rules()[code]


@cache
def pack() -> Pack:
    """Read the pack of England, once."""
    return as_pack(yaml.safe_load(PACK.read_text()))


def as_edit(row: RuleSetting) -> RuleEdit:
    """Give a setting as a value."""
    return RuleEdit(
        is_on=row.is_on,
        severity=Severity(row.severity),
        tier=Tier(row.tier),
        weight=row.weight,
        parameters=dict(row.parameters),
        contracts=None if row.contracts is None else frozenset(ContractType(each) for each in row.contracts),
        source=row.source,
        effective_from=row.effective_from,
    )


def _rules() -> dict[str, RuleSeen]:
    rows = {row.code: row for row in db.session.scalars(select(RuleSetting))}
    return {code: _seen(rule, rows.get(code)) for code, rule in pack().rules.items()}


def _seen(rule: PackRule, row: RuleSetting | None) -> RuleSeen:
    if row is None:
        return RuleSeen(rule, rule.default)
    edit = as_edit(row)
    # What a later pack asks for as well has its default until somebody sets it.
    known = {each.name for each in rule.parameters}
    kept = {name: value for name, value in edit.parameters.items() if name in known}
    edit = replace(edit, parameters={**rule.default.parameters, **kept})
    return RuleSeen(rule, edit, row.accepted_by, row.accepted_at, row.row_version)
