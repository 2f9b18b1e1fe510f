"""Setting the rules of a network, and accepting them."""

from sqlalchemy import select

from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, now, today
from network.plumbing.refusals import Invalid, NotFound, Refusal
from rota.rulebook.queries import as_edit, pack
from rota.rulebook.records import RuleSetting
from rota.rulebook.rules import PackRule, RuleEdit, changes, wrong_with_edit


@command
def ensure_rulebook(actor: Actor) -> int:
    """Write down the pack's defaults for what the network has no setting of; return how many."""
    _require_editor(actor)
    known = set(db.session.scalars(select(RuleSetting.code)))
    missing = [rule for code, rule in pack().rules.items() if code not in known]
    for rule in missing:
        _write(_new(rule), rule.default)
    db.session.flush()
    record(actor, "ensure_rulebook", "rulebook", pack=pack().name, added=[rule.code for rule in missing])
    return len(missing)


@command
def accept_rules(actor: Actor) -> int:
    """Accept, by name, every rule as it stands that nobody has accepted yet; return how many."""
    _require_editor(actor)
    ensure_rulebook(actor)
    waiting = list(db.session.scalars(select(RuleSetting).where(RuleSetting.accepted_at.is_(None))))
    for row in waiting:
        _accept(actor, row)
    record(actor, "accept_rules", "rulebook", codes=sorted(row.code for row in waiting))
    return len(waiting)


@command
def change_rule(actor: Actor, code: str, edit: RuleEdit, row_version: int) -> None:
    """Set a rule; who sets it accepts it. `row_version` is that of the setting the editor looked at."""
    rule = _rule_to_edit(actor, code)
    for sentence in wrong_with_edit(rule, edit).values():
        raise Invalid(sentence)
    if edit.effective_from > today():
        # Every rota is planned by the rulebook of today: a later day would be a promise that nothing keeps.
        raise Invalid("Enter today or an earlier day: a change is in force for every rota filled after it.")
    _set(actor, rule, edit, row_version, "change_rule")


@command
def reset_rule(actor: Actor, code: str, row_version: int) -> None:
    """Set a rule back to the pack's default."""
    rule = _rule_to_edit(actor, code)
    _set(actor, rule, rule.default, row_version, "reset_rule")


def _set(actor: Actor, rule: PackRule, edit: RuleEdit, row_version: int, verb: str) -> None:
    wanted = select(RuleSetting).where(RuleSetting.code == rule.code).with_for_update()
    row = db.session.scalars(wanted.execution_options(populate_existing=True)).one_or_none()
    if (row.row_version if row else 0) != row_version:
        who = row.accepted_by if row and row.accepted_by else "Somebody"
        raise Refusal(f"{who} changed this rule in the meantime. Load the page again and look at it first.")
    before, after = changes(as_edit(row) if row else rule.default, edit)
    row = row or _new(rule)
    _write(row, edit)
    _accept(actor, row)
    db.session.flush()
    record(actor, verb, "rule_setting", row.id, code=rule.code, before=before, after=after)


def _new(rule: PackRule) -> RuleSetting:
    row = RuleSetting(code=rule.code)
    db.session.add(row)
    return row


def _write(row: RuleSetting, edit: RuleEdit) -> None:
    row.is_on, row.severity, row.tier, row.weight = (
        edit.is_on,
        edit.severity.value,
        edit.tier.value,
        edit.weight,
    )
    row.parameters = dict(edit.parameters)
    row.contracts = None if edit.contracts is None else sorted(contract.value for contract in edit.contracts)
    row.source, row.effective_from = edit.source.strip(), edit.effective_from


def _accept(actor: Actor, row: RuleSetting) -> None:
    row.accepted_by, row.accepted_at = actor.name, now()


def _rule_to_edit(actor: Actor, code: str) -> PackRule:
    _require_editor(actor)
    rule = pack().rules.get(code)
    if rule is None:
        raise NotFound
    return rule


def _require_editor(actor: Actor) -> None:
    require(actor.may(Permission.EDIT_RULEBOOK), seen=actor.may(Permission.SEE_RULEBOOK))
