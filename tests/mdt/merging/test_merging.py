import json
import uuid
from dataclasses import replace

import pytest
from sqlalchemy import select

from mdt.bookings.rules import BookingState
from mdt.cases.queries import cases_for, find_named, get_case_for, search
from mdt.cases.records import Case, CaseEvent
from mdt.cases.rules import CaseState
from mdt.holdings.queries import rows_of
from mdt.merging.commands import (
    NotNow,
    merge_people,
    part_people,
    take_back_telling_apart,
    tell_apart,
)
from mdt.merging.queries import STAY, get_merge_for, merges_for, moving_tables, pairs_for, recorded_since
from mdt.merging.records import PatientMerge
from mdt.objections.commands import lift_objection, object_to_sharing
from mdt.patients.records import Patient
from mdt.patients.rules import Contact
from mdt.referrals.commands import refer_patient
from mdt.sharing.queries import access_to, accesses, objections_told
from mdt.sharing.records import CareRelation
from mdt.sharing.rules import ObjectionScope, Reason
from mdt.story.commands import change_patient, note_statement, record_need
from mdt.story.queries import statements_of
from mdt.story.rules import Heard, NeedKind, StatementKind
from network.access.rules import Role
from network.accounts.queries import workplace_of
from network.plumbing.database import db, in_network, today
from network.plumbing.refusals import Invalid, NotAllowed, NotFound, Refusal
from tests.cast import Cast, client_for, new_account
from tests.makers import keep
from tests.mdt.clinics import make_asked
from tests.mdt.scene import ASKED, EDITH, NUMBERS, home_of, make_item, make_meeting, refer

LEAD, COORDINATOR = Role.GOVERNANCE_LEAD, Role.CARE_COORDINATOR
CLINICIAN, CHARITY = Role.CLINICIAN, Role.VOLUNTARY_MEMBER
EDIE = replace(EDITH, nhs_number="", given_name="Edie")
BEANS = Heard(StatementKind.MATTERS, "The beans.", "Edie", "A Friend", today())


def twins(cast: Cast) -> tuple[Case, Case]:
    """Edith, whom the clinician referred, and Edie, as the charity entered her a second time."""
    return refer(cast), refer(cast, CHARITY, EDIE)


def join(cast: Cast, kept: uuid.UUID, merged: uuid.UUID, role: Role = COORDINATOR, **taken) -> uuid.UUID:
    merge_id = merge_people(cast[role], kept, merged, "The practice said so.", taken=taken, has_compared=True)
    db.session.expire_all()
    return merge_id


def part(cast: Cast, merge_id: uuid.UUID, role: Role = COORDINATOR) -> None:
    part_people(cast[role], merge_id)
    db.session.expire_all()


def test_every_table_that_names_somebody_moves_or_stays_on_purpose() -> None:
    direct = {
        table.name
        for table in db.metadata.tables.values()
        if any(key.column.table.name == "patient" for key in table.foreign_keys)
    }
    assert {table.name for table in moving_tables()} == direct - STAY
    for table in moving_tables():
        assert "patient_id" in table.c
        unique = [c for c in table.constraints | table.indexes if getattr(c, "unique", False)]
        assert not [each for each in unique if "patient_id" in each.columns], "two of these cannot become one"


