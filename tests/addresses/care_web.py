from mdt.involvements.commands import add_involvement
from mdt.involvements.queries import team_of
from mdt.story.commands import add_carer
from mdt.story.rules import CarerDetails
from network.access.rules import Role
from tests.addresses import address
from tests.attempts.care_web import FIELD
from tests.cast import Cast
from tests.mdt.scene import refer, somebody_new

COORDINATOR = Role.CARE_COORDINATOR


@address("care_web.show", "care_web.paper", "involvements.add")
def _patient(cast: Cast):
    patient_id = refer(cast, COORDINATOR, somebody_new()).patient_id
    add_carer(cast[COORDINATOR], patient_id, CarerDetails("Ann Specimen", "daughter"))
    add_involvement(cast[COORDINATOR], patient_id, FIELD)
    return {"patient_id": patient_id}


@address("involvements.more")
def _tie(cast: Cast):
    where = _patient(cast)
    drawn = next(tie for tie in team_of(where["patient_id"]) if not tie.is_by_hand)
    return where | {"tie_id": drawn.id}


@address("involvements.change")
def _row(cast: Cast):
    patient_id = refer(cast, COORDINATOR, somebody_new()).patient_id
    return {"involvement_id": add_involvement(cast[COORDINATOR], patient_id, FIELD)}
