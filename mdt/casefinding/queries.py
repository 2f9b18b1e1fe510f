"""The queue: whom the network's rule finds among those whom lists named, and why."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml
from sqlalchemy import select

from mdt.casefinding.records import FindingRule
from mdt.casefinding.rules import Rule, Weighed, is_looked_at, of_plain, weigh
from mdt.casefinding.wording import because_said
from mdt.findings.queries import (
    Found,
    columns,
    facts_of,
    findings_for,
    not_to_be_shown,
    opened,
    waiting_for,
)
from mdt.findings.records import Finding
from mdt.findings.rules import FindingState
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.plumbing.database import db, today

PACK = Path(__file__).parent / "packs" / "rule.yaml"
SHOWN_OF_A_TRIAL = 12
DECIDED = {
    "later": FindingState.NOT_NOW,
    "no": FindingState.NO,
    "referred": FindingState.REFERRED,
}


@dataclass(frozen=True)
class Placed:
    """Somebody in the queue, and what counts for them."""

    finding: Finding
    weighed: Weighed
    because: tuple[str, ...]


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
    all_of_them = [_placed(row, rule, day) for row in waiting_for(viewer)]
    # Of those for whom the same counts, who has waited longest comes first.
    ordered = sorted(all_of_them, key=lambda each: (-each.weighed.counts, each.finding.first_listed_on))
    return (
        [each for each in ordered if is_looked_at(rule, each.weighed)],
        [each for each in ordered if not is_looked_at(rule, each.weighed)],
    )


def shown_for(viewer: Actor, tab: str) -> list[Placed]:
    """Return who stands under a tab of the page."""
    if tab in ("queue", "others"):
        queue, others = placed_for(viewer)
        return queue if tab == "queue" else others
    rule, day = rule_now(), today()
    rows = [row for row in findings_for(viewer, [DECIDED[tab]]) if not is_back(row)]
    out = not_to_be_shown({row.patient_id for row in rows if row.patient_id})
    shown = [row for row in rows if row.patient_id not in out]
    return [_placed(row, rule, day) for row in shown]


def is_back(row: Finding) -> bool:
    """Say whether somebody waits again: their day has come, or their draft was thrown away."""
    if row.state is FindingState.NOT_NOW:
        return row.until is not None and row.until <= today()
    return row.state is FindingState.REFERRED and row.case_id is None


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


def because_of(found: Found) -> Placed:
    """Return what counts for somebody by the rule that counts."""
    return _placed(found.finding, rule_now(), today())


def _placed(row: Finding, rule: Rule, day: date) -> Placed:
    facts = facts_of(row)
    weighed = weigh(rule, facts, columns(), day)
    return Placed(row, weighed, because_said(weighed, facts, columns()))
