import json
import subprocess
import sys

from bench.__main__ import BENCHES
from bench.place import blueprints, exceeded, network_of_a_place, used_in
from rota.solver.limits import Limits, Way
from rota.solver.staff_rota import breaches, shortfalls
from rota.solver.staff_rota.archive import plan_from_json, problem_from_json
from run import ROOT


def run_bench(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "bench", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_the_rota_bench_prints_one_line_and_writes_what_it_found(tmp_path):
    ran = run_bench("rota", "--size", "s", "--seconds", "3", "--out", str(tmp_path))
    (printed,) = ran.stdout.splitlines()
    line = json.loads(printed)
    promised = {"size", "seconds", "first_rota_s", "short_first", "short_final", "short_bound"}
    assert promised | {"cost_by_tier", "bound_by_tier", "breaches", "peak_mib"} <= line.keys()
    problem = problem_from_json((tmp_path / "problem.json").read_text())
    plan = plan_from_json((tmp_path / "plan.json").read_text())
    assert line["breaches"] == len(breaches(problem, plan)) == 0
    assert line["short_final"] == sum(short.missing for short in shortfalls(problem, plan))
    assert line["short_bound"] <= line["short_final"] <= line["short_first"]


def test_the_workbook_bench_reads_rehearses_and_writes_every_row():
    line = json.loads(run_bench("workbook", "--rows", "40").stdout)
    assert (line["rows"], line["problems"]) == (40, 0)
    assert {"read_s", "rehearse_s", "write_s", "peak_mib"} <= line.keys()


def test_the_meeting_bench_times_keys_and_saves_with_everybody_connected():
    line = json.loads(run_bench("meeting", "--keys", "3").stdout)
    assert (line["people"], line["cases"]) == (15, 12)
    assert line["keys"] == 3 <= line["saves"]
    assert min(line["key_ms_p50"], line["save_ms_p50"]) > 0


def test_an_unknown_bench_is_refused_with_the_names_of_those_there_are():
    ran = run_bench("speed")
    assert ran.returncode != 0
    assert f"Name a bench: {', '.join(sorted(BENCHES))}" in ran.stderr


def test_a_bench_without_pages_needs_no_browser():
    without = (
        "import sys; sys.modules['playwright'] = None; from bench.__main__ import main; main(sys.argv[1:])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", without, "nrp", "nowhere.txt"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 2
    assert "nowhere.txt" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_bench_that_needs_a_browser_says_where_it_comes_from():
    without = (
        "import sys; sys.modules['playwright'] = None; from bench.__main__ import main; main(['meeting'])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", without], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 1
    assert ran.stderr.startswith("This bench needs playwright, which comes with the tests")


def test_the_conflicts_bench_names_what_was_planted():
    line = json.loads(run_bench("conflicts", "--asks", "5").stdout)
    assert line["sets_as_planted"] == line["minimal"] == line["asks"] == 5
    assert {"size", "seconds_p50", "seconds_max"} <= line.keys()


def test_the_clinics_bench_plans_a_blueprint_the_joint_weeks_and_proposals():
    line = json.loads(run_bench("clinics", "--blueprint-seconds", "1", "--seconds", "1").stdout)
    gaps, times = {"blueprint_gap", "joint_gap"}, {"blueprint_s", "joint_s", "proposals_s"}
    assert line.keys() == {"size", "breaches"} | gaps | times
    assert line["breaches"] == 0
    assert all(0 <= line[gap] <= 1 for gap in gaps)


def test_networks_that_share_a_building_leave_each_other_its_rooms():
    # Planned alone, both would take the same rooms.
    network = network_of_a_place(seed=1, weeks=4, cycle=1)
    solved, results = blueprints([network, network], Limits(4, way=Way.WHOLE))
    uses = [used_in(problem, result.plan) for problem, result in zip(solved, results, strict=True)]
    assert all(uses)
    assert not exceeded(sum(uses[1:], start=uses[0]))
    assert not any(breaches(problem, result.plan) for problem, result in zip(solved, results, strict=True))
