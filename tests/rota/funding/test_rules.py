from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.vocabulary import Activity, FundingStream, JobRole
from rota.funding.rules import PAYERS, may_pay, stream_for
from rota.planning.rules import PAYING
from rota.solver.staff_rota import CARDS, Duty, Placement, Plan, Problem, Session, breaches
from tests.rota.solver.makers import make_person

CORE, EXTRA, ROLES = FundingStream.CORE, FundingStream.ENHANCED_ACCESS, FundingStream.ADDITIONAL_ROLES


@pytest.mark.parametrize("stream", FundingStream)
def test_every_stream_says_what_it_may_pay_for_and_why(stream: FundingStream) -> None:
    assert PAYERS[stream].roles
    assert PAYERS[stream].activities
    assert PAYERS[stream].source


@pytest.mark.parametrize("role", JobRole)
def test_somebody_pays_for_every_role(role: JobRole) -> None:
    assert any(role in payer.roles for payer in PAYERS.values())


@pytest.mark.parametrize("activity", Activity)
def test_somebody_pays_for_every_activity(activity: Activity) -> None:
    assert any(activity in payer.activities for payer in PAYERS.values())


def test_the_core_contract_does_not_pay_for_learners_or_evenings() -> None:
    assert may_pay(CORE, JobRole.GP, Activity.SURGERY)
    assert not may_pay(CORE, JobRole.GP_REGISTRAR, Activity.SURGERY)
    assert not may_pay(CORE, JobRole.GP, Activity.ENHANCED_ACCESS)


def test_the_line_pays_where_the_person_is_charged_to_it() -> None:
    assert stream_for({CORE: 60, EXTRA: 40}, JobRole.GP, Activity.ENHANCED_ACCESS, EXTRA) is EXTRA


def test_a_person_of_another_stream_brings_their_own() -> None:
    assert stream_for({ROLES: 100}, JobRole.PHARMACIST, Activity.MEDICATION_REVIEW, CORE) is ROLES


def test_the_largest_share_that_fits_role_and_activity_pays() -> None:
    splits = {FundingStream.DENTAL_CONTRACT: 70, FundingStream.BETTER_CARE_FUND: 30}
    assert stream_for(splits, JobRole.DENTIST, Activity.HOME_VISITS, CORE) is FundingStream.BETTER_CARE_FUND


def test_where_no_share_fits_the_line_pays_if_it_may() -> None:
    assert stream_for({CORE: 100}, JobRole.GP, Activity.ENHANCED_ACCESS, EXTRA) is EXTRA
    assert stream_for({}, JobRole.GP, Activity.SURGERY, CORE) is CORE


def test_where_nothing_fits_the_largest_share_stands() -> None:
    dental = FundingStream.DENTAL_CONTRACT
    assert stream_for({dental: 100}, JobRole.DENTIST, Activity.SURGERY, CORE) is dental


@given(
    st.dictionaries(st.sampled_from(FundingStream), st.integers(1, 100), max_size=3),
    st.sampled_from(JobRole),
    st.sampled_from(Activity),
    st.sampled_from(FundingStream),
)
def test_the_ledger_finds_fault_where_the_rule_does_and_nowhere_else(splits, role, activity, line) -> None:
    day = date(2027, 3, 1)
    duty = Duty(
        number=0,
        session=0,
        site=None,
        activity=activity.label,
        role_group="any",
        roles=frozenset({role.value}),
        starts=datetime(2027, 3, 1, 9),
        ends=datetime(2027, 3, 1, 13),
        streams=(line.value,),
    )
    person = make_person("amy", role=role.value, streams=tuple(split.value for split in splits))
    rule = CARDS["R37"].as_choice()
    problem = Problem((Session(0, day, "AM"),), (), (person,), (duty,), (rule,), day, payers=PAYING)
    broken = breaches(problem, Plan.of([Placement("amy", 0)]))
    assert bool(broken) is not may_pay(stream_for(splits, role, activity, line), role, activity)
