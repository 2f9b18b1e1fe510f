from dataclasses import replace

import pytest
from sqlalchemy import func, select

from mdt.cases.records import Case
from mdt.cases.rules import CaseState, Urgency
from mdt.closing.commands import withdraw_case
from mdt.patients.records import Patient
from mdt.referrals.commands import (
    accept_referral,
    decline_referral,
    take_back_answer,
)
from mdt.referrals.queries import maybe_the_same, own_under_way, waiting_for_triage
from network.access.rules import Role
from network.audit.records import AuditEntry
from network.plumbing.database import db
from network.plumbing.refusals import Refusal
from tests.cast import Cast, client_for
from tests.mdt.scene import EDITH, NUMBERS, make_case, refer

COORDINATOR, CLINICIAN, CHARITY = Role.CARE_COORDINATOR, Role.CLINICIAN, Role.VOLUNTARY_MEMBER
EDIE = replace(EDITH, nhs_number="", given_name="Edie")


def again(cast: Cast) -> Case:
    """The charity, which may not know of Edith, enters her a second time."""
    return refer(cast, CHARITY, EDIE)


def test_whoever_may_not_know_hears_nothing_of_somebody_alike(cast: Cast) -> None:
    refer(cast)
    assert again(cast).state is CaseState.SUBMITTED
    assert db.session.scalar(select(func.count()).select_from(Patient)) == 2


def test_the_coordinator_is_shown_who_was_known_before(cast: Cast) -> None:
    first, second = refer(cast), again(cast)
    assert [each.patient for each in maybe_the_same(cast[COORDINATOR], second.patient)] == [first.patient]
    assert not maybe_the_same(cast[COORDINATOR], first.patient)
    page = client_for(cast, COORDINATOR).get(f"/triage/{second.id}").text
    assert "Is it the same person?" in page
    assert f"/sharing/merging/{first.patient_id}/{second.patient_id}" in page


@pytest.mark.parametrize("answer", ["return", "redirect", "decline"])
def test_an_answer_is_given_on_the_page_and_taken_back(cast: Cast, answer: str) -> None:
    case = refer(cast)
    client = client_for(cast, COORDINATOR)
    assert client.post(f"/triage/{case.id}/{answer}", data={}).status_code == 422
    assert (
        client.post(f"/triage/{case.id}/{answer}", data={"words": "Ask the falls service."}).status_code
        == 303
    )
    db.session.refresh(case)
    assert case.state not in {CaseState.SUBMITTED, CaseState.TRIAGED}
    client.post(f"/triage/{case.id}/back")
    db.session.refresh(case)
    assert (case.state, case.answer) == (CaseState.SUBMITTED, "")


def test_taken_on_the_next_referral_follows(cast: Cast) -> None:
    case = refer(cast)
    following = refer(cast, identity=replace(EDITH, family_name="Sample", nhs_number=NUMBERS[1]))
    coordinator = cast[COORDINATOR]
    data = {"coordinator_id": str(coordinator.account_id), "stream": "discuss"}
    answer = client_for(cast, COORDINATOR).post(f"/triage/{case.id}", data=data)
    assert answer.location == f"/triage/{following.id}"


def test_the_most_urgent_referral_is_first_then_who_waits_longest(cast: Cast) -> None:
    refer(cast)
    refer(cast, urgency=Urgency.THIS_WEEK)
    refer(cast, urgency=Urgency.SOON)
    refer(cast)
    waiting = [seen.case.ref for seen in waiting_for_triage(cast[COORDINATOR])]
    assert waiting == ["C-0002", "C-0003", "C-0001", "C-0004"]


def test_what_has_gone_on_is_not_taken_back(cast: Cast) -> None:
    case = refer(cast)
    with pytest.raises(Refusal, match="cannot be taken back"):
        take_back_answer(cast[COORDINATOR], case.id)


def test_the_first_page_says_what_waits_for_whom(cast: Cast) -> None:
    case = refer(cast)
    assert "Start with C-0001" in client_for(cast, COORDINATOR).get("/").text
    assert "Where your referrals stand" in client_for(cast, CLINICIAN).get("/").text
    decline_referral(cast[COORDINATOR], case.id, "Not for this team.")
    assert "Start with" not in client_for(cast, COORDINATOR).get("/").text
    assert list(own_under_way(cast[CLINICIAN])) == [case]


def test_a_case_on_a_list_is_not_withdrawn_behind_the_meetings_back(cast: Cast) -> None:
    case = make_case(cast, CaseState.LISTED)
    with pytest.raises(Refusal, match="takes it off first"):
        withdraw_case(cast[COORDINATOR], case.id, "Better now")


def test_the_coordinator_may_be_anybody_who_coordinates(cast: Cast) -> None:
    case = refer(cast)
    shown = client_for(cast, COORDINATOR).get(f"/triage/{case.id}").text
    assert f'value="{cast[COORDINATOR].account_id}" selected' in shown
    accept_referral(cast[COORDINATOR], case.id, coordinator_id=cast[COORDINATOR].account_id)
    assert "Open the case" in client_for(cast, COORDINATOR).get(f"/triage/{case.id}").text


@pytest.mark.parametrize("path", ["/triage/{}", "/triage/{}/return", "/asking/{}", "/cases/{}/summary"])
def test_whoever_opens_a_case_is_in_the_trail_whatever_page_they_open(cast: Cast, path: str) -> None:
    case = refer(cast)
    opened = select(func.count()).where(AuditEntry.verb == "open_case")
    assert db.session.scalar(opened) == 0
    assert client_for(cast, COORDINATOR).get(path.format(case.id)).status_code == 200
    assert db.session.scalar(opened) == 1


def test_whoever_may_be_the_same_is_shown_with_their_number_as_it_is_read(cast: Cast) -> None:
    refer(cast)
    assert "NHS No. 999 000 0018." in client_for(cast, COORDINATOR).get(f"/triage/{again(cast).id}").text
