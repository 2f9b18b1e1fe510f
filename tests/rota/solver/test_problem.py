"""A problem refuses nonsense in a sentence that a planner can act on."""

import json
from dataclasses import asdict
from datetime import datetime, timedelta

import pytest

from rota.solver.limits import Limits, Way
from rota.solver.staff_rota import Commitment, Duty, Placement, RuleChoice, Session, Site
from tests.rota.solver.makers import MONDAY, make_duty, make_person, make_problem, make_sessions

AM, PM = make_sessions(1)
NOON = datetime(2027, 3, 1, 12)


@pytest.mark.parametrize(
    ("nonsense", "sentence"),
    [
        (lambda: make_duty(0, AM, minimum=2, desired=1), "cover must rise from minimum"),
        (lambda: make_duty(0, AM, ends=datetime(2027, 3, 1, 8)), "ends before it starts"),
        (lambda: Commitment(0, "Tutorial", NOON, NOON), "Tutorial on 01 March ends before it starts"),
        (lambda: make_person("amy", wte=0), "must be above 0"),
        (lambda: Site("ELM", "Elm", "Elm", {"clinic": -1}), "give a number from 0 up"),
        (lambda: RuleChoice("R01", "H9", "T1", 1), "severity must be H0, H1 or soft"),
        (lambda: RuleChoice("R01", "H0", "T1", -1), "weight must be 0 or more"),
        (lambda: RuleChoice("R01", "H0", "T9", 1), "tier must be one of T1"),
        (lambda: Limits(seconds=0), "needs some time"),
        (lambda: Limits(workers=0), "needs a worker"),
    ],
)
def test_nonsense_is_refused_where_it_is_made(nonsense, sentence):
    with pytest.raises(ValueError, match=sentence):
        nonsense()


@pytest.mark.parametrize(
    ("people", "duties", "given", "sentence"),
    [
        (["amy", "amy"], [], {}, "two of person amy"),
        ([], [make_duty(0, AM), make_duty(0, PM)], {}, "two of duty 0"),
        ([], [make_duty(0, AM, site="YEW")], {}, "YEW, which is not among the sites"),
        (["amy"], [], {"pins": (Placement("amy", 7),)}, "No such person or duty"),
        ([], [make_duty(0, AM)], {"published": (Placement("zoe", 0),)}, "No such person or duty"),
    ],
)
def test_a_problem_that_does_not_hang_together_is_refused(people, duties, given, sentence):
    with pytest.raises(ValueError, match=sentence):
        make_problem([make_person(key) for key in people], duties, (AM, PM), **given)


def test_a_duty_in_a_session_of_another_period_is_refused():
    other = make_sessions(9)[17]
    with pytest.raises(ValueError, match="session 17, which is not in this period"):
        make_problem([], [make_duty(0, other)], (AM, PM))


def test_days_without_sessions_have_their_place():
    problem = make_problem([], [], (*make_sessions(1), make_sessions(4)[6]))
    assert problem.days == tuple(MONDAY + timedelta(day) for day in range(4))
    assert [len(problem.sessions_on[day]) for day in problem.days] == [2, 0, 0, 1]


def test_an_empty_problem_has_no_days():
    assert make_problem([], [], ()).days == ()


def test_a_duty_knows_its_minutes():
    assert isinstance(make_duty(0, AM), Duty)
    assert make_duty(0, AM).minutes == 240


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("EAM", "Mon 1 Mar early"),
        ("AM", "Mon 1 Mar AM"),
        ("EVE", "Mon 1 Mar evening"),
        ("SAT_AM", "Mon 1 Mar AM"),
        ("SAT_PM", "Mon 1 Mar PM"),
    ],
)
def test_a_session_is_said_in_words_and_never_by_its_code(kind, said):
    assert Session(0, MONDAY, kind).said == said


def test_limits_written_down_and_read_back_search_the_same_way():
    limits = Limits(way=Way.PATTERNS)
    read_back = Limits(**json.loads(json.dumps(asdict(limits))))
    assert read_back == limits
    assert read_back.way is Way.PATTERNS
