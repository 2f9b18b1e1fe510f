"""Peers are judged by the same checker as we are, and plain CP-SAT is told the same rules."""

import json
from argparse import Namespace

import pytest

from bench.nrp import write
from bench.peers import compare, one_model
from bench.shifts import read
from bench.shifts_check import assess
from bench.shifts_problem import problem_of
from rota.solver.limits import Limits
from rota.solver.staff_rota import fill
from tests.bench.test_nrp import TEXT

LIMITS = Namespace(seconds=20, workers=2, seed=1)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "made_up.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_plain_cp_sat_breaks_no_rule_and_comes_to_the_same_optimum(path):
    instance = read(path)
    objective, broken = assess(instance, one_model.solve(instance, LIMITS))
    ours = fill(problem_of(instance), Limits(20, workers=2))
    assert not broken
    assert objective == sum(ours.cost_by_tier.values())


def test_a_solution_that_breaks_a_rule_has_no_objective(path):
    assert compare.judged(read(path), [("Max", 0, "dawn"), ("Kim", 0, "dawn")])["objective"] is None


def test_a_solver_that_wrote_nothing_found_nothing(path, tmp_path):
    write(tmp_path / "out.csv", [])
    assert (
        compare.judged(read(path), compare.rows_in(tmp_path / "out.csv"))["said"] == "It found no solution."
    )


def test_ratios_are_to_ours_where_both_have_an_objective():
    found = {"ours": 100, "one": 150, "two": None}
    assert compare.ratios(found) == {"one": 1.5, "two": None}
    assert compare.ratios({"ours": None, "one": 150}) == {"one": None}


def test_each_instance_is_one_line(path, capsys):
    compare.main([str(path), "--seconds", "1", "--only", "cp_sat_8_workers"])
    line = json.loads(capsys.readouterr().out)
    assert line["instance"] == "made_up"
    assert line["solvers"]["cp_sat_8_workers"]["broken"] == 0


def test_a_missing_file_is_refused_in_a_sentence(capsys, tmp_path):
    with pytest.raises(SystemExit) as ended:
        compare.main([str(tmp_path / "nothing.txt")])
    assert ended.value.code == 2
    assert "cannot be read" in capsys.readouterr().err
