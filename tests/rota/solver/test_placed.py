"""Learners on a placement work where it is: the rule and its twin."""

from rota.solver.staff_rota import breaches, costs
from rota.solver.staff_rota.model import RotaModel
from tests.rota.solver.makers import make_duty, make_person, make_problem, make_rule, make_sessions, plan_of

AM, PM = make_sessions(1)
DUTIES = [make_duty(0, AM, "ELM"), make_duty(1, AM, "OAK"), make_duty(2, PM, "ELM"), make_duty(3, PM, None)]


def problem_of(placed_at, *rules):
    amy = make_person("amy", home_site="ELM", placed_at=placed_at)
    return make_problem([amy], DUTIES, (AM, PM), *map(make_rule, rules))


def test_who_is_on_a_placement_takes_no_duty_elsewhere():
    problem = problem_of({AM.number: "OAK"}, "R02")
    [breach] = breaches(problem, plan_of(("amy", 0)))
    assert breach.said == "Amy Example is on a placement at OAK on Mon 1 Mar AM."
    assert not breaches(problem, plan_of(("amy", 1), ("amy", 2)))


def test_the_model_is_told_what_the_eye_sees():
    problem = problem_of({AM.number: "OAK", PM.number: "OAK"}, "R02")
    model = RotaModel(problem)
    for number in range(len(DUTIES)):
        plan = plan_of(("amy", number))
        is_closed = len(model.placements.chosen_in(plan)) < 1
        assert is_closed is bool(breaches(problem, plan)), number


def test_the_site_of_a_placement_is_the_base_while_it_lasts():
    problem = problem_of({AM.number: "OAK"}, "R31")
    assert not costs(problem, plan_of(("amy", 1)))
    assert costs(problem, plan_of(("amy", 0)))
    assert not costs(problem, plan_of(("amy", 2)))
