"""Named rooms: what is chosen is the best of all choices there could be, and breaks nothing."""

from datetime import datetime
from itertools import product
from random import Random

import pytest

from rota.solver.staff_rota import Placement, Plan
from rota.solver.staff_rota.rooms import (
    NO_ROOM,
    Room,
    by_site_and_day,
    costs_of_rooms,
    rooms_for,
    wrong_with_rooms,
)
from tests.rota.solver.makers import make_duty, make_person, make_problem, make_sessions, plan_of

AM, PM = make_sessions(1)
ROOMS = (Room("E1", "Room 1", "ELM", "clinic"), Room("E2", "Room 2", "ELM", "clinic"))


def two_sessions(*people, **given):
    duties = [make_duty(0, AM, room="clinic", maximum=3), make_duty(1, PM, room="clinic", maximum=3)]
    return make_problem([make_person(key) for key in people], duties, (AM, PM), **given)


def some_problem(chance):
    sessions = make_sessions(2)
    duties = [
        make_duty(
            number,
            session,
            site=chance.choice(("ELM", "ELM", "OAK")),
            room=chance.choice(("clinic", "clinic", "dental", None)),
            ends=datetime(2027, 3, session.day.day, 15)
            if session.kind == "AM" and chance.random() < 0.3
            else None,
        )
        for number, session in enumerate(chance.choices(sessions, k=4))
    ]
    people = [
        make_person(key, absent=frozenset({0}) if chance.random() < 0.2 else frozenset())
        for key in ("amy", "bob", "cat")
    ]
    cells = [Placement(person.key, duty.number) for person in people for duty in duties]
    rooms = [
        Room(f"R{number}", f"Room {number}", chance.choice(("ELM", "ELM", "OAK")), "clinic")
        for number in range(3)
    ]
    return make_problem(people, duties, sessions), Plan.of(chance.sample(cells, 5)), rooms


@pytest.mark.parametrize("seed", range(30))
def test_no_other_choice_of_rooms_costs_less(seed):
    chance = Random(seed)
    problem, plan, rooms = some_problem(chance)
    usual = {("amy", "ELM"): "R0", ("bob", "ELM"): "R1"}
    needs = [need for some in by_site_and_day(problem, plan).values() for need in some]

    def cost(chosen):
        return sum(each.amount for each in costs_of_rooms(problem, plan, rooms, chosen, usual))

    choices = (
        {need: code for need, code in zip(needs, codes, strict=True) if code}
        for codes in product([None, *(room.code for room in rooms)], repeat=len(needs))
    )
    best = min(cost(each) for each in choices if not wrong_with_rooms(problem, plan, rooms, each))
    chosen = rooms_for(problem, plan, rooms, usual)
    assert not wrong_with_rooms(problem, plan, rooms, chosen)
    assert cost(chosen) == best


def test_somebody_keeps_their_room_over_the_day():
    plan = plan_of(("amy", 0), ("bob", 0), ("amy", 1), ("bob", 1))
    chosen = rooms_for(two_sessions("amy", "bob"), plan, ROOMS)
    assert chosen[Placement("amy", 0)] == chosen[Placement("amy", 1)]
    assert chosen[Placement("bob", 0)] == chosen[Placement("bob", 1)] != chosen[Placement("amy", 0)]


def test_who_finds_no_room_is_named_and_stays_where_they_are():
    problem, plan = two_sessions("amy", "bob", "cat"), plan_of(("amy", 0), ("bob", 0), ("cat", 0))
    chosen = rooms_for(problem, plan, ROOMS)
    assert len(chosen) == 2
    [cost] = costs_of_rooms(problem, plan, ROOMS, chosen)
    assert cost.amount == NO_ROOM
    assert cost.said.endswith("on Mon 1 Mar AM has no clinic room.")


def test_the_usual_room_is_given_where_it_is_free():
    problem, plan = two_sessions("amy"), plan_of(("amy", 0))
    usual = {("amy", "ELM"): "E2"}
    assert rooms_for(problem, plan, ROOMS, usual) == {Placement("amy", 0): "E2"}
    taken = {Placement("amy", 0): "E1"}
    [cost] = costs_of_rooms(problem, plan, ROOMS, taken, usual)
    assert cost.said == "Amy Example on Mon 1 Mar AM has Room 1, not Room 2."


def test_a_room_of_another_kind_or_of_two_people_is_told():
    problem, plan = two_sessions("amy", "bob"), plan_of(("amy", 0), ("bob", 0))
    both = dict.fromkeys(plan.placements, "E1")
    assert wrong_with_rooms(problem, plan, ROOMS, both) == (
        "Amy Example on Mon 1 Mar AM and Bob Example on Mon 1 Mar AM have one room.",
    )
    assert "cannot have room O1" in wrong_with_rooms(problem, plan, ROOMS, {Placement("amy", 0): "O1"})[0]
    assert "needs no room" in wrong_with_rooms(problem, Plan(), ROOMS, {Placement("amy", 0): "E1"})[0]
