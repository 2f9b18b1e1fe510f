import pytest

from network.vocabulary import Activity, FundingStream, JobRole
from rota.funding.rules import PAYERS, may_pay, stream_for

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
    assert stream_for({CORE: 60, EXTRA: 40}, Activity.ENHANCED_ACCESS, EXTRA) is EXTRA


def test_a_person_of_another_stream_brings_their_own() -> None:
    assert stream_for({ROLES: 100}, Activity.MEDICATION_REVIEW, CORE) is ROLES


def test_the_largest_share_that_fits_the_activity_pays() -> None:
    splits = {FundingStream.DENTAL_CONTRACT: 70, FundingStream.BETTER_CARE_FUND: 30}
    assert stream_for(splits, Activity.HOME_VISITS, CORE) is FundingStream.BETTER_CARE_FUND


def test_without_a_split_the_line_pays() -> None:
    assert stream_for({}, Activity.SURGERY, CORE) is CORE


def test_where_nothing_fits_the_largest_share_pays() -> None:
    assert (
        stream_for({FundingStream.DENTAL_CONTRACT: 100}, Activity.SURGERY, CORE)
        is FundingStream.DENTAL_CONTRACT
    )
