from network.access.rules import SYSTEM, Role
from network.plumbing.database import db
from rota.clinic_choices import commands
from rota.clinic_plans import commands as plans
from rota.clinic_plans.records import ClinicPlan
from rota.clinic_plans.rules import PlanState
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.rota.clinic_scene import make_plan, make_plan_found


@attempt(commands.plan_clinic)
def _plan_clinic(cast: Cast):
    plan = make_plan(cast)
    ask = commands.Ask(plan.clinic_type_id, plan.neighbourhood_id, 4)
    return by(cast[Role.CLINIC_LEAD], ask)


@attempt(commands.accept_proposal)
def _accept_proposal(cast: Cast):
    return by(cast[Role.CLINIC_LEAD], make_plan_found(cast).id, 0)


@attempt(commands.take_back_plan)
def _take_back_plan(cast: Cast):
    plan = make_plan_found(cast)
    commands.accept_proposal(cast[Role.CLINIC_LEAD], plan.id, 0)
    return by(cast[Role.CLINIC_LEAD], plan.id)


@attempt(plans.look_for_plan)
def _look_for_plan(cast: Cast):
    return by(SYSTEM, make_plan(cast).id)


@attempt(plans.keep_proposals)
def _keep_proposals(cast: Cast):
    return by(SYSTEM, _looked_for(cast), [])


@attempt(plans.give_up_plan)
def _give_up_plan(cast: Cast):
    return by(SYSTEM, _looked_for(cast), "There is no place.")


def _looked_for(cast: Cast):
    plan = db.session.get_one(ClinicPlan, make_plan(cast).id)
    plan.state = PlanState.LOOKING
    db.session.commit()
    return plan.id
