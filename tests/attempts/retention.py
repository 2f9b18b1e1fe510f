import uuid
from datetime import date

from mdt.cases.records import Case
from mdt.cases.rules import CaseState
from mdt.patients.rules import Identity
from mdt.removals import commands as removals
from mdt.retention import commands as retention
from mdt.retention.records import Removal
from mdt.retention.rules import Lengths
from network.access.rules import SYSTEM, Role
from network.plumbing.database import days_ago, db, today
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.mdt.scene import refer

LEAD, COORDINATOR = Role.GOVERNANCE_LEAD, Role.CARE_COORDINATOR
BYGONE = Identity("Bygone", "Val", date(1935, 6, 1))


def make_old(cast: Cast) -> Case:
    """Refer somebody whose only case was closed nine years ago."""
    with days_ago(9 * 366):
        case = refer(cast, identity=BYGONE)
        case.state, case.closed_on = CaseState.CLOSED, today()
        db.session.commit()
    return case


def propose(cast: Cast) -> uuid.UUID:
    return removals.propose_removal(cast[LEAD], [make_old(cast).patient_id])


@attempt(retention.choose_lengths)
def _choose_lengths(cast: Cast):
    return by(cast[LEAD], Lengths(20, 20, 30))


@attempt(retention.hold_person)
def _hold_person(cast: Cast):
    return by(cast[LEAD], refer(cast).patient_id, "An inquest.")


@attempt(retention.lift_hold)
def _lift_hold(cast: Cast):
    return by(cast[LEAD], retention.hold_person(cast[COORDINATOR], refer(cast).patient_id, "An inquest."))


@attempt(retention.remove_line)
def _remove_line(cast: Cast):
    removal_id = propose(cast)
    removals.agree_to_removal(cast[COORDINATOR], removal_id, has_looked=True)
    return by(SYSTEM, db.session.get_one(Removal, removal_id).lines[0].id)


@attempt(removals.propose_removal)
def _propose_removal(cast: Cast):
    return by(cast[LEAD], [make_old(cast).patient_id])


@attempt(removals.agree_to_removal)
def _agree_to_removal(cast: Cast):
    return by(cast[COORDINATOR], propose(cast), has_looked=True)


@attempt(removals.drop_removal)
def _drop_removal(cast: Cast):
    return by(cast[COORDINATOR], propose(cast))
