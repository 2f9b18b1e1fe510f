"""Problems and plans survive being written and read."""

import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bench.instances import make
from rota.solver.staff_rota import Person, Placement, Plan, RuleChoice
from rota.solver.staff_rota.archive import (
    input_hash,
    plain,
    plan_from_json,
    plan_to_json,
    problem_from_json,
    problem_to_json,
    read,
)
from tests.rota.solver.makers import make_person
from tests.rota.solver.tiny import tiny_problem

placements = st.builds(Placement, st.text(), st.integers())


@settings(max_examples=60, deadline=None)
@given(st.integers())
def test_a_problem_comes_back_as_it_was(seed):
    problem = tiny_problem(seed)
    assert problem_from_json(problem_to_json(problem)) == problem


@given(st.frozensets(placements))
def test_a_plan_comes_back_as_it_was(chosen):
    assert plan_from_json(plan_to_json(Plan(chosen))) == Plan(chosen)


@given(st.builds(make_person, st.text(min_size=1), unavailable=st.dictionaries(st.integers(), st.text())))
def test_a_person_comes_back_as_they_were(person):
    assert read(Person, json.loads(json.dumps(plain(person)))) == person


@given(
    st.builds(
        RuleChoice,
        st.text(),
        st.sampled_from(["H0", "H1", "soft"]),
        st.sampled_from(["T1", "TS", "T5"]),
        st.integers(0),
        st.dictionaries(st.text(), st.integers() | st.text()),
        st.none() | st.frozensets(st.text()),
        st.frozensets(st.text()),
    )
)
def test_a_rule_choice_comes_back_as_it_was(choice):
    assert read(RuleChoice, json.loads(json.dumps(plain(choice)))) == choice


def test_a_whole_network_comes_back_as_it_was():
    problem = make("s")
    assert problem_from_json(problem_to_json(problem)) == problem


@settings(max_examples=30, deadline=None)
@given(st.integers())
def test_the_same_input_has_the_same_hash_and_any_change_another(seed):
    problem = tiny_problem(seed)
    assert input_hash(problem) == input_hash(tiny_problem(seed))
    amy = replace(problem.people[0], weekly_minutes=problem.people[0].weekly_minutes + 1)
    changes = [
        replace(problem, people=(amy, *problem.people[1:])),
        replace(problem, rules=problem.rules[1:]),
        replace(problem, duties=problem.duties[1:], pins=(), published=()),
    ]
    assert input_hash(problem) not in {input_hash(changed) for changed in changes}
