"""Patients flow through a clinic session: nobody is in two places, waits are bounded, nothing is better."""

from datetime import datetime, timedelta
from itertools import pairwise, product
from random import Random

import pytest

from rota.solver.clinic_flow import Chair, Flow, PlaceNeed, Visit, flow, in_order, wrong_with
from rota.solver.limits import Limits

NINE = datetime(2027, 3, 1, 9)
QUICK = Limits(seconds=5, workers=1)


def at(minutes):
    return NINE + timedelta(minutes=minutes)


def session(minutes, wait=20, stay=240):
    return NINE, at(minutes), wait, stay


def places(number, *disciplines, before=()):
    return [PlaceNeed(each + 1, frozenset(disciplines), frozenset(before)) for each in range(number)]


def chairs(**slots):
    return [Chair(discipline, 1, minutes) for discipline, minutes in slots.items()]


def measure(found):
    return len(found.unplaced), found.waiting, found.staying


def every_flow(needs, seats, starts, ends, wait, stay, unit=10):
    """Give every flow on a grid of ten minutes, whether or not it is right."""
    slots = range(0, int((ends - starts).total_seconds()) // 60, unit)
    options = []
    for need in needs:
        ways = [()]
        for discipline in sorted(need.disciplines):
            visits = [
                Visit(need.number, discipline, chair.number, at(slot), at(slot + chair.slot_minutes))
                for chair in seats
                if chair.discipline == discipline
                for slot in slots
            ]
            ways = [(*way, visit) for way in ways for visit in visits]
        right = (way for way in ways if not wrong_with(in_time(way), [need], seats, starts, ends, wait, stay))
        options.append([None, *right])
    for chosen in product(*options):
        visits = [visit for way in chosen if way for visit in way]
        left_out = [need.number for need, way in zip(needs, chosen, strict=True) if not way]
        yield in_time(visits), left_out


def in_time(visits):
    return Flow(tuple(sorted(visits, key=lambda visit: (visit.starts, visit.place))))


def tiny(chance):
    names = ["nurse", "dentist", "optometrist"]
    before = frozenset(chance.sample([*pairwise(names), ("nurse", "optometrist")], chance.choice((0, 1, 2))))
    needs = [
        PlaceNeed(number, frozenset(chance.sample(names, chance.choice((1, 2, 2, 3)))), before)
        for number in range(1, chance.choice((3, 4)))
    ]
    seats = [Chair(name, 1, chance.choice((10, 20, 30))) for name in names if chance.random() < 0.95]
    if chance.random() < 0.3:
        seats.append(Chair("nurse", 2, chance.choice((10, 20))))
    minutes = chance.choice((40, 50, 60, 70))
    return needs, seats, NINE, at(minutes), chance.choice((0, 10, 20)), chance.choice((40, minutes))


# The later ones would put somebody in two places at once, were that allowed.
@pytest.mark.parametrize("seed", [*range(10), 159, 215, 234])
def test_no_flow_is_better_than_the_one_that_is_found(seed):
    needs, seats, *hours = asked = tiny(Random(seed))
    found = flow(*asked, QUICK)
    assert found.is_best
    assert not wrong_with(found, *asked)
    best = None
    for each, left_out in every_flow(*asked):
        mark = len(left_out), each.waiting, each.staying
        if best is None or mark < best:
            seen = [need for need in needs if need.number not in left_out]
            best = best if wrong_with(each, seen, seats, *hours) else mark
    assert measure(found) == best


def test_sixteen_people_see_four_disciplines_within_a_full_morning():
    asked = (
        places(16, "nurse", "dentist", "optometrist", "pharmacist"),
        chairs(nurse=15, dentist=15, optometrist=15, pharmacist=15),
        *session(240, wait=30, stay=120),
    )
    found = flow(*asked)
    assert not found.unplaced
    assert not wrong_with(found, *asked)
    assert found == flow(*asked), "what was printed is there when the page is opened again"


@pytest.mark.parametrize(("wait", "left_out"), [(10, 0), (0, 1)])
def test_a_wait_is_at_most_what_it_may_be(wait, left_out):
    first = [("nurse", "dentist"), ("nurse", "optometrist")]
    asked = (
        places(2, "nurse", "dentist", "optometrist", before=first),
        chairs(nurse=10, dentist=20, optometrist=20),
        *session(60, wait=wait),
    )
    assert measure(flow(*asked, QUICK))[:2] == (left_out, 10 * (not left_out))


def test_two_of_one_discipline_share_the_places():
    asked = places(4, "nurse"), [Chair("nurse", 1, 30), Chair("nurse", 2, 30)], *session(60)
    found = flow(*asked, QUICK)
    assert not found.unplaced
    assert not wrong_with(found, *asked)
    assert {visit.chair for visit in found.visits} == {1, 2}


def test_an_order_is_kept():
    before = in_order({"nurse": 1, "dentist": 2, "optometrist": None}, ["nurse", "dentist", "optometrist"])
    assert before == {("nurse", "dentist")}
    found = flow(places(3, "nurse", "dentist", before=before), chairs(nurse=20, dentist=20), *session(90))
    for place in found.places:
        assert [visit.discipline for visit in found.visits_of(place)] == ["nurse", "dentist"]


@pytest.mark.parametrize(
    ("needs", "seats", "hours", "said"),
    [
        (
            places(1, "nurse", "dentist"),
            chairs(nurse=20),
            session(60),
            "Place 1 needs dentist, and nobody of that discipline is there.",
        ),
        (
            places(1, "nurse", "dentist"),
            chairs(nurse=20, dentist=30),
            session(60, stay=40),
            "Place 1 needs 50 minutes in all, and the longest stay is 40.",
        ),
        (
            places(1, "nurse", "dentist"),
            chairs(nurse=40, dentist=30),
            session(60),
            "Place 1 needs 70 minutes in all, and the session has 60.",
        ),
        (
            places(4, "nurse"),
            chairs(nurse=20),
            session(60),
            "Place 4 does not fit: 4 places need nurse, who can see 3 in the session.",
        ),
        (
            places(2, "nurse", "dentist", before=[("nurse", "dentist")]),
            chairs(nurse=10, dentist=30),
            session(60, wait=0, stay=40),
            "Place 2 finds no times beside the other one, "
            "with waits of at most 0 minutes and stays of at most 40.",
        ),
    ],
)
def test_a_place_that_finds_no_times_is_told_with_the_first_reason(needs, seats, hours, said):
    found = flow(needs, seats, *hours, QUICK)
    assert [each.said for each in found.unplaced] == [said]
    assert not wrong_with(found, needs, seats, *hours)


def test_a_wrong_flow_is_told_in_words():
    needs, seats = (
        places(2, "nurse", "dentist", before=[("nurse", "dentist")]),
        chairs(nurse=20, dentist=20),
    )
    visits = [
        Visit(1, "dentist", 1, at(0), at(20)),
        Visit(1, "nurse", 1, at(10), at(30)),
        Visit(2, "nurse", 1, at(20), at(40)),
        Visit(2, "dentist", 1, at(80), at(90)),
    ]
    assert wrong_with(in_time(visits), needs, seats, *session(80, wait=20, stay=60)) == (
        "Place 2 with dentist 1 has 10 minutes, not 20.",
        "Place 2 with dentist 1 is outside the hours of the session.",
        "nurse 1 sees place 1 and place 2 at 09:20.",
        "Place 1 is with dentist and nurse at once.",
        "Place 1 sees dentist before nurse.",
        "Place 2 waits 40 minutes, which is more than 20.",
        "Place 2 stays 70 minutes, which is more than 60.",
    )


def test_a_flow_that_sees_too_few_or_a_stranger_is_wrong():
    needs, seats = places(1, "nurse", "dentist"), chairs(nurse=20, dentist=20)
    visits = [Visit(1, "nurse", 1, at(0), at(20)), Visit(7, "dentist", 2, at(0), at(20))]
    assert wrong_with(in_time(visits), needs, seats, *session(60)) == (
        "Place 7 with dentist 2: nobody of that number is there.",
        "Place 1 sees nurse, and needs dentist, nurse.",
        "There is no place 7 here.",
    )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda: PlaceNeed(1, frozenset()), "name the disciplines"),
        (lambda: PlaceNeed(1, frozenset({"a", "b"}), frozenset({("a", "b"), ("b", "a")})), "in a circle"),
        (lambda: Chair("nurse", 1, 0), "1 minute or more"),
        (lambda: flow([], chairs(nurse=10), NINE, NINE, 10, 10), "ends before it starts"),
        (lambda: flow([], chairs(nurse=10), *session(60, wait=-1)), "0 minutes or more"),
        (lambda: flow([], chairs(nurse=10) * 2, *session(60)), "two of nurse 1"),
        (lambda: flow(places(1, "nurse") * 2, chairs(nurse=10), *session(60)), "the same number"),
    ],
)
def test_nonsense_is_refused_in_words(wrong, said):
    with pytest.raises(ValueError, match=said):
        wrong()


def test_nobody_to_see_is_an_empty_flow():
    assert flow([], chairs(nurse=10), *session(60), QUICK) == Flow(())
