"""Choosing which prompts a network uses, and with which numbers."""

from collections.abc import Mapping

from mdt.prompts.queries import find_setting, rule_of
from mdt.prompts.records import PromptSetting
from mdt.prompts.rules import wrong_with_choice
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import ChangedAtOnce, command
from network.plumbing.database import db, now
from network.plumbing.refusals import Invalid


@command
def choose_prompt(
    actor: Actor, code: str, *, is_on: bool, thresholds: Mapping[str, float], seen: int
) -> None:
    """Turn a prompt on or off and set its numbers; `seen` is the version that was looked at, 0 for none."""
    require(actor.may(Permission.BUILD_LISTS))
    rule = rule_of(code)
    wanted = {name: value for name, value in thresholds.items() if name in rule.defaults}
    if wrong := wrong_with_choice(rule, wanted):
        raise Invalid(wrong)
    row = find_setting(code)
    if (row.row_version if row else 0) != seen:
        raise ChangedAtOnce
    if row is None:
        row = PromptSetting(code=code)
        db.session.add(row)
    row.is_on, row.thresholds = is_on, wanted
    row.changed_by, row.changed_at = actor.name, now()
    db.session.flush()
    record(actor, "choose_prompt", "prompt_setting", row.id, code=code, is_on=is_on, thresholds=wanted)
