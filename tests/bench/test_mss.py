"""The public student scheduling instances in the product's own words: what its rules find in a plan is what a
checker finds that knows nothing of them.
"""

import csv
import json
from itertools import combinations, permutations, product
from random import Random

import pytest

from bench.mss import main
from bench.students import BadInstance, Instance, Row, Student, read
from bench.students_check import assess
from bench.students_problem import (
    COST_TIER,
    plan_of,
    problem_of,
    satisfaction_at_best,
    solution_rows,
)
from rota.solver.limits import Limits
from rota.solver.rotation_plan import breaches, costs, fill

TEXT = """%Scalars
Students=3;
Disciplines=4;
Hospitals=2;
Duration=1;
Horizon=5;
Groups=2;
MaxDiscPerHosp=2;
%Data structures
DiscGroup = [1,1,2,2];
StudDiscGroup =[| 2, 1 | 1, 1 | 0, 1 |];
AllowedDisc =[| 1, 1, 1, 1 | 1, 1, 1, 0 | 1, 1, 1, 1 |];
Precededby =[| 0, 0, 0, 0 | 1, 0, 0, 0 | 0, 0, 0, 0 | 0, 0, 0, 0 |];
Availability =[| 1, 1, 0, 1, 1 | 1, 1, 1, 1, 1 | 0, 1, 1, 1, 0 |];
Ability =
 array3d(1..Students,1..Hospitals,1..Disciplines,[
1, 1, 1, 1, 1, 1, 1, 0,
1, 1, 1, 1, 1, 1, 1, 1,
1, 1, 1, 1, 0, 1, 1, 1]);
MaxPosHosp = array3d(1..Hospitals, 1..Disciplines, 1..Horizon,[
1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 2, 2, 2, 2, 2,
1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2]);
MinPosHosp = array3d(1..Hospitals, 1..Disciplines, 1..Horizon,[
0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0,
0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
%W_disc W_hosp W_change W_wait
WeightPref=[| 1,2,-2,-1 | 3,1,-1,-2 | 2,2,-3,-3 |];
PrefStudDisc =[| 2, 1, 2, 3 | 3, 3, 1, 1 | 2, 1, 3, 3 |];
PrefStudHosp =[| 3, 1 | 2, 3 | 2, 2 |];
ManPref=[1,4,1,0];
"""


@pytest.fixture
def made_up(tmp_path) -> Instance:
    path = tmp_path / "made_up.dzn"
    path.write_text(TEXT, encoding="utf-8", newline="\r\n")
    return read(path)


def some_rows(instance: Instance, chance: Random) -> list[Row]:
    """Draw stays for each student; now and then two at a time, or one too many."""
    rows = []
    for student in range(1, len(instance.students) + 1):
        for _ in range(chance.randrange(4)):
            discipline, hospital = 1 + chance.randrange(instance.disciplines), 1 + chance.randrange(2)
            rows.append((student, discipline, hospital, 1 + chance.randrange(len(instance.starts))))
    return sorted(set(rows))


def years_of(instance: Instance, student: Student) -> list[list[Row]]:
    """Give every whole year of a student."""
    number = student.number + 1
    sets = [
        [part for part in combinations([d for d in range(4) if instance.group_of[d] == group], needed)]
        for group, needed in enumerate(student.needs)
    ]
    years = []
    for parts in product(*sets):
        disciplines = [discipline for part in parts for discipline in part]
        for starts in permutations(instance.starts, len(disciplines)):
            for hospitals in product(range(instance.hospitals), repeat=len(disciplines)):
                stays = zip(disciplines, hospitals, starts, strict=True)
                years.append([(number, d + 1, h + 1, start + 1) for d, h, start in stays])
    return years


def best_of(instance: Instance) -> int:
    """Find the best objective by looking at every plan."""
    own = [
        [year for year in years_of(instance, student) if is_fine(instance, year)]
        for student in instance.students
    ]
    plans = ([row for year in years for row in year] for years in product(*own))
    return max(objective for objective, broken in (assess(instance, rows) for rows in plans) if not broken)


def is_fine(instance: Instance, year: list[Row]) -> bool:
    """Say whether a student's year breaks nothing by itself."""
    mine = f"Student {year[0][0]} " if year else ""
    return not any(said.startswith(mine) for said in assess(instance, year)[1])


def test_it_is_read_as_it_stands(made_up):
    assert (made_up.name, made_up.horizon, made_up.most_in_hospital) == ("made_up", 5, 2)
    assert made_up.group_of == (0, 0, 1, 1)
    assert made_up.before[1] == {0}
    assert (made_up.most[0][2][3], made_up.least[0][2][1]) == (0, 1)
    second = made_up.students[1]
    assert (second.needs, second.allowed) == ((1, 1), {0, 1, 2})
    assert made_up.students[0].can[1] == {0, 1, 2}
    assert made_up.students[2].available == {1, 2, 3}
    assert made_up.satisfaction_of(second, 1, 1) == 3 * 3 + 1 * 3 + 4


