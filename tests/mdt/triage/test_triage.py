from dataclasses import replace

import pytest
from sqlalchemy import func, select

from mdt.cases.queries import search
from mdt.cases.records import Case
from mdt.cases.rules import CaseState, Urgency
from mdt.closing.commands import withdraw_case
from mdt.objections.commands import object_to_sharing
from mdt.patients.records import Patient
from mdt.referrals.commands import (
    accept_referral,
    decline_referral,
    refer_patient,
    take_back_answer,
)
from mdt.referrals.queries import maybe_the_same, own_under_way, waiting_for_triage
from mdt.sharing.queries import access_to, accesses, latest_sharing, objections_told
from mdt.sharing.rules import ObjectionScope
from mdt.story.commands import note_statement
from mdt.story.queries import statements_of
from mdt.story.rules import Heard, StatementKind
from mdt.triage.commands import NotJoinable, join_with_known
from network.access.rules import Role
from network.audit.records import AuditEntry
from network.plumbing.database import db, today
from network.plumbing.refusals import NotAllowed, NotFound, Refusal
from tests.cast import Cast, client_for
from tests.mdt.scene import ASKED, EDITH, NUMBERS, home_of, make_case, refer

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
    assert "Is it the same person?" in client_for(cast, COORDINATOR).get(f"/triage/{second.id}").text


def test_joined_the_case_its_words_and_its_people_go_to_who_was_known(cast: Cast) -> None:
    first, second = refer(cast), again(cast)
    twin = second.patient
    note_statement(
        cast[CHARITY], twin.id, Heard(StatementKind.MATTERS, "The beans.", "Edie", "A Friend", today())
    )
    join_with_known(cast[COORDINATOR], second.id, first.patient_id)
    db.session.refresh(second)
    assert second.patient_id == first.patient_id
    assert [each.words for each in statements_of(first.patient_id)] == ["The beans."]
    assert accesses(cast[CHARITY], [first.patient_id])
    sharing = latest_sharing(first.patient_id)
    assert sharing is not None
    assert sharing.informed_by == cast[CHARITY].name


def test_nobody_finds_the_second_entry_any_more(cast: Cast) -> None:
    first, second = refer(cast), again(cast)
    join_with_known(cast[COORDINATOR], second.id, first.patient_id)
    assert not search(cast[COORDINATOR], "Edie")
    third = refer(cast, COORDINATOR, replace(EDIE, family_name="Other", nhs_number=NUMBERS[1]))
    assert [each.patient.id for each in maybe_the_same(cast[COORDINATOR], third.patient)] == []


def test_a_number_that_only_the_second_entry_had_is_taken_over(cast: Cast) -> None:
    first = refer(cast, identity=replace(EDITH, nhs_number=""))
    second = refer(cast, CHARITY, replace(EDIE, nhs_number=NUMBERS[0]))
    join_with_known(cast[COORDINATOR], second.id, first.patient_id)
    assert first.patient.nhs_number == NUMBERS[0]


def test_somebody_unlike_is_not_joined(cast: Cast) -> None:
    first = refer(cast)
    other = refer(cast, CHARITY, replace(EDITH, nhs_number=NUMBERS[1]))
    with pytest.raises(NotFound):
        join_with_known(cast[COORDINATOR], other.id, first.patient_id)


def test_an_entry_with_two_cases_is_not_joined(cast: Cast) -> None:
    first, second = refer(cast), again(cast)
    refer_patient(
        cast[CHARITY],
        None,
        ASKED,
        organisation_id=home_of(cast, CHARITY),
        patient_id=second.patient_id,
    )
    with pytest.raises(NotJoinable):
        join_with_known(cast[COORDINATOR], second.id, first.patient_id)


def test_only_those_who_build_lists_join(cast: Cast) -> None:
    first, second = refer(cast), again(cast)
    with pytest.raises(NotAllowed):
        join_with_known(cast[CHARITY], second.id, first.patient_id)


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


def test_an_objection_before_the_join_holds_after_it(cast: Cast) -> None:
    first, second = refer(cast), again(cast)
    object_to_sharing(cast[CHARITY], second.patient_id, ObjectionScope.TOPIC, topic="Her son")
    join_with_known(cast[COORDINATOR], second.id, first.patient_id)
    access = access_to(cast[COORDINATOR], first.patient_id)
    assert [said for _, said in objections_told(access)] == ["Not to be told: Her son"]


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
