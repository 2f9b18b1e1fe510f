import uuid
from datetime import date

from mdt.merging import commands as merging
from mdt.patients.rules import Identity
from network.access.rules import Role
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.mdt.scene import refer

LEAD, COORDINATOR = Role.GOVERNANCE_LEAD, Role.CARE_COORDINATOR
BORN = date(1938, 6, 1)
SAID = {"taken": {}, "has_compared": True}


def make_pair(cast: Cast) -> tuple[uuid.UUID, uuid.UUID]:
    """Two entries that may be one person, made by two who do not know of each other's."""
    first = refer(cast, identity=Identity("Gemini", "Pat", BORN))
    second = refer(cast, Role.VOLUNTARY_MEMBER, Identity("Gemini", "Patricia", BORN))
    return first.patient_id, second.patient_id


@attempt(merging.note_compared)
def _note_compared(cast: Cast):
    return by(cast[LEAD], *make_pair(cast))


@attempt(merging.merge_people)
def _merge_people(cast: Cast):
    return by(cast[COORDINATOR], *make_pair(cast), "The practice said so.", **SAID)


@attempt(merging.part_people)
def _part_people(cast: Cast):
    merge_id = merging.merge_people(cast[COORDINATOR], *make_pair(cast), "The practice said so.", **SAID)
    return by(cast[COORDINATOR], merge_id)


@attempt(merging.tell_apart)
def _tell_apart(cast: Cast):
    return by(cast[COORDINATOR], *make_pair(cast))


@attempt(merging.take_back_telling_apart)
def _take_back_telling_apart(cast: Cast):
    pair = make_pair(cast)
    merging.tell_apart(cast[COORDINATOR], *pair)
    return by(cast[LEAD], *pair)
