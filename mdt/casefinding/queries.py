"""The queue: whom the network's rule finds among those whom lists named, and why."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from sqlalchemy import select

from mdt.casefinding.records import FindingRule
from mdt.casefinding.rules import Rule, Weighed, is_looked_at, of_plain, weigh
from mdt.findings.queries import Found, columns, facts_of, opened, waiting_for
from mdt.findings.records import Finding
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.plumbing.database import db, today

PACK = Path(__file__).parent / "packs" / "rule.yaml"
SHOWN_OF_A_TRIAL = 12


@dataclass(frozen=True)
class Placed:
    """Somebody in the queue, and what counts for them."""

    finding: Finding
    weighed: Weighed


@dataclass(frozen=True)
class Trial:
    """What another rule would change, with the first of those whom it would bring in or leave out."""

    before: int
    after: int
    comes_in: list[Found]
    falls_out: list[Found]
    comes_in_count: int
    falls_out_count: int


@cache
def first_rule() -> Rule:
    """Return the rule of a network that has set none."""
    return of_plain(yaml.safe_load(PACK.read_text(encoding="utf-8")), columns())


def rule_row() -> FindingRule | None:
    """Return the rule that counts, as it was set; None where the network has set none."""
    rows = select(FindingRule).order_by(FindingRule.made_at.desc()).limit(1)
    return db.session.scalars(rows).one_or_none()


def rule_now() -> Rule:
    """Return the rule that counts."""
    row = rule_row()
    return of_plain(row.criteria, columns()) if row else first_rule()


def placed_for(viewer: Actor, rule: Rule | None = None) -> tuple[list[Placed], list[Placed]]:
    """Return who is in the queue, those for whom most counts first, and who of those waiting is not."""
    require(viewer.may_somewhere(Permission.FIND_CASES))
    rule, day = rule or rule_now(), today()
    all_of_them = [Placed(row, weigh(rule, facts_of(row), columns(), day)) for row in waiting_for(viewer)]
    # Of those for whom the same counts, who has waited longest comes first.
    ordered = sorted(all_of_them, key=lambda each: (-each.weighed.counts, each.finding.first_listed_on))
    return (
        [each for each in ordered if is_looked_at(rule, each.weighed)],
        [each for each in ordered if not is_looked_at(rule, each.weighed)],
    )


def trial_for(viewer: Actor, rule: Rule) -> Trial:
    """Return what another rule would change today; nothing is written."""
    before = {each.finding.id: each.finding for each in placed_for(viewer)[0]}
    after = {each.finding.id: each.finding for each in placed_for(viewer, rule)[0]}
    comes_in = [row for key, row in after.items() if key not in before]
    falls_out = [row for key, row in before.items() if key not in after]
    return Trial(
        len(before),
        len(after),
        opened(viewer, comes_in[:SHOWN_OF_A_TRIAL]),
        opened(viewer, falls_out[:SHOWN_OF_A_TRIAL]),
        len(comes_in),
        len(falls_out),
    )


def because_of(found: Found) -> Weighed:
    """Return what counts for somebody by the rule that counts."""
    return weigh(rule_now(), found.facts, columns(), today())
