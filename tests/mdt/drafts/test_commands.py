from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from mdt.cases.queries import (
    cases_for,
    get_case_for,
    get_own_referral,
    history_of,
    listed_for,
    search,
    search_without_case,
)
from mdt.cases.records import Case, CaseEvent
from mdt.cases.rules import CaseState
from mdt.cases.wording import LISTS
from mdt.drafts.commands import keep_draft, throw_draft_away
from mdt.merging.commands import merge_people
from mdt.merging.queries import pairs_for
from mdt.patients.commands import MaybeKnown
from mdt.patients.queries import matches_of
from mdt.patients.records import NameBeginning, Patient
from mdt.patients.rules import Identity
from mdt.referrals.commands import accept_referral, refer_patient, send_again
from mdt.referrals.queries import drafts_of, get_draft_for, known_to, own_under_way, waiting_for_triage
from mdt.referrals.rules import Referral
from mdt.register.queries import figures_for
from mdt.sharing.queries import access_to, accesses, latest_sharing
from mdt.sharing.records import CareRelation, SharingRecord
from mdt.sharing.rules import Reason, SharingBasis
from network.access.rules import Role
from network.audit.records import AuditEntry
from network.plumbing.database import db
from network.plumbing.refusals import Invalid, NotFound
from tests.cast import Cast
from tests.mdt.scene import ASKED, EDITH, NUMBERS, home_of, refer

COORDINATOR, CLINICIAN, CHARITY = Role.CARE_COORDINATOR, Role.CLINICIAN, Role.VOLUNTARY_MEMBER
BEGUN = Referral(
    question="Two falls", basis=SharingBasis.INFORMED, how_informed="Told at", pasted=" Falls x2 "
)


def keep(cast: Cast, identity: Identity | None = EDITH, role: Role = CLINICIAN, **changes: object) -> Case:
    """Keep a referral that is only begun."""
    case_id = keep_draft(cast[role], identity, BEGUN, organisation_id=home_of(cast, role), **changes)
    return db.session.get_one(Case, case_id)


def send(cast: Cast, draft: Case, identity: Identity | None = EDITH, **changes: object) -> Case:
    where = {"organisation_id": home_of(cast, CLINICIAN), "draft_id": draft.id}
    return db.session.get_one(Case, refer_patient(cast[CLINICIAN], identity, ASKED, **where, **changes))


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_draft_keeps_what_was_typed_and_puts_nothing_on_record(cast: Cast) -> None:
    draft = keep(cast)
    assert (draft.state, draft.question, draft.wants, draft.pasted) == (
        CaseState.DRAFT,
        "Two falls",
        "",
        " Falls x2 ",
    )
    assert (draft.basis, draft.how_informed) == (SharingBasis.INFORMED, "Told at")
    assert (draft.patient.family_name, draft.patient.nhs_number) == ("Specimen", NUMBERS[0])
    assert not count(SharingRecord)
    assert not count(CaseEvent)


@pytest.mark.parametrize("number", ["", "999", "not at hand"])
def test_only_who_it_is_has_to_be_there(cast: Cast, number: str) -> None:
    nobody_asked = Referral(question="")
    where = {"organisation_id": home_of(cast, CLINICIAN)}
    draft_id = keep_draft(cast[CLINICIAN], replace(EDITH, nhs_number=number), nobody_asked, **where)
    assert get_draft_for(cast[CLINICIAN], draft_id).case.patient.nhs_number == (number or None)
    for wrong in (
        replace(EDITH, family_name=" "),
        replace(EDITH, born_on=date(2999, 1, 1)),
        replace(EDITH, nhs_number="9990000019"),
    ):
        with pytest.raises(Invalid):
            keep_draft(cast[CLINICIAN], wrong, nobody_asked, **where)
    with pytest.raises(Invalid, match="Say who"):
        keep_draft(cast[CLINICIAN], None, nobody_asked, **where)


