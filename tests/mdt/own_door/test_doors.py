from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from mdt.cases.rules import Risk
from mdt.merging.commands import merge_people
from mdt.objections.commands import object_to_sharing
from mdt.own_door.commands import lift_stop, make_own_door, stop_own_doors, take_back_own_door
from mdt.own_door.queries import doors_for, find_open_door, holders_of, unread_notes
from mdt.own_door.records import OwnDoor
from mdt.own_door.rules import Bar, DoorState, EndReason, Part
from mdt.own_page.commands import write_from_own_page
from mdt.patients.records import Patient
from mdt.sharing.commands import record_sharing
from mdt.sharing.rules import ObjectionScope, SharingBasis
from mdt.story.commands import change_carer, end_carer, record_death, take_back_death
from mdt.story.rules import CarerDetails
from mdt.subject_access.commands import make_copy, record_request
from mdt.subject_access.rules import AskedBy
from network.access.rules import Role
from network.audit.records import AuditEntry
from network.plumbing.database import days_ago, db, today
from network.plumbing.refusals import Invalid, NotAllowed, Refusal
from tests.cast import Cast
from tests.mdt.own_door.scene import COORDINATOR, door_of, make_carer, make_link, wanted
from tests.mdt.scene import make_case, refer

CHARITY = Role.VOLUNTARY_MEMBER


def is_open(token: str) -> bool:
    return find_open_door(*door_of(token)) is not None


def test_a_link_is_kept_as_a_hash_and_the_trail_tells_neither_it_nor_whose_it_is(cast: Cast) -> None:
    token = make_link(cast, refer(cast).patient_id)
    door = db.session.scalars(select(OwnDoor)).one()
    assert door_of(token)[1].hex() not in door.key_hash
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "make_own_door")).one()
    assert token not in str(entry.details)
    assert "Specimen" not in str(entry.details)
    assert is_open(token)
    assert find_open_door(door.id, bytes(16)) is None


