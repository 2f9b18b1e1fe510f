from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from mdt.cases.queries import cases_for, get_case_for, history_of, referrals_of, search
from mdt.cases.rules import CaseState, Stream
from mdt.closing.commands import withdraw_case
from mdt.objections.commands import object_to_sharing
from mdt.patients.records import Patient
from mdt.patients.rules import Identity
from mdt.referrals.commands import (
    MaybeKnown,
    accept_referral,
    decline_referral,
    redirect_referral,
    refer_patient,
    return_referral,
    send_again,
    take_back_answer,
)
from mdt.referrals.queries import get_known
from mdt.sharing.commands import choose_sharing_mode
from mdt.sharing.queries import latest_sharing
from mdt.sharing.rules import ObjectionScope, SharingBasis, SharingMode
from mdt.story.commands import record_death
from network.access.rules import Grant, Role
from network.audit.records import AuditEntry
from network.plumbing.database import db, now, today
from network.plumbing.refusals import Invalid, NotAllowed, NotFound, Refusal
from tests.cast import Cast
from tests.mdt.scene import ASKED, EDITH, NUMBERS, refer

COORDINATOR, CLINICIAN = Role.CARE_COORDINATOR, Role.CLINICIAN


def test_a_referral_is_a_case_with_its_person_and_its_basis(cast: Cast) -> None:
    case = refer(cast)
    assert (case.ref, case.state) == ("C-0001", CaseState.SUBMITTED)
    assert case.patient.family_name == "Specimen"
    sharing = latest_sharing(case.patient_id)
    assert sharing is not None
    assert (sharing.basis, sharing.how) == (SharingBasis.INFORMED, "Told at home on 2 December.")


def test_what_was_pasted_stays_as_it_came(cast: Cast) -> None:
    assert refer(cast).pasted == "  Problems:\n\tFalls x2  "


def test_cases_are_numbered_one_after_the_other(cast: Cast) -> None:
    other = Identity("Sample", "John", date(1950, 1, 1), NUMBERS[1])
    assert [refer(cast).ref, refer(cast, identity=other).ref] == ["C-0001", "C-0002"]


def test_the_same_number_is_the_same_person(cast: Cast) -> None:
    first, second = refer(cast), refer(cast, Role.VOLUNTARY_MEMBER)
    assert first.patient_id == second.patient_id
    assert db.session.scalar(select(func.count()).select_from(Patient)) == 1
    # Whoever refers them next knows of that case alone, and hears nothing of the other.
    assert not any("C-0001" in event.said for event in history_of(second.id))
    charity = cast[Role.VOLUNTARY_MEMBER]
    assert [seen.case.id for seen in cases_for(charity)] == [second.id]
    assert [seen.case.id for seen in search(charity, EDITH.nhs_number)] == [second.id]
    assert not search(charity, first.ref)
    assert [case.id for case in get_known(charity, second.patient_id).open_cases] == [second.id]
    with pytest.raises(NotFound):
        get_case_for(charity, first.id)


@pytest.mark.parametrize(
    "typed",
    [replace(EDITH, born_on=date(1941, 4, 3)), replace(EDITH, family_name="Other", given_name="Jane")],
)
def test_a_number_of_somebody_else_is_noticed(cast: Cast, typed: Identity) -> None:
    refer(cast)
    with pytest.raises(Invalid, match="somebody with another name or date of birth"):
        refer(cast, identity=typed)
    # The refusal tells that the number is known: it stays on the trail, and nothing else of the attempt does.
    tried = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "try_to_refer")).one()
    assert tried.about_id == db.session.scalar(select(Patient.id))
    assert tried.details == {"outcome": "other name or birthday"}


def test_whoever_may_be_known_is_asked_about_before_a_second_record_is_made(cast: Cast) -> None:
    refer(cast)
    typed = replace(EDITH, nhs_number="", given_name="Edie")
    with pytest.raises(MaybeKnown):
        refer(cast, identity=typed)
    assert db.session.scalar(select(func.count()).select_from(Patient)) == 1


def test_twins_with_two_numbers_are_two_people(cast: Cast) -> None:
    refer(cast)
    twin = replace(EDITH, given_name="Agnes", nhs_number=NUMBERS[1])
    assert refer(cast, identity=twin).patient.given_name == "Agnes"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"question": " "}, "question for the meeting"),
        ({"question": "x" * 201}, "Shorten the question"),
        ({"wants": ""}, "what the person wants"),
        ({"basis": None}, "how the person was informed"),
        ({"how_informed": " "}, "how the person was informed"),
        ({"pasted": "x" * 60_001}, "Paste at most"),
    ],
)
def test_a_referral_with_a_gap_writes_nothing(cast: Cast, changes: dict[str, object], said: str) -> None:
    with pytest.raises(Invalid, match=said):
        refer(cast, **changes)
    assert db.session.scalar(select(func.count()).select_from(Patient)) == 0


def test_a_network_that_asks_for_consent_takes_nothing_less(cast: Cast) -> None:
    choose_sharing_mode(cast[Role.GOVERNANCE_LEAD], SharingMode.EXPLICIT_CONSENT)
    with pytest.raises(Invalid, match="explicit consent"):
        refer(cast)
    assert refer(cast, basis=SharingBasis.CONSENT).ref == "C-0001"


