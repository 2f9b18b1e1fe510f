"""The public shift scheduling instances in the product's own words: what its rules find in a rota is what a
checker finds that knows nothing of them.
"""

import csv
import json
from random import Random

import pytest

from bench.nrp import main
from bench.shifts import BadInstance, Instance, read
from bench.shifts_check import assess
from bench.shifts_problem import COST_TIER, problem_of, solution_rows
from rota.solver.staff_rota import Placement, Plan, breaches, costs

TEXT = """# An instance that was made up.
SECTION_HORIZON
14

SECTION_SHIFTS
# ShiftID, Length in mins, Shifts which cannot follow this shift | separated
dawn,480,
noon,480,dawn
dusk,600,dawn|noon

SECTION_STAFF
# ID, MaxShifts, MaxTotalMinutes, MinTotalMinutes, MaxConsecutiveShifts, MinConsecutiveShifts, ...
Kim,dawn=14|noon=14|dusk=14,4320,2400,5,2,2,1
Lou Ray,dawn=6|noon=2|dusk=0,4320,960,4,1,3,1
Max,dawn=14|noon=0|dusk=5,9999,0,6,2,1,2

SECTION_DAYS_OFF
Kim,3
Max,0,9

SECTION_SHIFT_ON_REQUESTS
Kim,2,dawn,2
Max,5,dusk,40

SECTION_SHIFT_OFF_REQUESTS
Lou Ray,12,dawn,3

SECTION_COVER
# Day, ShiftID, Requirement, Weight for under, Weight for over
0,dawn,1,100,1
1,dawn,2,100,2
5,noon,0,100,7
6,dusk,1,30,0
13,dawn,3,10,1
"""


@pytest.fixture
def made_up(tmp_path) -> Instance:
    path = tmp_path / "made_up.txt"
    path.write_text(TEXT, encoding="utf-8", newline="\r\n")
    return read(path)


def some_plan(instance: Instance, chance: Random) -> Plan:
    """Draw runs of work for each employee, short and long; now and then two shifts in a day."""
    shifts, chosen = len(instance.shifts), set()
    for name in instance.employees:
        day, working = 0, chance.random() < 0.5
        kind = chance.randrange(shifts)
        while day < instance.days:
            run = chance.choice((1, 2, 2, 3, 3, 4, 5))
            for each in range(day, min(day + run, instance.days) if working else 0):
                other = chance.randrange(shifts) if chance.random() < 0.1 else kind
                chosen.add(Placement(name, each * shifts + other))
            day, working = day + run, not working
        if chance.random() < 0.1:
            chosen.add(Placement(name, chance.randrange(instance.days * shifts)))
    return Plan.of(chosen)


def test_it_is_read_as_it_stands(made_up):
    assert (made_up.name, made_up.days) == ("made_up", 14)
    assert made_up.shifts["dusk"].not_next == {"dawn", "noon"}
    lou = made_up.employees["Lou Ray"]
    assert (lou.most_minutes, lou.least_minutes, lou.longest_run) == (4320, 960, 4)
    assert (lou.shortest_run, lou.shortest_break, lou.most_weekends) == (1, 3, 1)
    assert made_up.employees["Max"].days_off == {0, 9}


def test_a_rota_costs_and_breaks_what_the_checker_says(made_up):
    chance, problem = Random(1), problem_of(made_up)
    verdicts = set()
    for _ in range(300):
        plan = some_plan(made_up, chance)
        told = costs(problem, plan)
        broken_by_rules = {breach.person for breach in breaches(problem, plan)}
        rows = solution_rows(made_up, plan)
        objective, broken = assess(made_up, rows)
        broken_by_checker = {
            name for name in made_up.employees if any(said.startswith(f"{name} ") for said in broken)
        }
        assert broken_by_rules == broken_by_checker, (rows, broken)
        verdicts |= {(name, name in broken_by_rules) for name in made_up.employees}
        if len({row[:2] for row in rows}) == len(rows):
            assert sum(cost.amount for cost in told if cost.tier == COST_TIER) == objective
    assert len(verdicts) == 6, "some employee's shifts were always, or never, as they should be"