def test_a_plan_costs_and_breaks_what_the_checker_says(made_up):
    chance, problem = Random(1), problem_of(made_up)
    fine = set()
    for _ in range(300):
        rows = some_rows(made_up, chance)
        plan = plan_of(made_up, rows)
        objective, broken = assess(made_up, rows)
        told = costs(problem, plan)
        is_whole = not breaches(problem, plan) and not [cost for cost in told if cost.tier == "T1"]
        assert is_whole == (not broken), (rows, broken, told)
        fine.add(is_whole)
        if is_whole:
            missing = sum(cost.amount for cost in told if cost.tier == COST_TIER)
            assert satisfaction_at_best(problem) - missing == objective
        assert solution_rows(made_up, plan) == rows
    assert False in fine


def test_the_plan_found_is_the_best_there_is_and_proved(made_up):
    problem = problem_of(made_up)
    result = fill(problem, Limits(20, 1, deterministic=True))
    objective, broken = assess(made_up, solution_rows(made_up, result.plan))
    assert not broken
    assert objective == best_of(made_up)
    assert result.cost_by_tier[COST_TIER] >= result.bound_by_tier[COST_TIER]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([(1, 1, 1, 1), (1, 2, 2, 1)], "Student 1 is in two places in period 1."),
        ([(4, 1, 1, 1)], "There is no student 4 in 1 at 1 from 1."),
        ([(1, 2, 1, 1)], "Student 1 in discipline 2 at hospital 1: discipline 1 comes before."),
        ([(3, 3, 1, 1)], "Student 3 in discipline 3 at hospital 1: away from period 1."),
        ([(2, 4, 1, 1)], "Student 2 in discipline 4 at hospital 1: the discipline is not allowed."),
        ([(3, 1, 2, 2)], "Student 3 in discipline 1 at hospital 2: not able to."),
        ([], "Student 1 takes 0 of group 1, not 2."),
        ([], "Hospital 1 has 0 students in discipline 3 in period 2, not 1 to 1."),
        ([(3, 3, 1, 2), (3, 3, 2, 3)], "Student 3 takes discipline 3 2 times."),
        ([(1, 1, 1, 1), (1, 2, 1, 2), (1, 3, 1, 4)], "Student 1 takes 3 disciplines in hospital 1."),
    ],
)
def test_the_checker_tells_each_rule_that_is_broken(made_up, rows, said):
    assert said in assess(made_up, rows)[1]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Students=3;", "", "it has no Students"),
        ("Students=3;", "Students=4;", "its StudDiscGroup has 6 values, and should have 8"),
        ("Horizon=5;", "Horizon=soon;", "its Horizon is no whole number"),
        ("Horizon=5;", "Horizon=0;", "its Horizon is 0, and must be 1 or more"),
        ("[1,1,2,2]", "[1,1,2,3]", "it speaks of group 3"),
        ("ManPref=[1,4,1,0]", "ManPref=[1,4,x,0]", "its ManPref holds something that is no whole number"),
    ],
)
def test_a_file_of_another_kind_is_refused_in_a_sentence(tmp_path, old, new, said):
    assert old in TEXT
    path = tmp_path / "foreign.dzn"
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadInstance, match="is not a student scheduling instance") as refused:
        read(path)
    assert said in str(refused.value)


def test_a_missing_file_ends_the_bench_with_a_sentence(tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        main([str(tmp_path / "nowhere.dzn")])
    assert ended.value.code == 2
    assert "cannot be read: name the data file of an instance" in capsys.readouterr().err


def test_the_bench_prints_one_line_and_writes_what_it_found(tmp_path, capsys):
    path, out = tmp_path / "made_up.dzn", tmp_path / "solution.csv"
    path.write_text(TEXT, encoding="utf-8")
    main([str(path), "--seconds", "2", "--out", str(out)])
    line = json.loads(capsys.readouterr().out)
    head, *written = csv.reader(out.read_text().splitlines())
    assert head == ["student", "discipline", "hospital", "start"]
    rows = [(int(row[0]), int(row[1]), int(row[2]), int(row[3])) for row in written]
    objective, broken = assess(read(path), rows)
    assert (line["instance"], line["objective"], line["breaches"]) == ("made_up", objective, len(broken))
    assert line["bound"] >= objective
    assert line["peak_mib"] > 0 < line["seconds"]
