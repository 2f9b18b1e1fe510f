from datetime import timedelta

import pytest

from mdt.actions.queries import actions_of
from mdt.actions.rules import ActionState
from mdt.cases.queries import get_case_for
from mdt.cases.rules import CaseState
from mdt.objections.commands import object_to_sharing
from mdt.offering import commands
from mdt.offering.commands import Named, NotNow
from mdt.offering.queries import get_offer_for, offers_seen, ways_for
from mdt.services.queries import navigator_of, offer_counts, offered_to
from mdt.services.rules import Helped, OfferState, Way
from mdt.sharing.records import CareRelation
from mdt.sharing.rules import ObjectionScope, Reason
from mdt.subject_access.queries import holding_of
from network.access.rules import Role
from network.plumbing.database import db, today
from network.plumbing.refusals import Invalid, NotFound
from tests.cast import Cast, client_for
from tests.makers import keep
from tests.mdt.local_services import make_navigator, make_offer, make_service
from tests.mdt.scene import make_case

COORDINATOR, CLINICIAN, VOLUNTARY = Role.CARE_COORDINATOR, Role.CLINICIAN, Role.VOLUNTARY_MEMBER
O = OfferState  # noqa: E741


def invite_charity(cast: Cast, case) -> None:
    """Let the charity know of a case."""
    keep(
        CareRelation(
            patient_id=case.patient_id,
            case_id=case.id,
            reason=Reason.ASKED,
            organisation_id=cast.charity.id,
            starts_on=today(),
            made_by="Nobody",
        )
    )
    db.session.commit()


def test_an_offer_is_kept_with_what_the_person_answered_and_when(cast: Cast) -> None:
    case, service = make_case(cast), make_service()
    weeks_ago = today() - timedelta(days=21)
    offer = commands.offer_service(
        cast[CLINICIAN], case.id, service.id, Way.SELF, hopes="To see people.", offered_on=weeks_ago
    )
    commands.answer_offer(cast[CLINICIAN], offer, O.DECLINED, weeks_ago, "Not now.")
    commands.answer_offer(cast[CLINICIAN], offer, O.TAKEN, today() - timedelta(days=7))
    commands.answer_offer(cast[CLINICIAN], offer, O.FINISHED, today(), "The soup is good.", Helped.YES)
    (seen,) = offers_seen(cast[CLINICIAN], case.id)
    assert [step.state for step in seen.steps] == [O.DECLINED, O.TAKEN, O.FINISHED]
    assert seen.answers == ()
    (told,) = offered_to(case.patient_id)
    assert (told.name, told.state, told.since) == ("Lunch club", O.FINISHED, today())
    (count,) = offer_counts(cast[COORDINATOR], weeks_ago, today())
    assert (count.offered, count.taken, count.declined, count.finished, count.helped) == (1, 1, 0, 1, 1)


def test_an_answer_noted_by_mistake_is_taken_back_and_stays_on_record(cast: Cast) -> None:
    offer = make_offer(cast, O.TAKEN)
    commands.take_back_answer(cast[CLINICIAN], offer.id)
    assert get_offer_for(cast[CLINICIAN], offer.id).offer.state is O.OFFERED
    with pytest.raises(NotNow, match="Nothing has been answered"):
        commands.take_back_answer(cast[CLINICIAN], offer.id)
    with pytest.raises(NotNow):
        commands.answer_offer(cast[CLINICIAN], offer.id, O.FINISHED, today())


def test_a_referral_is_somebodys_to_do_by_a_day(cast: Cast) -> None:
    case, by = make_case(cast), today() + timedelta(days=10)
    outside = make_service(how_to_refer="By phone.", referrers=["general_practice"])
    offer = commands.offer_service(cast[CLINICIAN], case.id, outside.id, Way.REFER, refer_by=by)
    member = make_service(name="Home visits", organisation_id=cast.charity.id)
    commands.offer_service(cast[COORDINATOR], case.id, member.id, Way.REFER, refer_by=by)
    owners = {(row.owner_id, row.organisation_id, row.due_on) for row in actions_of(case.id)}
    assert (cast[CLINICIAN].account_id, by) in {(owner, due) for owner, _, due in owners}
    assert (None, cast.charity.id, by) in owners
    # Noted by mistake: nobody has to refer them any more.
    commands.withdraw_offer(cast[CLINICIAN], offer)
    states = {row.owner_id: row.state for row in actions_of(case.id)}
    assert states[cast[CLINICIAN].account_id] is ActionState.NOT_DONE
    assert [each.name for each in offered_to(case.patient_id)] == ["Home visits"]


def test_whose_discipline_cannot_refer_does_not(cast: Cast) -> None:
    case = make_case(cast)
    service = make_service(referrers=["dentistry"], takes_self_referral=False)
    assert ways_for(cast[CLINICIAN], get_case_for(cast[CLINICIAN], case.id), service) == ()
    with pytest.raises(Invalid, match="how they come"):
        commands.offer_service(cast[CLINICIAN], case.id, service.id, Way.REFER)