def test_rows_are_read_back_as_they_were_placed(made_up):
    plan = Plan.of([Placement("Max", 3 * 5 + 2), Placement("Kim", 0), Placement("Max", 3)])
    assert solution_rows(made_up, plan) == [("Kim", 0, "dawn"), ("Max", 1, "dawn"), ("Max", 5, "dusk")]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("Kim", 0, "dawn"), ("Kim", 0, "noon")], "Kim has two shifts on day 0."),
        ([("Ann", 0, "dawn")], "There is no Ann on day 0, shift dawn."),
        ([("Kim", 14, "dawn")], "There is no Kim on day 14, shift dawn."),
    ],
)
def test_the_checker_refuses_rows_that_make_no_sense(made_up, rows, said):
    assert said in assess(made_up, rows)[1]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("SECTION_HORIZON\n14\n", "", "it has no SECTION_HORIZON"),
        ("SECTION_COVER", "SECTION_COLOURS", "a section SECTION_COLOURS, which is not known"),
        ("Kim,3\n", "Ann,3\n", "it speaks of employee Ann"),
        ("0,dawn,1", "0,night,1", "it speaks of shift night"),
        ("0,dawn,1", "14,dawn,1", "it speaks of day 14"),
        ("1,dawn,2", "0,dawn,2", "it asks twice for cover"),
        ("# An instance", "dawn,480\n# An instance", "it does not begin with a section"),
        ("480,dawn", "long,dawn", "invalid literal"),
    ],
)
def test_a_file_of_another_kind_is_refused_in_a_sentence(tmp_path, old, new, said):
    assert old in TEXT
    path = tmp_path / "foreign.txt"
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadInstance, match="is not a shift scheduling instance") as refused:
        read(path)
    assert said in str(refused.value)


def test_sections_that_are_not_needed_may_be_missing(tmp_path):
    path = tmp_path / "bare.txt"
    path.write_text(TEXT.split("SECTION_DAYS_OFF")[0], encoding="utf-8")
    bare = read(path)
    assert assess(bare, [])[0] == 0
    assert not [cost for cost in costs(problem_of(bare), Plan()) if cost.tier == COST_TIER]


def test_a_missing_file_ends_the_bench_with_a_sentence(tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        main([str(tmp_path / "nowhere.txt")])
    assert ended.value.code == 2
    assert "cannot be read: name the text file of an instance" in capsys.readouterr().err


@pytest.mark.parametrize(
    "asked",
    [("--seconds", "0"), ("--seconds", "nan"), ("--workers", "0"), ("--out", "not/there/solution.csv")],
)
def test_what_cannot_be_done_is_refused_before_it_takes_time(tmp_path, capsys, asked):
    with pytest.raises(SystemExit) as ended:
        main([str(tmp_path / "nowhere.txt"), *asked])
    assert ended.value.code == 2
    assert f"argument {asked[0]}" in capsys.readouterr().err


def test_the_bench_prints_one_line_and_writes_what_it_found(tmp_path, capsys):
    path, out = tmp_path / "made_up.txt", tmp_path / "solution.csv"
    path.write_text(TEXT, encoding="utf-8")
    main([str(path), "--seconds", "2", "--out", str(out)])
    line = json.loads(capsys.readouterr().out)
    head, *written = csv.reader(out.read_text().splitlines())
    assert head == ["employee", "day", "shift"]
    objective, broken = assess(read(path), [(name, int(day), shift) for name, day, shift in written])
    assert (line["instance"], line["objective"], line["breaches"]) == ("made_up", objective, len(broken))
    assert 0 <= line["bound"] <= objective
    assert line["peak_mib"] > 0 < line["seconds"]