def test_whoever_objected_to_everything_is_not_referred_again(cast: Cast) -> None:
    case = refer(cast)
    object_to_sharing(cast[COORDINATOR], case.patient_id, ObjectionScope.ALL)
    with pytest.raises(Refusal, match="does not want to be discussed"):
        refer(cast)


def test_whoever_has_died_is_not_referred(cast: Cast) -> None:
    case = refer(cast)
    record_death(cast[COORDINATOR], case.patient_id, today())
    with pytest.raises(Refusal, match="has died"):
        refer(cast)


def test_a_place_in_the_rota_lets_nobody_refer_for_where_it_is(cast: Cast) -> None:
    works = Grant(Role.STAFF, cast.oak.id)
    actor = replace(cast[CLINICIAN], grants=(*cast[CLINICIAN].grants, works))
    with pytest.raises(Invalid, match="for which you refer"):
        refer_patient(actor, EDITH, ASKED, organisation_id=cast.oak.id)


def test_one_refers_for_ones_own_organisation_only(cast: Cast) -> None:
    with pytest.raises(Invalid, match="for which you refer"):
        refer_patient(cast[CLINICIAN], EDITH, ASKED, organisation_id=cast.oak.id)


def test_the_coordinator_takes_it_on_and_somebody_coordinates(cast: Cast) -> None:
    case = refer(cast)
    coordinator = cast[COORDINATOR]
    accept_referral(coordinator, case.id, coordinator_id=coordinator.account_id, stream=Stream.FOR_NOTE)
    assert (case.state, case.stream, case.coordinator) == (
        CaseState.TRIAGED,
        Stream.FOR_NOTE,
        cast.accounts[COORDINATOR].name,
    )


def test_whoever_does_not_coordinate_cannot_be_chosen(cast: Cast) -> None:
    case = refer(cast)
    with pytest.raises(Invalid, match="coordinates care"):
        accept_referral(cast[COORDINATOR], case.id, coordinator_id=cast[CLINICIAN].account_id)


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (return_referral, CaseState.RETURNED),
        (redirect_referral, CaseState.REDIRECTED),
        (decline_referral, CaseState.DECLINED),
    ],
)
def test_an_answer_has_a_reason_that_the_referrer_reads(cast: Cast, answer, state: CaseState) -> None:
    case = refer(cast)
    with pytest.raises(Invalid):
        answer(cast[COORDINATOR], case.id, "  ")
    answer(cast[COORDINATOR], case.id, "Ask the falls service.")
    (own,) = referrals_of(cast[CLINICIAN])
    assert (own.state, own.answer) == (state, "Ask the falls service.")


def test_a_returned_referral_is_answered_and_sent_again(cast: Cast) -> None:
    case = refer(cast)
    return_referral(cast[COORDINATOR], case.id, "Who has met her?")
    send_again(cast[CLINICIAN], case.id, "I have, last week.")
    assert case.state is CaseState.SUBMITTED
    assert "I have, last week." in history_of(case.id)[0].said


def test_only_the_referrer_sends_again(cast: Cast) -> None:
    case = refer(cast)
    return_referral(cast[COORDINATOR], case.id, "Who has met her?")
    with pytest.raises(NotFound):
        send_again(cast[Role.SOCIAL_CARE_MEMBER], case.id, "I have.")


def test_the_referrer_or_the_coordinator_withdraws(cast: Cast) -> None:
    case = refer(cast)
    with pytest.raises(NotAllowed):
        withdraw_case(cast[Role.SOCIAL_CARE_MEMBER], case.id, "Better now")
    withdraw_case(cast[CLINICIAN], case.id, "Better now")
    assert case.state is CaseState.WITHDRAWN


def test_a_declined_case_cannot_be_taken_on(cast: Cast) -> None:
    case = refer(cast)
    coordinator = cast[COORDINATOR]
    decline_referral(coordinator, case.id, "Not for this team.")
    with pytest.raises(Refusal, match="cannot be done"):
        accept_referral(coordinator, case.id, coordinator_id=coordinator.account_id)


def test_the_trail_names_no_person(cast: Cast) -> None:
    case = refer(cast)
    get_case_for(cast[COORDINATOR], case.id)
    told = " ".join(f"{entry.verb} {entry.details}" for entry in db.session.scalars(select(AuditEntry)))
    assert "refer_patient" in told
    assert not [word for word in ("Specimen", "Edith", "1941", NUMBERS[0], "falls") if word in told]


@pytest.mark.parametrize("refuse", [redirect_referral, decline_referral])
def test_whoever_was_refused_knows_of_the_person_for_a_fortnight_more(
    cast: Cast, time_machine, refuse
) -> None:
    case = refer(cast)
    refuse(cast[COORDINATOR], case.id, "Ask the falls service.")
    relation = get_case_for(cast[CLINICIAN], case.id).access.relation
    assert relation.ends_on == today() + timedelta(days=14)
    time_machine.move_to(now() + timedelta(days=15))
    with pytest.raises(NotFound):
        get_case_for(cast[CLINICIAN], case.id)
    assert referrals_of(cast[CLINICIAN]) == [case]


def test_a_refusal_that_is_taken_back_shuts_nobody_out(cast: Cast, time_machine) -> None:
    case = refer(cast)
    decline_referral(cast[COORDINATOR], case.id, "Not for this team.")
    take_back_answer(cast[COORDINATOR], case.id)
    time_machine.move_to(now() + timedelta(days=15))
    assert get_case_for(cast[CLINICIAN], case.id)
