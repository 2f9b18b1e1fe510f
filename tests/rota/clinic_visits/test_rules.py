from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from network.vocabulary import Discipline, RoleGroup
from rota.clinic_visits.rules import Place, chairs_of, needs_of, numbered, picture_of, without_absent
from rota.clinics.rules import SeatDesign
from rota.solver.clinic_flow import flow

GP, NURSE = Discipline.GENERAL_PRACTICE, Discipline.NURSING
SEATS = (
    SeatDesign(RoleGroup.GP, slot_minutes=20, visit_order=2),
    SeatDesign(RoleGroup.NURSE, slot_minutes=10, visit_order=1),
    SeatDesign(RoleGroup.HEALTHCARE_ASSISTANT, slot_minutes=10),
)


@given(
    taken=st.sets(st.integers(1, 20), max_size=10),
    counts=st.lists(st.integers(0, 5), max_size=4),
)
def test_each_place_has_a_number_of_its_own_and_those_that_were_asked_for_keep_theirs(
    taken: set[int], counts: list[int]
) -> None:
    asked = dict.fromkeys(taken, frozenset({GP}))
    places = numbered(asked, [(frozenset({NURSE}), count) for count in counts])
    numbers = [place.number for place in places]
    assert numbers == sorted(set(numbers))
    assert len(numbers) == len(taken) + sum(counts)
    assert {place.number for place in places if place.disciplines == {GP}} == taken


def test_those_of_one_discipline_are_told_apart() -> None:
    chairs = chairs_of(SEATS, {"GP": 1, "Nurse": 1, "Healthcare assistant": 2})
    assert [(chair.discipline, chair.number) for chair in chairs] == [
        ("General practice", 1),
        ("Nursing", 1),
        ("Nursing", 2),
        ("Nursing", 3),
    ]


def test_the_picture_has_a_bar_for_each_visit_inside_the_session_and_in_the_order_asked_for() -> None:
    starts, ends = datetime(2026, 12, 7, 9), datetime(2026, 12, 7, 12)
    places = [Place(number, frozenset({GP, NURSE})) for number in (1, 2, 4)]
    found = flow(needs_of(places, SEATS), chairs_of(SEATS, {"GP": 1, "Nurse": 1}), starts, ends, 30, 90)
    picture = picture_of(found, starts, ends)
    assert [name for _, name in picture.rows] == ["Place 1", "Place 2", "Place 4"]
    assert len(picture.bars) == 6
    assert all(bar.x >= 64 and bar.x + bar.width <= 892.1 for bar in picture.bars)
    for place in found.places:
        assert [visit.discipline for visit in found.visits_of(place)] == ["Nursing", "General practice"]


def test_a_clinic_without_one_discipline_still_sees_people_by_the_others() -> None:
    places = [Place(number, frozenset({GP, NURSE})) for number in (1, 2)] + [Place(3, frozenset({GP}))]
    chairs = chairs_of(SEATS, {"Nurse": 1})
    seen, missed = without_absent(places, chairs)
    assert missed == {GP: 3}
    assert [place.disciplines for place in seen] == [{NURSE}, {NURSE}, set()]
    found = flow(needs_of(seen, SEATS), chairs, datetime(2026, 12, 7, 9), datetime(2026, 12, 7, 12), 30, 90)
    assert (list(found.places), list(found.unplaced)) == ([1, 2], [])
