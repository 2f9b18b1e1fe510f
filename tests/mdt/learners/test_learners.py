from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from mdt.actions.commands import add_action
from mdt.cases.commands import note_case_printed
from mdt.cases.queries import cases_for, get_case_for, history_of, search
from mdt.learners.commands import end_learning, let_learner_in
from mdt.learners.queries import learners_for, learns_from
from mdt.objections.commands import object_to_sharing
from mdt.sharing.queries import told_of as told_before
from mdt.sharing.rules import ObjectionScope, Reason
from mdt.sharing.wording import why_said
from network.access.rules import Role
from network.accounts.queries import workplace_of
from network.accounts.records import RoleGrant
from network.plumbing.database import db, now, today
from network.plumbing.mail import Letter
from network.plumbing.refusals import Invalid, NotAllowed, NotFound, Refusal
from tests.cast import Cast, client_for
from tests.makers import keep
from tests.mdt.learners.scene import days, let_in, told_of
from tests.mdt.scene import make_case, refer

COORDINATOR, CHAIR, CLINICIAN, LEARNER = (
    Role.CARE_COORDINATOR,
    Role.CHAIR,
    Role.CLINICIAN,
    Role.LEARNER,
)


def test_a_learner_sees_the_one_case_they_are_let_in_to_for_as_long_as_it_was_said(
    cast: Cast,
) -> None:
    first, second = make_case(cast), make_case(cast)
    assert not cases_for(cast[LEARNER]), "of their own organisation a learner knows nobody"
    visit_id = let_in(cast, first, 1, 3)
    assert not cases_for(cast[LEARNER]), "not before the first day"
    with time_machine.travel(now() + timedelta(days=1), tick=False):
        (seen,) = cases_for(cast[LEARNER])
        assert (seen.case.id, seen.access.relation.reason) == (first.id, Reason.LEARNING)
        assert "let in to learn" in why_said(seen.access)
        assert [each.visit.id for each in learns_from(cast[LEARNER])] == [visit_id]
        assert not search(cast[LEARNER], second.ref)
        with pytest.raises(NotFound):
            get_case_for(cast[LEARNER], second.id)
    with time_machine.travel(now() + timedelta(days=4), tick=False):
        assert not cases_for(cast[LEARNER])
    name = cast[LEARNER].name
    assert any(name in each.said and "did not object" in each.said for each in history_of(first.id))
    assert any(name in each.told for each in told_before(first.patient_id))
    letter = db.session.scalars(select(Letter)).one()
    assert first.ref in letter.subject
    assert first.patient.family_name not in letter.subject + letter.body


def test_a_learner_reads_and_does_nothing_else(cast: Cast) -> None:
    case = make_case(cast)
    let_in(cast, case)
    with pytest.raises(NotAllowed):
        add_action(cast[LEARNER], case.id, "Ring her", today(), account_id=cast[LEARNER].account_id)
    with pytest.raises(NotAllowed):
        note_case_printed(cast[LEARNER], case.id)
    client = client_for(cast, LEARNER)
    page = client.get(f"/cases/{case.id}")
    assert page.status_code == 200
    assert b"What you can do" not in page.data
    assert b"/print" not in page.data
    assert client.get("/learning").status_code == 200
    assert case.ref in client.get("/").text


def test_an_objection_to_whatever_it_is_ends_it_and_it_does_not_begin_again_by_itself(cast: Cast) -> None:
    case = make_case(cast)
    let_in(cast, case)
    object_to_sharing(cast[COORDINATOR], case.patient_id, ObjectionScope.TOPIC, topic="Her son")
    assert not cases_for(cast[LEARNER])
    assert any("the person objected" in each.said for each in history_of(case.id))
    home = cast[LEARNER].grants[0].organisation_id
    # A coordinator of the same organisation would be shut out too: another one notes it.
    object_to_sharing(cast[CLINICIAN], case.patient_id, ObjectionScope.ORGANISATION, organisation_id=home)
    with pytest.raises(NotFound):
        let_in(cast, case)


def test_somebody_shut_out_is_not_let_in(cast: Cast) -> None:
    case = make_case(cast)
    object_to_sharing(cast[COORDINATOR], case.patient_id, ObjectionScope.ALL)
    with pytest.raises(Refusal, match="does not want this shared"):
        let_in(cast, case)


def test_it_ends_with_a_click_of_whoever_let_them_in_or_of_the_learner(cast: Cast) -> None:
    case = make_case(cast)
    for role in (CHAIR, LEARNER):
        visit_id = let_in(cast, case)
        with pytest.raises(NotAllowed):
            end_learning(cast[CLINICIAN], visit_id)
        end_learning(cast[role], visit_id)
        assert not cases_for(cast[LEARNER])
        with pytest.raises((Refusal, NotFound)):
            end_learning(cast[COORDINATOR], visit_id)


def test_who_takes_part_is_asked_and_not_let_in(cast: Cast) -> None:
    case = make_case(cast)
    assert [one.account_id for one in learners_for(cast[COORDINATOR])] == [cast[LEARNER].account_id]
    with pytest.raises(Invalid, match="is asked instead"):
        let_learner_in(cast[COORDINATOR], case.id, cast[CLINICIAN].account_id, *days(), told_of())
    with pytest.raises(Invalid, match="did not object"):
        let_learner_in(cast[COORDINATOR], case.id, cast[LEARNER].account_id, *days(), told_of(False))
    with pytest.raises(NotAllowed):
        let_learner_in(cast[CLINICIAN], case.id, cast[LEARNER].account_id, *days(), told_of())
    let_in(cast, case)
    account = cast.accounts[LEARNER]
    keep(
        RoleGrant(
            account_id=account.id,
            network_id=cast.network.id,
            organisation_id=cast.charity.id,
            role=Role.VOLUNTARY_MEMBER,
        )
    )
    db.session.commit()
    assert not cases_for(workplace_of(account).actor), "who takes part knows by being asked"


def test_the_page_lets_somebody_in_and_takes_it_back(cast: Cast) -> None:
    case = refer(cast)
    client = client_for(cast, COORDINATOR)
    first, last = days()
    sent = {
        "account_id": str(cast[LEARNER].account_id),
        "starts_on": first.isoformat(),
        "ends_on": last.isoformat(),
        "how": "Asked at home.",
        "informed_by": "A Nurse",
        "informed_on": first.isoformat(),
    }
    page = f"/cases/{case.id}/learners"
    refused = client.post(page, data=sent)
    assert refused.status_code == 422
    assert "did not object" in refused.text
    assert "Asked at home." in refused.text
    assert client.post(page, data=sent | {"did_not_object": "y"}).status_code == 303
    shown = client.get(page).text
    assert "End now" in shown
    assert "Asked at home." in shown
    assert "Who learns on this case" in client.get(f"/cases/{case.id}").text
