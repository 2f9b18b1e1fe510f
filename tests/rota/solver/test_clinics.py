"""One-stop clinics as values: what is refused, and how safe a clinic is with who is there."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rota.solver.staff_rota import (
    Bundle,
    ClinicKind,
    Clinics,
    Kit,
    Level,
    Opening,
    Plan,
    Seat,
    Served,
    level_of,
    missing_from,
)
from rota.solver.staff_rota.archive import plan_from_json, problem_from_json, problem_to_json
from tests.rota.solver.makers import make_duty, make_person, make_problem, make_sessions

NURSES = Seat("Nurse", "nursing", needed=2, safe=2, degraded=1, most=3, throughput=8)
PHARMACIST = Seat("Pharmacist", "pharmacy", needed=1, safe=0, degraded=0, most=1, throughput=6)
KIND = ClinicKind("diabetes", "Diabetes one-stop", (NURSES, PHARMACIST))
OPENING = Opening(0, "diabetes", "ELM", 0, "North", (0, 1))


@pytest.mark.parametrize(
    ("nurses", "pharmacists", "level"),
    [
        (2, 1, Level.SAFE),
        (2, 0, Level.SAFE),
        (1, 1, Level.DEGRADED),
        (0, 1, Level.MUST_CLOSE),
        (0, 0, Level.MUST_CLOSE),
    ],
)
def test_a_clinic_is_as_safe_as_its_worst_seat(nurses, pharmacists, level):
    assert level_of(KIND, {"Nurse": nurses, "Pharmacist": pharmacists}) is level


def test_what_is_missing_is_named_the_worst_first():
    assert missing_from(KIND, {"Nurse": 1}) == ("Nurse: 1 of the 2 needed", "Pharmacist: 0 of the 1 needed")
    assert not missing_from(KIND, {"Nurse": 2, "Pharmacist": 1})


numbers = st.lists(st.integers(0, 4), min_size=4, max_size=4).map(sorted)


@given(st.lists(numbers, min_size=1, max_size=3), st.data())
def test_nobody_more_ever_makes_a_clinic_less_safe(rising, data):
    seats = tuple(
        Seat(f"group {number}", "any", needed=c, safe=b, degraded=a, most=d + 1, throughput=1)
        for number, (a, b, c, d) in enumerate(rising)
    )
    kind = ClinicKind("any", "Any", (*seats, PHARMACIST))
    present = {seat.group: data.draw(st.integers(0, 5)) for seat in kind.seats}
    order = [Level.MUST_CLOSE, Level.DEGRADED, Level.SAFE]
    for group in present:
        more = present | {group: present[group] + 1}
        assert order.index(level_of(kind, more)) >= order.index(level_of(kind, present))
    assert level_of(kind, {seat.group: seat.needed for seat in kind.seats}) is Level.SAFE


def clinics_of(*openings, **given):
    return Clinics(kinds=(KIND,), openings=openings, **given)


@pytest.mark.parametrize(
    "nonsense",
    [
        lambda: replace(NURSES, safe=3),
        lambda: replace(NURSES, throughput=-1),
        lambda: replace(PHARMACIST, needed=0, most=0),
        lambda: replace(KIND, seats=(replace(PHARMACIST, needed=0),)),
        lambda: replace(KIND, seats=(NURSES, NURSES)),
        lambda: replace(KIND, rooms={"group": -1}),
        lambda: replace(KIND, together=(("nursing", "nursing"),)),
        lambda: replace(KIND, every=(2, 1)),
        lambda: Kit("camera", -1),
        lambda: Served(0, 0, 0),
        lambda: Bundle(0, "North", frozenset(), 3, 1, None, "ELM", 20),
        lambda: Bundle(0, "North", frozenset({"nursing"}), -3, 1, None, "ELM", 20),
        lambda: clinics_of(OPENING, OPENING),
        lambda: clinics_of(replace(OPENING, kind="dental")),
        lambda: clinics_of(replace(OPENING, duties=(0,))),
        lambda: clinics_of(OPENING, replace(OPENING, number=1)),
    ],
)
def test_nonsense_is_refused_with_a_sentence(nonsense):
    with pytest.raises(ValueError, match=r"[.:]"):
        nonsense()


def problem_with(opening, **given):
    morning, afternoon = make_sessions()
    duties = [make_duty(0, morning), make_duty(1, morning), make_duty(2, afternoon)]
    clinics = clinics_of(opening, **given)
    return make_problem([make_person("amy")], duties, [morning, afternoon], clinics=clinics)


@pytest.mark.parametrize(
    ("opening", "given"),
    [
        (replace(OPENING, site="FAR"), {}),
        (replace(OPENING, site="OAK"), {}),
        (replace(OPENING, duties=(0, 2)), {}),
        (replace(OPENING, duties=(0, 9)), {}),
        (OPENING, {"kit": (Kit("camera", 1, "FAR"),)}),
        (OPENING, {"bundles": (Bundle(0, "North", frozenset({"nursing"}), 3, 1, None, "FAR", 20),)}),
    ],
)
def test_what_is_elsewhere_than_it_says_is_refused(opening, given):
    problem_with(OPENING)
    with pytest.raises(ValueError, match=r"\."):
        problem_with(opening, **given)


@pytest.mark.parametrize(
    ("area", "disciplines", "taken", "most"),
    [
        ("North", {"nursing"}, {}, 9),
        ("North", {"nursing", "pharmacy"}, {}, 6),
        ("North", {"nursing", "pharmacy"}, {"pharmacy": 5}, 1),
        ("North", {"nursing", "pharmacy"}, {"pharmacy": 7}, 0),
        ("North", {"dental"}, {}, 0),
        ("South", {"nursing"}, {}, 0),
    ],
)
def test_an_opening_serves_its_own_area_as_far_as_its_seats_go(area, disciplines, taken, most):
    bundle = Bundle(0, area, frozenset(disciplines), 9, 1, None, "ELM", 20)
    opening = replace(OPENING, taken=taken)
    assert clinics_of(opening).can_serve(opening, bundle) == most


def test_what_was_written_before_there_were_clinics_can_still_be_read():
    problem = problem_with(OPENING)
    old = json.loads(problem_to_json(problem))
    del old["clinics"]
    assert problem_from_json(json.dumps(old)) == replace(problem, clinics=Clinics())
    assert plan_from_json('{"placements": []}') == Plan()
    assert problem_from_json(problem_to_json(problem)) == problem
