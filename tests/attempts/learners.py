from mdt.learners import commands as learners
from network.access.rules import Role
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.mdt.learners.scene import days, let_in, told_of
from tests.mdt.scene import make_case

COORDINATOR = Role.CARE_COORDINATOR


@attempt(learners.let_learner_in)
def _let_learner_in(cast: Cast):
    case = make_case(cast)
    return by(cast[COORDINATOR], case.id, cast[Role.LEARNER].account_id, *days(), told_of())


@attempt(learners.end_learning)
def _end_learning(cast: Cast):
    return by(cast[COORDINATOR], let_in(cast, make_case(cast)))
