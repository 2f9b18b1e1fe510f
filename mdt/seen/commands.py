"""Keeping whose data a page showed, where nothing else did, and who read who saw what."""

import uuid
from collections.abc import Collection

from mdt.seen.queries import get_person_for
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command

# Those who hold none of these meet nobody's name on any page.
MEET = (Permission.SEE_CASES, Permission.REFER_CASES, Permission.SEE_SHARING, Permission.MERGE_PEOPLE)


@command
def note_page(actor: Actor, page: str, people: Collection[uuid.UUID]) -> None:
    """Keep that a page showed one person's data, or the names of some."""
    require(any(actor.may_somewhere(permission) for permission in MEET))
    if len(people) == 1:
        record(actor, "see_person", "patient", next(iter(people)), page=page)
    else:
        record(actor, "see_people", "network", actor.network_id, page=page, people=sorted(map(str, people)))


@command
def note_seen_read(actor: Actor, patient_id: uuid.UUID) -> None:
    """Keep that somebody read who saw what of a person."""
    get_person_for(actor, patient_id)
    record(actor, "open_seen", "patient", patient_id)