def test_everything_goes_to_the_kept_entry_and_the_other_is_found_no_more(cast: Cast) -> None:
    first, second = twins(cast)
    kept, merged = first.patient_id, second.patient_id
    note_statement(cast[CHARITY], merged, BEANS)
    assert {each.patient.id for pair in pairs_for(cast[COORDINATOR]) for each in pair} == {kept, merged}
    merge_id = join(cast, kept, merged)
    assert second.patient_id == kept
    assert [each.words for each in statements_of(kept)] == ["The beans."]
    assert get_case_for(cast[CHARITY], second.id).case is second
    assert not accesses(cast[COORDINATOR], [merged])
    assert not search(cast[COORDINATOR], "Edie")
    assert {seen.case.id for seen in search(cast[COORDINATOR], "Edith")} == {first.id, second.id}
    assert not pairs_for(cast[COORDINATOR])
    assert refer(cast, COORDINATOR).patient_id == kept
    for case in (first, second):
        said = db.session.scalars(select(CaseEvent).where(CaseEvent.case_id == case.id)).all()
        assert [each for each in said if "joined two entries" in each.said]
    ((merge, refs),) = merges_for(cast[LEAD])
    assert (merge.id, refs) == (merge_id, "C-0001, C-0002, C-0003")
    assert client_for(cast, COORDINATOR).get(f"/patients/{merged}").status_code == 404
    # The later removal of one is the removal of both.
    assert merged in rows_of(kept)["patient"]


def test_what_is_chosen_counts_and_what_nobody_said_is_taken_over(cast: Cast) -> None:
    first = refer(cast, identity=replace(EDITH, nhs_number=""))
    second = refer(cast, CHARITY, replace(EDIE, nhs_number=NUMBERS[0], born_on=EDITH.born_on))
    change_patient(
        cast[COORDINATOR],
        second.patient_id,
        replace(EDIE, nhs_number=NUMBERS[0]),
        Contact(phone="01632 960001"),
        None,
        seen=second.patient.row_version,
    )
    kept, merged = first.patient_id, second.patient_id
    merge_id = join(cast, kept, merged, given_name=merged)
    patient = db.session.get_one(Patient, kept)
    assert (patient.given_name, patient.nhs_number, patient.phone) == ("Edie", NUMBERS[0], "01632 960001")
    assert find_named(NUMBERS[0]) == kept
    assert search(cast[COORDINATOR], "Edie")
    seen = patient.row_version
    change_patient(cast[COORDINATOR], kept, EDIE, Contact(phone="01632 960002"), None, seen=seen)
    part(cast, merge_id)
    # Somebody has corrected the phone since, and taken the number away: both stay as they are now.
    assert (patient.given_name, patient.nhs_number, patient.phone) == ("Edith", None, "01632 960002")
    assert find_named(NUMBERS[0]) == merged


def test_an_objection_of_either_shuts_out_and_empties_lists(cast: Cast) -> None:
    first, second = twins(cast)
    first.state, first.coordinator_id = CaseState.LISTED, cast[COORDINATOR].account_id
    item = make_item(make_meeting(cast), first)
    db.session.commit()
    charity = {"organisation_id": cast.charity.id}
    coordinator = cast[COORDINATOR]
    object_to_sharing(coordinator, first.patient_id, ObjectionScope.ORGANISATION, **charity)
    merge_id = join(cast, first.patient_id, second.patient_id)
    assert not accesses(cast[CHARITY], [first.patient_id])
    with pytest.raises(NotFound):
        get_case_for(cast[CHARITY], second.id)
    part(cast, merge_id)
    assert get_case_for(cast[CHARITY], second.id)
    object_to_sharing(coordinator, second.patient_id, ObjectionScope.ALL)
    merge_id = join(cast, first.patient_id, second.patient_id)
    assert (item.state.value, first.state) == ("withdrawn", CaseState.TRIAGED)
    assert not accesses(cast[CLINICIAN], [first.patient_id])
    # Lifted while they were one: the lifting goes back with what it lifts.
    told = objections_told(access_to(coordinator, first.patient_id))
    (lifted,) = [each for each, said in told if "Good Neighbours" not in said]
    lift_objection(coordinator, first.patient_id, lifted)
    part(cast, merge_id)
    assert objections_told(access_to(coordinator, second.patient_id)) == []
    assert len(objections_told(access_to(coordinator, first.patient_id))) == 1


