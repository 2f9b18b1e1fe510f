from datetime import datetime, timedelta

import pytest

from network.vocabulary import RoleGroup
from rota.clinic_examples.queries import examples
from rota.clinic_examples.rules import examples_of
from rota.clinic_visits.rules import HUDDLE, chairs_of, needs_of, numbered
from rota.clinics.rules import disciplines_of, people_a_session
from rota.solver.clinic_flow import flow
from rota.solver.limits import Limits

QUICK = Limits(seconds=0.2, deterministic=True)
OPENS, CLOSES = datetime(2026, 12, 7, 8), datetime(2026, 12, 7, 12, 10)


def test_there_are_four_examples_and_each_can_be_planned() -> None:
    assert list(examples()) == ["diabetes", "frailty", "respiratory", "eyes_and_mouth"]
    assert all(len(example.seats) >= 3 for example in examples().values())


@pytest.mark.parametrize("key", examples())
def test_as_many_people_as_an_example_says_pass_through_a_morning_of_it(key) -> None:
    design, seats = examples()[key].design, examples()[key].seats
    people, _ = people_a_session(seats)
    places = numbered({}, [(disciplines_of(seats), people)])
    chairs = chairs_of(seats, {seat.role_group.label: seat.needed for seat in seats})
    starts = OPENS + timedelta(minutes=design.setup_minutes) + (HUDDLE if design.has_huddle else timedelta())
    waits = design.longest_wait, design.longest_stay
    found = flow(needs_of(places, seats), chairs, starts, CLOSES, *waits, limits=QUICK)
    assert not found.unplaced


def test_an_example_that_does_not_fit_is_refused_by_name() -> None:
    entry = {"key": "feet", "name": "Feet", "seats": [{"role_group": "nurse"}]}
    assert examples_of([entry])["feet"].seats[0].role_group is RoleGroup.NURSE
    for broken, sentence in [
        ([{**entry, "name": ""}], "feet: Enter the name"),
        ([{**entry, "seats": [{"role_group": "nurse", "safe": 2}]}], "feet: Nurse: It cannot take more"),
        ([{**entry, "seats": []}], "feet: Nobody is needed"),
        ([entry, entry], "feet stands twice"),
    ]:
        with pytest.raises(ValueError, match=sentence):
            examples_of(broken)
