"""A case that was opened in an emergency, as tests start from it."""

import uuid

from mdt.emergencies.commands import open_in_emergency, review_emergency
from mdt.emergencies.queries import own_openings
from mdt.emergencies.rules import EmergencyKind, Finding, Wanted
from network.access.rules import Role
from tests.cast import Cast
from tests.mdt.scene import NUMBERS, refer

CARING, DANGER = EmergencyKind.CARING_NOW, EmergencyKind.DANGER
EDITH_BY_NUMBER = Wanted(NUMBERS[0])
WHY = "Found on the floor, confused; medicines not known."


def opened(cast: Cast, role: Role = Role.CLINICIAN, kind: EmergencyKind = CARING) -> uuid.UUID:
    """Let one of the cast open somebody whom the charity referred."""
    refer(cast, Role.VOLUNTARY_MEMBER)
    assert open_in_emergency(cast[role], EDITH_BY_NUMBER, kind, WHY)
    return own_openings(cast[role])[0].opening.id


def to_be_explained(cast: Cast, role: Role = Role.CLINICIAN) -> uuid.UUID:
    """Let the review ask for more."""
    opening_id = opened(cast, role)
    review_emergency(cast[Role.GOVERNANCE_LEAD], opening_id, Finding.TO_BE_EXPLAINED, "Who rang you?")
    return opening_id
