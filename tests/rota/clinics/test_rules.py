from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from network.vocabulary import Discipline, EquipmentKind, FundingStream, RoleGroup, RoomKind
from rota.clinics.rules import (
    Design,
    SeatDesign,
    disciplines_of,
    lacks,
    pair_kept,
    pair_read,
    payers_of,
    people_a_session,
    rooms_wanted,
    troubles_of,
    wrong_with_design,
    wrong_with_seat,
)
from rota.premises.rules import LICENSED, Premises

FEET = Design("Foot clinic")
NURSE = SeatDesign(RoleGroup.NURSE, room=RoomKind.TREATMENT)
DENTIST = SeatDesign(RoleGroup.DENTIST, room=RoomKind.DENTAL_SURGERY, funding=FundingStream.DENTAL_CONTRACT)
numbers = st.integers(-1, 21)


@pytest.mark.parametrize(
    ("changed", "name", "sentence"),
    [
        ({"name": " "}, "name", "Enter the name"),
        ({"name": "x" * 81}, "name", "80 characters"),
        ({"notes": "x" * 501}, "notes", "500 characters"),
        ({"weeks_between": 0}, "weeks_between", "1 to 26"),
        ({"weeks_between": 1}, "fewest_days_apart", "every week"),
        ({"longest_stay": 0}, "longest_stay", "1 to 480"),
        ({"learner_places": 10}, "learner_places", "0 to 9"),
        ({"rooms": {RoomKind.GROUP: 21}}, "rooms", "1 to 20"),
        ({"equipment": {EquipmentKind.ECG: 0}}, "rooms", "1 to 20"),
        ({"together": ((Discipline.NURSING, Discipline.NURSING),)}, "together", "two different"),
    ],
)
def test_what_a_clinic_cannot_be_is_said_beside_its_question(changed, name, sentence) -> None:
    assert not wrong_with_design(FEET)
    assert sentence in wrong_with_design(replace(FEET, **changed))[name]


@pytest.mark.parametrize(
    ("changed", "name", "sentence"),
    [
        ({"needed": -1}, "needed", "0 to 20"),
        ({"safe": 2}, "safe", "needed, 1"),
        ({"needed": 2, "most": 2, "safe": 1, "degraded": 2}, "degraded", "a safe one, 1"),
        ({"needed": 2}, "most", "needed, 2"),
        ({"throughput": 14, "slot_minutes": 20}, "throughput", "Enter 13 or fewer"),
        ({"visit_order": 0}, "visit_order", "1 to 20"),
        ({"funding": FundingStream.DENTAL_CONTRACT}, "funding", "does not pay for this group"),
    ],
)
def test_what_a_seat_cannot_be_is_said_beside_its_question(changed, name, sentence) -> None:
    assert not wrong_with_seat(NURSE)
    assert sentence in wrong_with_seat(replace(NURSE, **changed))[name]


@given(numbers, numbers, numbers, numbers)
@settings(max_examples=200, deadline=None)
def test_numbers_of_a_seat_are_right_exactly_where_they_rise(degraded, safe, needed, most) -> None:
    seat = replace(NURSE, degraded=degraded, safe=safe, needed=needed, most=most)
    assert (not wrong_with_seat(seat)) == (0 <= degraded <= safe <= needed <= most <= 20 and most > 0)


def test_the_people_of_a_group_are_of_one_discipline() -> None:
    for group in RoleGroup:
        assert {role.discipline for role in group.roles} == {group.discipline}


def test_somebody_may_pay_for_each_group_in_a_clinic() -> None:
    assert all(payers_of(group) for group in RoleGroup)
    assert FundingStream.CORE not in payers_of(RoleGroup.DENTIST)


@given(st.sampled_from(Discipline), st.sampled_from(Discipline))
def test_a_pair_reads_as_it_was_kept_whichever_way_round(one, other) -> None:
    assert set(pair_read(pair_kept((one, other)))) == {one, other}
    assert pair_kept((one, other)) == pair_kept((other, one))


def test_a_clinic_that_nobody_is_needed_for_cannot_be_planned() -> None:
    assert "Nobody is needed" in troubles_of(FEET, [])[0]
    assert "Nobody is needed" in troubles_of(FEET, [replace(NURSE, needed=0, safe=0, degraded=0)])[0]
    assert not troubles_of(FEET, [NURSE])


