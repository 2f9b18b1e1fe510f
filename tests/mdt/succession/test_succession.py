import uuid

from hypothesis import given
from hypothesis import strategies as st

from mdt.cases.queries import history_of
from mdt.cases.records import Case
from mdt.cases.rules import CaseState
from mdt.plans.queries import current_plan
from mdt.plans.records import CarePlan
from mdt.succession.commands import pass_on
from mdt.succession.rules import heir
from network.access.rules import SYSTEM, Role
from network.plumbing.database import db
from tests.attempts.plans import agreed
from tests.cast import Cast
from tests.mdt.scene import make_case

LEFT = uuid.UUID(int=7)
COORDINATOR = Role.CARE_COORDINATOR


@given(st.dictionaries(st.uuids(), st.integers(0, 50), max_size=6))
def test_nobody_with_less_to_do_is_passed_over(loads: dict[uuid.UUID, int]) -> None:
    names = {each: str(each.int % 3) for each in loads}
    taken = heir(loads, names)
    assert (taken is None) == (not loads)
    if taken is not None:
        assert (loads[taken], names[taken]) == min((loads[each], names[each]) for each in loads)


def test_what_a_coordinator_leaves_behind_is_taken_on_and_told(cast: Cast) -> None:
    case = make_case(cast, CaseState.ACTING)
    untouched = make_case(cast, CaseState.ACTING)
    waiting = make_case(cast, CaseState.SUBMITTED, coordinator_id=None)
    case.coordinator_id, case.coordinator = LEFT, "Somebody Gone"
    planned, plan = agreed(cast)
    db.session.get_one(CarePlan, plan.plan_id).coordinator_id = LEFT
    db.session.commit()
    assert pass_on(SYSTEM) == 2
    me = cast[COORDINATOR]
    assert (case.coordinator_id, case.coordinator) == (me.account_id, me.name)
    assert current_plan(planned.patient_id).coordinator_id == me.account_id
    assert f"Somebody Gone coordinates no more; {me.name} does." == history_of(case.id)[0].said
    assert history_of(untouched.id) == [] or "coordinates no more" not in history_of(untouched.id)[0].said
    assert db.session.get_one(Case, waiting.id).coordinator_id is None
    assert pass_on(SYSTEM) == 0