def test_an_objection_of_either_gives_a_place_in_a_clinic_back(cast: Cast) -> None:
    booked, other = make_asked(cast), refer(cast, CHARITY, EDIE)
    object_to_sharing(cast[COORDINATOR], other.patient_id, ObjectionScope.ALL)
    join(cast, booked.case.patient_id, other.patient_id)
    assert booked.booking.state is BookingState.GIVEN_BACK


def test_only_the_practice_that_is_chosen_sees_all_of_who_was_entered_twice(cast: Cast) -> None:
    first, second = twins(cast)
    elm, oak = cast[CLINICIAN], workplace_of(keep(new_account(CLINICIAN, cast.network, cast.oak.id))).actor
    for case, practice in ((first, cast.elm), (second, cast.oak)):
        case.patient.practice_id = practice.id
        keep(
            CareRelation(
                patient_id=case.patient_id,
                reason=Reason.REGISTERED,
                organisation_id=practice.id,
                starts_on=today(),
                made_by="Nobody",
            )
        )
    merge_id = join(cast, first.patient_id, second.patient_id)
    assert [seen.case for seen in cases_for(elm)] == [first, second]
    assert not cases_for(oak)
    part(cast, merge_id)
    assert [[seen.case for seen in cases_for(one)] for one in (elm, oak)] == [[first], [second]]


def test_what_was_recorded_since_stays_but_for_what_belongs_to_a_case_that_goes_back(cast: Cast) -> None:
    first, second = twins(cast)
    kept, merged = first.patient_id, second.patient_id
    merge_id = join(cast, kept, merged)
    record_need(cast[COORDINATOR], kept, NeedKind.COMMUNICATION, "Hearing loop")
    guest = {"account_id": cast[CLINICIAN].account_id, "starts_on": today(), "made_by": "Nobody"}
    row = keep(CareRelation(patient_id=kept, case_id=second.id, reason=Reason.GUEST, **guest))
    again = refer_patient(cast[CHARITY], None, ASKED, organisation_id=home_of(cast, CHARITY), patient_id=kept)
    merge = get_merge_for(cast[LEAD], merge_id)
    since = recorded_since(merge, json.loads(merge.before)["held"])
    assert since.rows["patient_need"]
    assert since.rows["mdt_case"] == [again]
    part(cast, merge_id)
    assert db.session.get_one(Case, again).patient_id == kept
    assert second.patient_id == row.patient_id == merged
    with pytest.raises(NotNow, match="already"):
        part(cast, merge_id)
    # Parted, they are not suggested again, and can be joined by whoever knows better.
    assert not pairs_for(cast[COORDINATOR])
    join(cast, merged, kept)
    assert db.session.get_one(Case, again).patient_id == merged


def test_of_three_entries_the_last_joined_is_the_first_parted(cast: Cast) -> None:
    first, second = twins(cast)
    third = refer(cast, CHARITY, replace(EDIE, given_name="Eadie", family_name="Specimin"))
    one = join(cast, first.patient_id, second.patient_id)
    two = join(cast, third.patient_id, first.patient_id)
    assert {first.patient_id, second.patient_id} <= set(rows_of(third.patient_id)["patient"])
    with pytest.raises(NotNow, match="Part that one first"):
        part(cast, one)
    with pytest.raises(NotFound):
        join(cast, first.patient_id, second.patient_id)
    owners = (third.patient_id, first.patient_id, second.patient_id)
    part(cast, two)
    part(cast, one)
    assert (third.patient_id, first.patient_id, second.patient_id) == owners or second.patient_id != owners[1]
    assert len({each.patient_id for each in (first, second, third)}) == 3