def test_a_new_link_takes_the_place_of_the_same_holders_earlier_one(cast: Cast) -> None:
    patient_id = refer(cast).patient_id
    first, carers = (
        make_link(cast, patient_id),
        make_link(cast, patient_id, carer_id=make_carer(cast, patient_id)),
    )
    second = make_link(cast, patient_id)
    assert not is_open(first)
    assert is_open(second)
    assert is_open(carers)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"is_safe": None}, "Say whether it is safe"),
        ({"is_safe": False}, "not safe"),
        ({"handed_over": " "}, "how the link reaches them"),
        ({"expires_on": today()}, "from tomorrow"),
        ({"expires_on": today() + timedelta(days=400)}, "up to a year"),
    ],
)
def test_no_link_is_made_before_somebody_has_thought_of_safety(cast: Cast, changes, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        make_link(cast, refer(cast).patient_id, **changes)
    assert not db.session.scalars(select(OwnDoor)).all()


def test_a_link_is_out_of_date_after_its_last_day(cast: Cast) -> None:
    patient_id = refer(cast).patient_id
    with days_ago(10):
        token = make_link(cast, patient_id, expires_on=today() + timedelta(days=10))
    assert is_open(token)
    with days_ago(-1):
        assert not is_open(token)
        assert doors_for(cast[COORDINATOR], patient_id)[0].state is DoorState.EXPIRED


def test_whoever_takes_part_turns_everything_off_and_only_a_coordinator_lets_it_be_made_again(
    cast: Cast,
) -> None:
    patient_id = refer(cast, Role.VOLUNTARY_MEMBER).patient_id
    token = make_link(cast, patient_id)
    stop_own_doors(cast[CHARITY], patient_id)
    assert not is_open(token)
    with pytest.raises(Refusal, match="No link can be made"):
        make_link(cast, patient_id)
    with pytest.raises(NotAllowed):
        lift_stop(cast[CHARITY], patient_id, "It is safe.")
    with pytest.raises(Invalid, match="what has changed"):
        lift_stop(cast[COORDINATOR], patient_id, " ")
    lift_stop(cast[COORDINATOR], patient_id, "She lives elsewhere now, says her social worker.")
    assert not is_open(token)
    assert is_open(make_link(cast, patient_id))


def test_a_death_shuts_every_door_until_it_is_taken_back(cast: Cast) -> None:
    patient_id = refer(cast).patient_id
    token = make_link(cast, patient_id)
    record_death(cast[COORDINATOR], patient_id, today())
    assert not is_open(token)
    take_back_death(cast[COORDINATOR], patient_id)
    assert is_open(token)


def test_safeguarding_shuts_every_door(cast: Cast) -> None:
    case = make_case(cast)
    token = make_link(cast, case.patient_id)
    case.risks = [Risk.SAFEGUARDING.value]
    db.session.commit()
    assert not is_open(token)
    case.risks = []
    db.session.commit()
    assert is_open(token)
    record_sharing(
        cast[COORDINATOR],
        case.patient_id,
        SharingBasis.PUBLIC_INTEREST,
        how="Not told: it would put her in danger.",
        informed_by="A Nurse",
        informed_on=today(),
    )
    assert not is_open(token)


def test_an_objection_to_any_sharing_shuts_every_door(cast: Cast) -> None:
    patient_id = refer(cast).patient_id
    token = make_link(cast, patient_id)
    object_to_sharing(cast[COORDINATOR], patient_id, ObjectionScope.ALL)
    assert not is_open(token)


def test_a_carer_has_a_link_only_while_the_person_agrees_and_they_care(cast: Cast) -> None:
    patient_id = refer(cast).patient_id
    carer_id = make_carer(cast, patient_id)
    token = make_link(cast, patient_id, carer_id=carer_id, shows=(Part.TEAM,))
    own = make_link(cast, patient_id)
    change_carer(cast[COORDINATOR], carer_id, CarerDetails("Ann Example", patient_agrees=None))
    assert not is_open(token)
    patient = db.session.get_one(Patient, patient_id)
    assert holders_of(patient)[1].bars == (Bar.NOT_AGREED,)
    change_carer(cast[COORDINATOR], carer_id, CarerDetails("Ann Example", patient_agrees=True))
    assert is_open(token)
    end_carer(cast[COORDINATOR], carer_id)
    assert not is_open(token)
    assert is_open(own)


def test_a_carers_link_shows_something_and_is_of_this_persons_carer(cast: Cast) -> None:
    patient_id = refer(cast).patient_id
    with pytest.raises(Invalid, match="at least one thing"):
        make_link(cast, patient_id, carer_id=make_carer(cast, patient_id), shows=())
    elsewhere = make_carer(cast, make_case(cast).patient_id)
    with pytest.raises(Refusal):
        make_link(cast, patient_id, carer_id=elsewhere)


def test_a_link_turned_off_stays_off_and_is_turned_off_once(cast: Cast) -> None:
    token = make_link(cast, refer(cast).patient_id)
    take_back_own_door(cast[COORDINATOR], door_of(token)[0])
    assert not is_open(token)
    with pytest.raises(Refusal, match="already"):
        take_back_own_door(cast[COORDINATOR], door_of(token)[0])


def test_a_link_never_opens_two_entries_that_were_joined(cast: Cast) -> None:
    kept, merged = make_case(cast).patient_id, make_case(cast).patient_id
    tokens = [make_link(cast, kept), make_link(cast, merged)]
    merge_people(cast[COORDINATOR], kept, merged, "The same woman.", taken={}, has_compared=True)
    assert not any(map(is_open, tokens))
    ended = {row.ended_because for row in db.session.scalars(select(OwnDoor))}
    assert ended == {EndReason.JOINED}


def test_only_coordinators_give_links_and_read_what_was_written(cast: Cast) -> None:
    patient_id = refer(cast).patient_id
    door_id, _ = door_of(make_link(cast, patient_id))
    write_from_own_page(cast[COORDINATOR], door_id, "Please ring me.")
    assert [each.row.words for each in unread_notes(cast[COORDINATOR])] == ["Please ring me."]
    assert unread_notes(cast[Role.CLINICIAN]) == []
    with pytest.raises(NotAllowed):
        make_own_door(cast[Role.CLINICIAN], patient_id, wanted())


def test_a_copy_holds_what_they_wrote_and_neither_how_they_are_safely_reached_nor_what_others_wrote(
    cast: Cast,
) -> None:
    patient_id = refer(cast).patient_id
    own, _ = door_of(make_link(cast, patient_id, handed_over="Not at home: at the library."))
    carers, _ = door_of(make_link(cast, patient_id, carer_id=make_carer(cast, patient_id)))
    write_from_own_page(cast[COORDINATOR], own, "Please ring me.")
    write_from_own_page(cast[COORDINATOR], carers, "She forgets.")
    stop_own_doors(cast[COORDINATOR], patient_id)
    request_id = record_request(cast[COORDINATOR], patient_id, AskedBy.PERSON, today(), "")
    with ZipFile(BytesIO(make_copy(cast[COORDINATOR], request_id).packed)) as archive:
        copy = archive.read("copy.json").decode() + archive.read("copy.html").decode()
    assert "Please ring me." in copy
    for kept in ("library", "She forgets.", "not_safe", "key_hash"):
        assert kept not in copy