@pytest.mark.parametrize(
    ("design", "seats", "sentence"),
    [
        (FEET, [replace(NURSE, degraded=0)], "never have to close"),
        (replace(FEET, longest_stay=30), [NURSE, DENTIST], "takes 40 minutes"),
        (replace(FEET, together=((Discipline.NURSING, Discipline.PHARMACY),)), [NURSE], "Pharmacy has no"),
        (replace(FEET, has_huddle=True, setup_minutes=90), [NURSE], "do not fit beside the time to set up"),
        (
            FEET,
            [NURSE, SeatDesign(RoleGroup.HEALTHCARE_ASSISTANT, visit_order=1)],
            "the same place in the visit",
        ),
    ],
)
def test_what_keeps_a_clinic_from_being_planned_is_said(design, seats, sentence) -> None:
    assert any(sentence in said for said in troubles_of(design, seats))


def test_people_see_one_of_those_who_are_of_one_discipline() -> None:
    assistant = SeatDesign(RoleGroup.HEALTHCARE_ASSISTANT, slot_minutes=10)
    assert not troubles_of(replace(FEET, longest_stay=10), [NURSE, assistant])


def test_a_session_sees_as_many_as_whoever_sees_the_fewest() -> None:
    assistant = SeatDesign(RoleGroup.HEALTHCARE_ASSISTANT, throughput=3)
    dentist, optional = replace(DENTIST, throughput=9), SeatDesign(RoleGroup.PHARMACIST, 0, throughput=2)
    assert people_a_session([NURSE, assistant, dentist, optional]) == (9, Discipline.DENTISTRY)
    assert people_a_session([NURSE, dentist]) == (8, Discipline.NURSING)
    assert people_a_session([]) == (0, None)


def test_a_site_is_told_each_thing_that_it_lacks() -> None:
    design = replace(FEET, rooms={RoomKind.GROUP: 1}, equipment={EquipmentKind.ECG: 2})
    site = Premises("ELM", "Elm Surgery", {RoomKind.TREATMENT: 1}, {EquipmentKind.ECG: 1})
    assert lacks(design, [NURSE, DENTIST], site, {}) == (
        "It needs a group room, and it has none.",
        "It needs a dental surgery, and it has none.",
        "It needs 2 ECG machines, and there is 1 to be had there.",
        "It needs a contract for dentistry there.",
    )


def test_equipment_that_is_carried_there_counts() -> None:
    design, site = replace(FEET, equipment={EquipmentKind.ECG: 2}), Premises("ELM", "Elm Surgery")
    elm = replace(site, rooms={RoomKind.TREATMENT: 1}, equipment={EquipmentKind.ECG: 1})
    assert lacks(design, [NURSE], elm, {})
    assert not lacks(design, [NURSE], elm, {EquipmentKind.ECG: 1})


def test_whom_it_is_good_to_have_needs_no_room_and_no_contract() -> None:
    optional = replace(DENTIST, needed=0, safe=0, degraded=0)
    assert not lacks(FEET, [optional], Premises("ELM", "Elm Surgery"), {})


rooms = st.dictionaries(st.sampled_from(RoomKind), st.integers(1, 3))
seats = st.lists(
    st.builds(
        SeatDesign,
        st.sampled_from(RoleGroup),
        needed=st.integers(0, 2),
        room=st.sampled_from([None, *RoomKind]),
    ),
    max_size=4,
)


@given(rooms, seats, rooms, st.frozensets(st.sampled_from(LICENSED)))
@settings(max_examples=200, deadline=None)
def test_a_site_lacks_nothing_exactly_where_rooms_and_contracts_suffice(beside, team, has, contracts) -> None:
    design = replace(FEET, rooms=beside)
    found = lacks(design, team, Premises("ELM", "Elm Surgery", has, contracts=contracts), {})
    fits = all(has.get(kind, 0) >= count for kind, count in rooms_wanted(design, team).items())
    assert (not found) == (fits and (disciplines_of(team) & set(LICENSED)) <= contracts)
    assert all(said.endswith(".") for said in found)
