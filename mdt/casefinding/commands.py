"""Setting the rule by which a network looks at whom lists found, and taking their list out."""

import uuid
from collections.abc import Collection

from mdt.casefinding.queries import rule_now
from mdt.casefinding.records import FindingRule
from mdt.casefinding.rules import Rule, as_plain, wrong_with_rule
from mdt.casefinding.wording import criterion_said
from mdt.findings.queries import columns
from mdt.findings.records import FindingEvent
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db
from network.plumbing.refusals import Invalid

LONGEST_REASON = 200


@command
def set_rule(actor: Actor, rule: Rule) -> None:
    """Set the rule from now on; those before it stay to be read. Whoever was decided about stays so."""
    require(actor.may(Permission.FIND_CASES))
    if wrong := wrong_with_rule(rule, columns()):
        raise Invalid(wrong)
    if rule == rule_now():
        raise Invalid("This is the rule already. Change something, or leave it.")
    db.session.add(FindingRule(criteria=as_plain(rule), made_by=actor.name))
    said = [criterion_said(each, columns()) for each in rule.criteria]
    record(actor, "set_finding_rule", "network", actor.network_id, needs=rule.needs, criteria=said)


@command
def note_findings_taken_out(
    actor: Actor,
    finding_ids: Collection[uuid.UUID],
    people: Collection[uuid.UUID],
    *,
    reason: str,
    is_direct_care: bool,
) -> None:
    """Keep that somebody took out a list of people with their names, whose care they are in charge of."""
    require(actor.may_somewhere(Permission.FIND_CASES))
    if not is_direct_care:
        raise Invalid("Tick that this is for these people's own care: for anything else, use figures.")
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise Invalid(f"Enter what the list is for, in at most {LONGEST_REASON} characters, without names.")
    # What somebody types may name anybody: it stands with each of these people, sealed, and not in the trail.
    said = f"Taken out on a list with names, for: {reason.strip()}"
    db.session.add_all(FindingEvent(finding_id=each, said=said, by=actor.name) for each in finding_ids)
    record(
        actor,
        "export_findings",
        "network",
        actor.network_id,
        findings=sorted(map(str, finding_ids)),
        people=sorted(map(str, people)),
    )
