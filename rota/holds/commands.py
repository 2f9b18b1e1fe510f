"""Keeping people's time for a meeting, and letting it go."""

import uuid
from collections.abc import Sequence

from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.people.queries import known_people
from network.plumbing.commands import command
from network.plumbing.database import db, now
from network.plumbing.refusals import Invalid, NotFound
from rota.holds.queries import find_hold
from rota.holds.records import HeldPerson, Hold
from rota.holds.rules import Holding, everybody_in, wrong_with


@command
def hold_time(actor: Actor, holding: Holding) -> uuid.UUID:
    """Keep people's time for a meeting and return the hold; held again by the same key, it is replaced."""
    require(actor.may_somewhere(Permission.CONTRIBUTE))
    if wrong := wrong_with(holding):
        raise Invalid(wrong)
    everybody = everybody_in(holding)
    if known_people(actor, everybody) != everybody:
        raise NotFound("Choose people who work in this network.")
    row = find_hold(holding.key) or Hold(key=holding.key)
    row.day, row.starts, row.ends = holding.day, holding.starts, holding.ends
    row.site_id, row.released_at = holding.site_id, None
    row.least = {need.discipline.value: need.least for need in holding.quorum}
    db.session.add(row)
    db.session.flush()
    _write_people(row, holding)
    record(actor, "hold_time", "hold", row.id, day=row.day.isoformat(), people=len(everybody))
    return row.id


@command
def release_time(actor: Actor, key: uuid.UUID) -> None:
    """Let the time that was kept for a meeting go."""
    require(actor.may_somewhere(Permission.CONTRIBUTE))
    row = find_hold(key)
    if row is None:
        raise NotFound
    row.released_at, row.short = row.released_at or now(), []
    record(actor, "release_time", "hold", row.id, day=row.day.isoformat())


def note_short(hold: Hold, short: Sequence[str]) -> bool:
    """Keep what the rota cannot keep of a meeting, and say whether that changed; part of a command."""
    if list(short) == hold.short:
        return False
    hold.short = list(short)
    return True


def _write_people(row: Hold, holding: Holding) -> None:
    disciplines = {
        person_id: need.discipline for need in holding.quorum for person_id in sorted(need.person_ids)
    }
    known = {each.person_id: each for each in row.people}
    row.people = [
        known.get(person_id) or HeldPerson(person_id=person_id) for person_id in sorted(everybody_in(holding))
    ]
    for each in row.people:
        each.discipline = disciplines.get(each.person_id)
        each.is_needed = each.person_id in holding.needed
    db.session.flush()
