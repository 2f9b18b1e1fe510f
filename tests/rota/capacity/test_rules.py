"""What the strips say is left, and what the rules say is broken, agree on every plan of tiny problems."""

from collections import Counter

import pytest

from rota.capacity.rules import Guidance, Rooms, guidance_at, rooms_at, tone_of_free
from rota.capacity.wording import guidance_said, number_text, rooms_said
from rota.solver.staff_rota import Scope
from rota.solver.staff_rota.looking import breaches
from rota.solver.staff_rota.rules import rules_of
from rota.solver.staff_rota.rules.places import people_by_place
from rota.solver.staff_rota.rules.supervision import LearnerSupervised
from rota.solver.staff_rota.solution import Rota
from tests.rota.solver.tiny import every_plan, tiny_problem

PROBLEMS = 12


def places_of(problem, plan):
    return people_by_place(Rota(problem, plan), Scope())


def sessions_broken(problem, plan, code):
    return Counter(each.session for each in breaches(problem, plan) if each.code == code)


def test_rooms_run_short_where_and_when_the_rule_says_so() -> None:
    spoke = Counter()
    for seed in range(PROBLEMS):
        problem = tiny_problem(f"rooms {seed}", ["R27"])
        for plan in every_plan(problem):
            short = Counter(
                place.session
                for place, placed in places_of(problem, plan).items()
                if place.site
                for rooms in rooms_at(problem.site_by_code[place.site], placed)
                if rooms.free < 0
            )
            assert short == sessions_broken(problem, plan, "R27")
            spoke[bool(short)] += 1
    assert spoke[True]
    assert spoke[False]


def test_minutes_of_supervision_run_short_where_and_when_the_rule_says_so() -> None:
    spoke = Counter()
    for seed in range(PROBLEMS):
        problem = tiny_problem(f"R11 {seed}", ["R11"])
        rule = next(each for each in rules_of(problem) if isinstance(each, LearnerSupervised))
        for plan in every_plan(problem):
            short = {
                place.session
                for place, placed in places_of(problem, plan).items()
                if guidance_at(rule, placed).free < 0
            }
            assert short == {*sessions_broken(problem, plan, "R11")}
            spoke[bool(short)] += 1
    assert spoke[True]
    assert spoke[False]


@pytest.mark.parametrize(("free", "tone"), [(-1, "short"), (0, "tight"), (2, "enough")])
def test_what_is_left_has_a_tone_and_a_true_minus(free: int, tone: str) -> None:
    assert tone_of_free(free) == tone
    assert tone_of_free(free, is_used=False) == ""
    assert number_text(-2) == "−2"
    assert number_text(2) == "2"


def test_rooms_and_minutes_are_read_out_in_words() -> None:
    rooms = [Rooms("consulting", there=6, needed=4), Rooms("treatment", there=1, needed=2)]
    assert rooms_said("ELM", rooms) == "ELM: 2 of 6 consulting rooms free, 1 treatment room too few"
    assert guidance_said("ELM", Guidance(60, 90)) == (
        "ELM: learners need 60 of 90 minutes of supervision, 30 free"
    )
    assert guidance_said("ELM", Guidance(60, 30)) == (
        "ELM: learners need 60 of 30 minutes of supervision, 30 too few"
    )
    assert guidance_said("ELM", Guidance(0, 45)) == "ELM: no learners, 45 minutes of supervision free"
