"""What the rota bench and the growth bench tell, without a solve."""

from xml.etree import ElementTree

from bench.chart import Line, chart
from bench.growth import Measured, drawn
from bench.instances import make
from bench.rota import gaps, unavoidable
from rota.solver.result import Result, Status
from rota.solver.staff_rota import Plan, costs
from tests.rota.solver.makers import make_duty, make_person, make_problem, make_rule, make_sessions


def test_a_gap_is_a_part_of_what_could_be_avoided():
    costs = {"T1": 500, "T2": 110, "T4": 30}
    result = Result(Status.OUT_OF_TIME, Plan(), (), costs, {"T1": 500, "T2": 105})
    assert gaps(result, {"T1": 500, "T2": 10}) == {"T1": 0.0, "T2": 0.05, "T4": 1.0}


def test_what_too_few_people_force_is_unavoidable():
    sessions = make_sessions()
    duties = [make_duty(0, sessions[0], minimum=2, desired=2, maximum=2)]
    problem = make_problem([make_person("amy")], duties, sessions, make_rule("R06"))
    assert unavoidable(problem) == {"T1": 100}
    assert sum(cost.amount for cost in costs(problem, Plan())) == 200


def test_an_instance_grows_by_weeks_and_by_sites():
    short, usual, large = make("s", weeks=1), make("s"), make("s", practices=7)
    assert len(short.weeks) == 1
    assert len(usual.weeks) == 4
    assert (len(usual.sites), len(large.sites)) == (7, 9)
    assert len(short.people) == len(usual.people) == 60 < len(large.people)


def test_a_drawing_names_its_lines_and_shows_its_figures():
    words = drawn([Measured(1, 60, 355, 2.5, 0.0)], [Measured(3, 20, 612, 4.0, 0.01)], 60)
    assert ElementTree.fromstring(words).tag.endswith("svg")
    for said in ("weeks (60 people", "sites (4 weeks", ">2.5<", ">4<", "1.0% from the bound"):
        assert said in words


def test_what_is_drawn_is_escaped():
    assert "a &lt; b" in chart("a < b", [Line("<line>", [(1, 2, "x & y")])], "across", "up")