def test_nobody_is_referred_to_whom_they_do_not_want_told(cast: Cast) -> None:
    case, service = make_case(cast), make_service(organisation_id=cast.charity.id)
    object_to_sharing(
        cast[COORDINATOR], case.patient_id, ObjectionScope.ORGANISATION, organisation_id=cast.charity.id
    )
    with pytest.raises(NotNow, match="does not want"):
        commands.offer_service(cast[COORDINATOR], case.id, service.id, Way.REFER)
    commands.offer_service(cast[COORDINATOR], case.id, service.id, Way.SELF)


def test_nothing_is_offered_twice_to_the_dead_in_a_closed_case_or_of_what_has_ended(cast: Cast) -> None:
    case, service = make_case(cast), make_service()
    commands.offer_service(cast[CLINICIAN], case.id, service.id, Way.SELF)
    with pytest.raises(NotNow, match="already"):
        commands.offer_service(cast[CLINICIAN], case.id, service.id, Way.SELF)
    ended = make_service(ended_on=today())
    with pytest.raises(NotNow, match="has ended"):
        commands.offer_service(cast[CLINICIAN], case.id, ended.id, Way.SELF)
    closed = make_case(cast, CaseState.CLOSED)
    with pytest.raises(NotNow, match="closed"):
        commands.offer_service(cast[CLINICIAN], closed.id, service.id, Way.SELF)
    other = make_case(cast)
    other.patient.died_on = today()
    db.session.commit()
    with pytest.raises(NotNow, match="died"):
        commands.offer_service(cast[CLINICIAN], other.id, service.id, Way.SELF)


def test_who_is_not_clinical_sees_what_their_own_offered_and_nothing_else(cast: Cast) -> None:
    case = make_case(cast)
    invite_charity(cast, case)
    own = make_service(name="Home visits", organisation_id=cast.charity.id)
    make_offer(cast, case=case, service_id=own.id)
    secret = make_offer(cast, case=case, service_id=make_service(name="Alcohol clinic").id)
    assert [each.offer.service.name for each in offers_seen(cast[VOLUNTARY], case.id)] == ["Home visits"]
    with pytest.raises(NotFound):
        commands.answer_offer(cast[VOLUNTARY], secret.id, O.TAKEN, today())
    client = client_for(cast, VOLUNTARY)
    assert "Alcohol" not in client.get(f"/cases/{case.id}/services").text
    assert client.get(f"/cases/{case.id}/services/paper").status_code == 403


def test_a_navigator_is_shown_until_another_takes_over(cast: Cast) -> None:
    case = make_case(cast)
    first = make_navigator(case)
    commands.name_navigator(cast[CLINICIAN], case.id, Named("Sam Guide", "Good Neighbours"), today())
    found = navigator_of(case.patient_id)
    assert found is not None
    assert found.name == "Sam Guide"
    assert first.ended_on == today()
    page = client_for(cast, CLINICIAN).get(f"/cases/{case.id}/services/paper").text
    assert "Sam Guide" in page
    commands.end_navigator(cast[CLINICIAN], found.id)
    assert navigator_of(case.patient_id) is None


def test_a_copy_of_what_is_held_has_what_somebody_was_offered(cast: Cast) -> None:
    offer = make_offer(cast, O.TAKEN)
    make_navigator(offer.case)
    holding = holding_of(offer.case.patient, ())
    assert {"service_offer", "service_offer_step", "navigator"} <= set(holding.tables)
    assert holding.names[offer.service_id] == "Lunch club, Age Exampleton"


def test_the_sheet_for_the_person_has_what_runs_and_nothing_that_they_declined(cast: Cast) -> None:
    case = make_case(cast)
    make_offer(cast, O.TAKEN, case, service_id=make_service(name="Falls class").id)
    make_offer(cast, O.DECLINED, case, service_id=make_service(name="Swimming").id)
    page = client_for(cast, COORDINATOR).get(f"/cases/{case.id}/services/paper").text
    assert "Falls class" in page
    assert "Swimming" not in page


def test_an_offer_is_made_and_answered_on_its_pages(cast: Cast) -> None:
    case, service = make_case(cast), make_service()
    client = client_for(cast, CLINICIAN)
    url = f"/cases/{case.id}/services/{service.id}"
    assert client.post(url, data={"way": "teleport", "offered_on": today().isoformat()}).status_code == 422
    sent = {"way": "self", "offered_on": today().isoformat(), "hopes": "Company"}
    assert client.post(url, data=sent).status_code == 303
    (offered,) = offers_seen(cast[CLINICIAN], case.id)
    answer = f"/cases/services/offers/{offered.offer.id}"
    assert client.post(answer, data={"on": today().isoformat()}).status_code == 422
    assert client.post(answer, data={"to": "taken", "on": today().isoformat()}).status_code == 303
    assert "Taken up" in client.get(f"/cases/{case.id}/services").text
