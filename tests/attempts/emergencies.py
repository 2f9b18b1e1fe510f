from mdt.emergencies import commands as emergencies
from mdt.emergencies.rules import Finding
from network.access.rules import Role
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.mdt.emergencies.scene import DANGER, EDITH_BY_NUMBER, WHY, opened, to_be_explained
from tests.mdt.scene import refer

CLINICIAN, LEAD = Role.CLINICIAN, Role.GOVERNANCE_LEAD


@attempt(emergencies.open_in_emergency)
def _open_in_emergency(cast: Cast):
    refer(cast, Role.VOLUNTARY_MEMBER)
    return by(cast[CLINICIAN], EDITH_BY_NUMBER, DANGER, WHY)


@attempt(emergencies.end_emergency)
def _end_emergency(cast: Cast):
    return by(cast[CLINICIAN], opened(cast))


@attempt(emergencies.review_emergency)
def _review_emergency(cast: Cast):
    return by(cast[LEAD], opened(cast), Finding.JUSTIFIED, "The ward was rung.")


@attempt(emergencies.explain_emergency)
def _explain_emergency(cast: Cast):
    return by(cast[CLINICIAN], to_be_explained(cast), "The ambulance was on its way.")