def test_nobody_finds_a_draft_and_whoever_keeps_it_only_at_the_front_door(cast: Cast) -> None:
    draft = keep(cast)
    for actor in cast.actors.values():
        with pytest.raises(NotFound):
            get_case_for(actor, draft.id)
        assert not cases_for(actor, set(CaseState))
        assert not [name for name in LISTS if listed_for(actor, name)]
        for words in ("Specimen", NUMBERS[0], draft.ref):
            assert not search(actor, words)
            assert not search_without_case(actor, words)
        assert not accesses(actor, [draft.patient_id])
        assert not known_to(actor, NUMBERS[0], "Specimen", "Edith", EDITH.born_on)
    assert [each.case for each in drafts_of(cast[CLINICIAN])] == [draft]
    assert not own_under_way(cast[CLINICIAN])
    for role in set(Role) - {CLINICIAN}:
        assert not drafts_of(cast[role])
        with pytest.raises(NotFound):
            get_draft_for(cast[role], draft.id)


def test_of_whom_only_a_draft_speaks_no_index_tells(cast: Cast) -> None:
    keep(cast)
    assert not matches_of(EDITH)
    assert not count(NameBeginning)
    assert [row.reason for row in db.session.scalars(select(CareRelation))] == [Reason.DRAFTED]


def test_another_referral_of_the_same_person_meets_no_trace_of_a_draft(cast: Cast) -> None:
    keep(cast, replace(EDITH, family_name="Misspelt"))
    case = refer(cast, CHARITY)
    assert (case.ref, case.patient.family_name) == ("C-0001", "Specimen")
    assert len(history_of(case.id)) == 1
    coordinator = cast[COORDINATOR]
    accept_referral(coordinator, case.id, coordinator_id=coordinator.account_id)
    assert figures_for(coordinator).people == 1


def test_a_draft_about_somebody_known_tells_nothing_to_those_who_know_them(cast: Cast) -> None:
    case = refer(cast)
    draft = keep(cast, None, patient_id=case.patient_id)
    for role in (COORDINATOR, Role.CHAIR, CLINICIAN):
        assert [seen.case for seen in search(cast[role], "Specimen")] == [case]
        (known,) = known_to(cast[role], "", "Specimen", "Edith", EDITH.born_on)
        assert list(known.open_cases) == [case]
    assert figures_for(cast[COORDINATOR]).without_basis == 0
    throw_draft_away(cast[CLINICIAN], draft.id)
    assert access_to(cast[CLINICIAN], case.patient_id)


def test_numbers_of_cases_show_no_gap_for_drafts(cast: Cast) -> None:
    first, second = keep(cast), keep(cast)
    other = Identity("Sample", "John", date(1950, 1, 1), NUMBERS[1])
    assert refer(cast, identity=other).ref == "C-0001"
    assert send(cast, second).ref == "C-0002"
    assert {first.number, first.ref} == {-1, "Draft"}


def test_it_is_kept_again_as_it_was_corrected(cast: Cast) -> None:
    draft = keep(cast)
    keep(cast, replace(EDITH, given_name="Edie", nhs_number=""), draft_id=draft.id)
    assert (draft.patient.given_name, draft.patient.nhs_number) == ("Edie", None)
    assert (count(Case), count(Patient)) == (1, 1)


def test_whoever_is_chosen_takes_the_place_of_who_was_typed_and_back(cast: Cast) -> None:
    case, draft = refer(cast), keep(cast)
    keep(cast, None, patient_id=case.patient_id, draft_id=draft.id)
    assert draft.patient == case.patient
    assert count(Patient) == 1
    keep(cast, replace(EDITH, given_name="Agnes", nhs_number=""), draft_id=draft.id)
    assert (draft.patient.given_name, case.patient.given_name) == ("Agnes", "Edith")
    assert count(Patient) == 2


def test_whom_one_may_not_know_cannot_be_chosen(cast: Cast) -> None:
    with pytest.raises(NotFound):
        keep(cast, None, CHARITY, patient_id=refer(cast).patient_id)


