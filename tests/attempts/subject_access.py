import uuid

from mdt.subject_access import commands as copies
from mdt.subject_access.rules import AskedBy, RequestOutcome
from network.access.rules import Role
from network.plumbing.database import today
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.mdt.scene import refer

COORDINATOR = Role.CARE_COORDINATOR


def asked_for_copy(cast: Cast) -> uuid.UUID:
    """Somebody asked for a copy today."""
    return copies.record_request(cast[COORDINATOR], refer(cast).patient_id, AskedBy.PERSON, today())


@attempt(copies.record_request)
def _record_request(cast: Cast):
    return by(cast[COORDINATOR], refer(cast).patient_id, AskedBy.PERSON, today())


@attempt(copies.make_copy)
def _make_copy(cast: Cast):
    return by(cast[COORDINATOR], asked_for_copy(cast))


@attempt(copies.end_request)
def _end_request(cast: Cast):
    return by(cast[COORDINATOR], asked_for_copy(cast), RequestOutcome.GIVEN, today())


@attempt(copies.reopen_request)
def _reopen_request(cast: Cast):
    request_id = asked_for_copy(cast)
    copies.end_request(cast[COORDINATOR], request_id, RequestOutcome.GIVEN, today())
    return by(cast[COORDINATOR], request_id)
