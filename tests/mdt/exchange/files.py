"""Files that others send, as tests bring them in."""

import json
import uuid
from typing import Any

from mdt.exchange.commands import bring_record
from mdt.exchange.rules import NHS_NUMBER
from network.access.rules import Role
from tests.cast import Cast
from tests.mdt.scene import refer

EDITH_SENT: dict[str, Any] = {
    "resourceType": "Patient",
    "identifier": [{"system": NHS_NUMBER, "value": "9990000018"}],
    "name": [{"use": "official", "family": "Specimen", "given": ["Edith"], "prefix": ["Mrs"]}],
    "gender": "female",
    "birthDate": "1941-03-04",
    "telecom": [{"system": "phone", "value": "01632 960001"}],
}
PLAN_SENT: dict[str, Any] = {
    "resourceType": "CarePlan",
    "activity": [{"detail": {"code": {"text": "Walking"}, "description": "To the gate and back"}}],
}
GOAL_SENT: dict[str, Any] = {"resourceType": "Goal", "description": {"text": "The allotment again"}}


def bundle(*resources: dict[str, Any]) -> bytes:
    entries = [{"resource": each} for each in resources]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}).encode()


def brought(cast: Cast, role: Role = Role.CLINICIAN) -> uuid.UUID:
    """Refer Edith, and bring a file about her in."""
    refer(cast)
    return bring_record(cast[role], bundle(EDITH_SENT, PLAN_SENT, GOAL_SENT))