def test_two_people_told_apart_are_shown_no_more_until_that_is_taken_back(cast: Cast) -> None:
    first, second = twins(cast)
    tell_apart(cast[LEAD], second.patient_id, first.patient_id)
    assert not pairs_for(cast[COORDINATOR])
    take_back_telling_apart(cast[COORDINATOR], first.patient_id, second.patient_id)
    assert len(pairs_for(cast[COORDINATOR])) == 1
    numbered = refer_patient(
        cast[CHARITY],
        replace(EDIE, nhs_number=NUMBERS[1]),
        ASKED,
        organisation_id=home_of(cast, CHARITY),
        is_somebody_else=True,
    )
    twin = db.session.get_one(Case, numbered).patient_id
    # Twins share a day and a name: two different numbers are two people, a missing one may be either's.
    pairs = [{one.patient.id, other.patient.id} for one, other in pairs_for(cast[LEAD])]
    assert {first.patient_id, twin} not in pairs
    assert {second.patient_id, twin} in pairs


def test_nobody_joins_unseen_without_a_reason_or_without_the_right(cast: Cast) -> None:
    first, second = twins(cast)
    pair = first.patient_id, second.patient_id
    said = {"taken": {}, "has_compared": True}
    with pytest.raises(Invalid):
        merge_people(cast[COORDINATOR], *pair, " ", **said)
    with pytest.raises(Invalid):
        merge_people(cast[COORDINATOR], *pair, "Said so.", taken={}, has_compared=False)
    with pytest.raises(NotFound):
        merge_people(cast[COORDINATOR], pair[0], pair[0], "Said so.", **said)
    with pytest.raises(NotAllowed):
        merge_people(cast[CLINICIAN], *pair, "Said so.", **said)
    with in_network(cast.stranger.network_id), pytest.raises(Refusal):
        merge_people(cast[COORDINATOR], *pair, "Said so.", **said)
    assert not db.session.scalars(select(PatientMerge)).all()


def test_the_lead_looks_by_reference_and_joining_is_for_who_may_read_both(cast: Cast) -> None:
    first, second = twins(cast)
    lead, coordinator = client_for(cast, LEAD), client_for(cast, COORDINATOR)
    names = ("Specimen", "SPECIMEN", "Edith", "Edie", "1941", "999 000")
    assert "SPECIMEN" in coordinator.get("/sharing/merging").text
    sent = lead.post("/sharing/merging", data={"first": "C-0001", "second": "C-0002"})
    assert sent.status_code == 303
    for path in ("/sharing/merging", sent.location):
        page = lead.get(path).text
        assert "C-0001" in page
        assert not [name for name in names if name in page]
    assert "Edie" in coordinator.get(sent.location).text
    for typed in ({}, {"first": "C-0001", "second": "C-0001"}, {"first": "C-0001", "second": "C-0999"}):
        assert lead.post("/sharing/merging", data=typed).status_code == 422
    assert coordinator.post(sent.location, data={"reason": "Said so."}).status_code == 422
    kept, merged = str(first.patient_id), str(second.patient_id)
    chosen = {"kept_id": kept, "reason": "Said so.", "has_compared": "y"}
    chosen |= {"take_given_name": merged, "take_nhs_number": kept}
    wrong = chosen | {"take_given_name": str(uuid.uuid4())}
    assert coordinator.post(sent.location, data=wrong).status_code == 422
    assert "a care coordinator joins them" in lead.get(sent.location).text
    refused = lead.post(sent.location, data=chosen)
    assert (refused.status_code, "Ask a care coordinator" in refused.text) == (403, True)
    joined = coordinator.post(sent.location, data=chosen)
    assert joined.status_code == 303
    page = lead.get(joined.location).text
    assert "What moved" in page
    assert not [name for name in names if name in page]
    assert lead.post(f"{joined.location}/part").status_code == 303
    assert "Parted" in coordinator.get(joined.location).text
    assert lead.post(f"/sharing/merging/{kept}/{merged}/apart").status_code == 303
    assert "two people" in lead.get(f"/sharing/merging/{kept}/{merged}").text
    assert lead.post(f"/sharing/merging/{kept}/{merged}/together").status_code == 303
    assert client_for(cast, CLINICIAN).get("/sharing/merging").status_code == 403
