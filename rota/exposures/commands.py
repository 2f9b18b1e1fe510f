"""Noting who took part in meetings and followed cases."""

from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.people.queries import known_people
from network.plumbing.commands import command
from network.plumbing.database import db
from network.plumbing.refusals import NotFound
from rota.exposures.queries import find_exposure
from rota.exposures.records import MeetingExposure
from rota.exposures.rules import Exposure


@command
def note_exposure(actor: Actor, exposure: Exposure) -> None:
    """Keep that somebody took part in a meeting or followed a case; noted again, it stays one."""
    require(actor.may_somewhere(Permission.CONTRIBUTE))
    if not known_people(actor, [exposure.person_id]):
        raise NotFound
    row = find_exposure(exposure) or MeetingExposure(person_id=exposure.person_id, key=exposure.key)
    row.discipline, row.day, row.kind = exposure.discipline, exposure.day, exposure.kind
    db.session.add(row)
    record(actor, "note_exposure", "person", exposure.person_id, day=exposure.day.isoformat())
