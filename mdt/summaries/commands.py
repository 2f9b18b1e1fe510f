"""Keeping, of what was read from a pasted summary, what somebody has checked."""

import uuid
from collections.abc import Collection

from mdt.cases.commands import lock_case, tell
from mdt.cases.queries import get_case_for
from mdt.facts.commands import keep_facts
from mdt.facts.rules import FactOrigin
from mdt.summaries.queries import to_check
from mdt.summaries.rules import facts_of
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import ENGLAND, today
from network.plumbing.refusals import Invalid


@command
def keep_checked(actor: Actor, case_id: uuid.UUID, names: Collection[str]) -> int:
    """Keep the counts and dates that somebody says are right, with their name and the day."""
    seen = get_case_for(actor, case_id)
    require(actor.may_somewhere(Permission.REFER_CASES))
    require(seen.access.standing.is_clinical or seen.case.referrer_id == actor.account_id)
    case = lock_case(seen.case)
    kept = [each for each in to_check(case) if each.name in names]
    if not kept:
        raise Invalid("Tick what is right, or leave it.")
    lines = [f"{each.name}: {each.said} (checked by {actor.name}, {today():%d/%m/%Y})" for each in kept]
    case.background = "\n".join([*case.background.splitlines(), *lines])
    pasted_on = case.made_at.astimezone(ENGLAND).date()
    if facts := facts_of(kept, pasted_on):
        source = f"{case.organisation.short_name}'s summary"
        keep_facts(actor, case.patient_id, facts, source, FactOrigin.SUMMARY, case.id)
    # Everybody on the case reads its history, what is clinical not everybody.
    tell(actor, case, f"{actor.name} checked what the summary says: {len(kept)} of its counts and dates.")
    record(actor, "keep_checked", "case", case.id, ref=case.ref, count=len(kept))
    return len(kept)
