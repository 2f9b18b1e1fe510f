"""Setting the terms of leave, and adding to somebody's allowance."""

import uuid
from datetime import date

from network.access.guard import require
from network.access.rules import Actor
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db
from network.plumbing.refusals import Invalid
from rota.allowances.queries import get_allowance_for
from rota.allowances.records import AllowanceLine
from rota.allowances.rules import MOST_SESSIONS, LineKind

LONGEST_REASON = 300


@command
def add_to_allowance(
    actor: Actor, member_id: uuid.UUID, day: date, kind: LineKind, sessions: float, reason: str
) -> uuid.UUID:
    """Add sessions to, or with a minus take them from, the leave year of a day, and say why."""
    seen = get_allowance_for(actor, member_id, day)
    require(seen.may_change)
    minutes = round(sessions * seen.balance.session_minutes)
    if not minutes or abs(sessions) > MOST_SESSIONS:
        raise Invalid(f"Enter sessions from -{MOST_SESSIONS} to {MOST_SESSIONS}, but not 0.")
    if not reason.strip():
        raise Invalid("Enter the reason: the person reads it.")
    if len(reason) > LONGEST_REASON:
        raise Invalid(f"Shorten the reason to {LONGEST_REASON} characters.")
    line = AllowanceLine(
        member_id=member_id,
        year_starts_on=seen.balance.year.first,
        kind=kind,
        minutes=minutes,
        reason=reason.strip(),
        by=actor.name,
    )
    db.session.add(line)
    db.session.flush()
    record(
        actor,
        "add_to_allowance",
        "rota_member",
        member_id,
        year=str(line.year_starts_on),
        kind=kind.value,
        minutes=minutes,
    )
    return line.id
