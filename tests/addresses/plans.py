from mdt.goals.queries import goals_of
from network.access.rules import Role
from tests.addresses import address
from tests.attempts.plans import agreed, drafted, with_goal
from tests.cast import Cast
from tests.mdt.scene import refer

# Referred the same person: somebody who knows of them and is not clinical.
CHARITY = Role.VOLUNTARY_MEMBER


@address("plans.show", "plan_reviews.show")
def _person(cast: Cast):
    refer(cast, CHARITY)
    return {"patient_id": agreed(cast)[0].patient_id}


@address("goals.add")
def _without_goal(cast: Cast):
    refer(cast, CHARITY)
    return {"patient_id": refer(cast, Role.CARE_COORDINATOR).patient_id}


@address("goals.change", "goals.review", "goals.end")
def _goal(cast: Cast):
    refer(cast, CHARITY)
    return {"goal_id": goals_of(with_goal(cast)[0].patient_id)[0].goal_id}


@address("plans.write", "plans.agree")
def _draft(cast: Cast):
    refer(cast, CHARITY)
    return {"plan_id": drafted(cast)[1].id}


@address("plans.version", "plans.paper", "plans.end")
def _agreed(cast: Cast):
    refer(cast, CHARITY)
    return {"plan_id": agreed(cast)[1].plan_id}