def test_sent_it_is_a_referral_like_any_other(cast: Cast) -> None:
    draft = keep(cast)
    case = send(cast, draft)
    assert (case.id, case.ref, case.state) == (draft.id, "C-0001", CaseState.SUBMITTED)
    assert (case.basis, case.how_informed) == (None, None)
    sharing = latest_sharing(case.patient_id)
    assert sharing is not None
    assert sharing.how == "Told at home on 2 December."
    assert [seen.case for seen in waiting_for_triage(cast[COORDINATOR])] == [case]
    assert [seen.case for seen in search(cast[COORDINATOR], "Specimen")] == [case]
    assert count(Patient) == 1
    assert not drafts_of(cast[CLINICIAN])
    assert Reason.DRAFTED not in set(db.session.scalars(select(CareRelation.reason)))


def test_sending_asks_for_all_that_a_referral_needs(cast: Cast) -> None:
    draft = keep(cast)
    where = {"organisation_id": home_of(cast, CLINICIAN), "draft_id": draft.id}
    with pytest.raises(Invalid, match="what the person wants"):
        refer_patient(cast[CLINICIAN], EDITH, BEGUN, **where)
    with pytest.raises(NotFound):
        send_again(cast[CLINICIAN], draft.id, "Here it is.")
    with pytest.raises(NotFound):
        get_own_referral(cast[CLINICIAN], draft.id)
    assert draft.state is CaseState.DRAFT


def test_sending_asks_whether_somebody_known_is_meant(cast: Cast) -> None:
    refer(cast)
    typed = replace(EDITH, nhs_number="", given_name="Edie")
    draft = keep(cast, typed)
    with pytest.raises(MaybeKnown):
        send(cast, draft, typed)
    assert send(cast, draft, typed, is_somebody_else=True).patient.given_name == "Edie"


def test_sent_with_the_number_of_somebody_known_it_is_about_them(cast: Cast) -> None:
    known = refer(cast)
    assert send(cast, keep(cast)).patient_id == known.patient_id
    assert count(Patient) == 1


def test_only_whoever_keeps_it_sends_it_or_throws_it_away(cast: Cast) -> None:
    draft = keep(cast)
    for role in (Role.CHAIR, COORDINATOR):
        where = {"organisation_id": home_of(cast, role), "draft_id": draft.id}
        with pytest.raises(NotFound):
            refer_patient(cast[role], EDITH, ASKED, **where)
        with pytest.raises(NotFound):
            keep_draft(cast[role], EDITH, BEGUN, **where)
        with pytest.raises(NotFound):
            throw_draft_away(cast[role], draft.id)


def test_thrown_away_nothing_of_it_is_left(cast: Cast) -> None:
    throw_draft_away(cast[CLINICIAN], keep(cast).id)
    assert not count(Case) + count(Patient) + count(CareRelation)
    assert refer(cast).ref == "C-0001"
    sent = refer(cast, identity=Identity("Sample", "John", date(1950, 1, 1), NUMBERS[1]))
    with pytest.raises(NotFound):
        throw_draft_away(cast[CLINICIAN], sent.id)


def test_a_draft_does_not_keep_two_entries_of_one_person_from_being_joined(cast: Cast) -> None:
    known = refer(cast)
    again = refer(cast, CHARITY, replace(EDITH, nhs_number="", given_name="Edie"))
    second = again.patient_id
    draft = keep(cast, None, CHARITY, patient_id=second)
    merge_people(
        cast[COORDINATOR], known.patient_id, second, "The practice said so.", taken={}, has_compared=True
    )
    db.session.expire_all()
    assert draft.patient_id == again.patient_id == known.patient_id


def test_somebody_of_whom_only_a_draft_speaks_is_no_half_of_a_pair(cast: Cast) -> None:
    refer(cast)
    keep(cast, replace(EDITH, nhs_number="", given_name="Edie"), CHARITY)
    assert not pairs_for(cast[COORDINATOR])


def test_the_trail_of_a_draft_names_no_person(cast: Cast) -> None:
    throw_draft_away(cast[CLINICIAN], keep(cast).id)
    told = " ".join(f"{entry.verb} {entry.details}" for entry in db.session.scalars(select(AuditEntry)))
    assert "keep_draft" in told
    assert "throw_draft_away" in told
    assert not [word for word in ("Specimen", "Edith", "1941", NUMBERS[0], "falls") if word in told]
