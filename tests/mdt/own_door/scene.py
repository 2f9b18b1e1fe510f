"""Links to people's own pages, as tests start from them."""

import uuid
from dataclasses import replace
from datetime import timedelta

from mdt.own_door.commands import Wanted, make_own_door
from mdt.own_door.queries import DoorSeen, find_door_by, find_open_door
from mdt.story.commands import add_carer, note_statement
from mdt.story.rules import CarerDetails, CarerRole, Heard, StatementKind
from network.access.rules import Role
from network.plumbing.database import today
from tests.cast import Cast

COORDINATOR = Role.CARE_COORDINATOR
BORN = {"day": "4", "month": "3", "year": "1941"}


def wanted(**changes: object) -> Wanted:
    safe = Wanted(today() + timedelta(days=30), is_safe=True, handed_over="On her own phone.")
    return replace(safe, **changes)


def make_link(cast: Cast, patient_id: uuid.UUID, **changes: object) -> str:
    """Make a link as the coordinator does, and return its token."""
    return make_own_door(cast[COORDINATOR], patient_id, wanted(**changes))


def door_of(token: str) -> tuple[uuid.UUID, bytes]:
    """Return the door and the secret of a link."""
    named = find_door_by(token)
    assert named
    return named[1], named[2]


def opened(token: str) -> DoorSeen:
    seen = find_open_door(*door_of(token))
    assert seen
    return seen


def said(
    cast: Cast, patient_id: uuid.UUID, words: str = "My allotment.", said_by: str = "Edith"
) -> uuid.UUID:
    heard = Heard(StatementKind.MATTERS, words, said_by, "A Nurse", today() - timedelta(days=30))
    return note_statement(cast[COORDINATOR], patient_id, heard)


def make_carer(cast: Cast, patient_id: uuid.UUID, **changes: object) -> uuid.UUID:
    details = CarerDetails("Ann Example", "daughter", role=CarerRole.PARTNER, patient_agrees=True)
    return add_carer(cast[COORDINATOR], patient_id, replace(details, **changes))
