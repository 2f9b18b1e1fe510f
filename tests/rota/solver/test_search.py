"""The engine finds what looking at every plan finds, and says so truly."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.instances import make
from rota.solver.limits import Limits, Way
from rota.solver.result import TIERS, Status
from rota.solver.row import AnyOf, Row, Sum
from rota.solver.search.clock import Clock
from rota.solver.search.model import Model, costs_of
from rota.solver.search.run import run, whole
from rota.solver.search.stages import costs_by_stage, is_better
from rota.solver.search.start import admits, first_choice
from rota.solver.search.tiers import TierSearch
from rota.solver.staff_rota import Part, Placement, breaches, fill
from rota.solver.staff_rota.model import RotaModel
from tests.rota.solver.makers import make_duty, make_person, make_problem, make_rule, make_sessions, plan_of
from tests.rota.solver.tiny import by_tier, every_plan, tiny_problem

EXACT = Limits(seconds=20, workers=1, seed=1, deterministic=True)


def ranked(costs_by_tier):
    return [costs_by_tier.get(tier, 0) for tier in TIERS]


@pytest.mark.parametrize("way", Way)
@pytest.mark.parametrize("seed", range(25))
def test_the_engine_finds_the_best_of_all_plans_that_break_nothing_anew(seed, way):
    problem = tiny_problem(f"best {seed}", duties=3)
    result = fill(problem, replace(EXACT, way=way))
    built = RotaModel(problem)
    cells, pinned = built.placements, built.placements.pinned
    plans = [
        plan for plan in every_plan(problem, cells.cells) if admits(built.rows, pinned, cells.chosen_in(plan))
    ]
    assert result.status is Status.OPTIMAL
    found = costs_by_stage(built.rows, cells.chosen_in(result.plan))
    others = (costs_by_stage(built.rows, cells.chosen_in(plan)) for plan in plans)
    assert not any(is_better(other, than=found) for other in others)


@pytest.mark.parametrize("seed", range(12))
def test_improving_person_by_person_first_does_not_hide_the_best(seed):
    problem = tiny_problem(f"parts {seed}", duties=4)
    built = RotaModel(problem)
    cells, pinned = built.placements.cells, built.placements.pinned
    parts = [
        frozenset(number for number, cell in enumerate(cells) if cell.person == person.key)
        for person in problem.people
    ]
    search = TierSearch(
        Model(built.names, built.rows, pinned), parts, Clock(EXACT), lambda *_: None, lambda: None
    )
    course = search.improve(pinned)
    assert course.status is Status.OPTIMAL
    assert ranked(course.costs) == ranked(fill(problem, EXACT).cost_by_tier)


def test_what_no_part_can_do_alone_the_whole_does():
    morning, _ = make_sessions(1)
    skilled = make_duty(0, morning, minimum=1, desired=1, competencies=frozenset({"coils"}))
    plain = make_duty(1, morning, minimum=1, desired=1)
    people = [make_person("amy", competencies=frozenset({"coils"})), make_person("bob")]
    rules = [make_rule(code) for code in ("R01", "R03", "R06")]
    problem = make_problem(people, [skilled, plain], make_sessions(1), *rules)
    built = RotaModel(problem)
    start = built.placements.chosen_in(plan_of(("amy", 1)))
    parts = [frozenset({built.placements.works("bob", 1)}), frozenset({0, 1})]
    search = TierSearch(
        Model(built.names, built.rows, ()), parts, Clock(EXACT), lambda *_: None, lambda: None
    )
    assert search.improve(start).costs == {"T1": 0}


def test_teams_that_share_no_duty_are_parts_of_their_own():
    problem = make("s")
    built = RotaModel(problem)
    parts = built.parts
    assert len(parts) > 3
    assert sorted(cell for part in parts for cell in part) == list(range(len(built.placements.cells)))
    for need in built.needs:
        assert sum(not part.isdisjoint(need) for part in parts) == 1


@pytest.mark.parametrize("seed", range(25))
def test_told_costs_sum_to_the_objective_and_no_bound_is_above_them(seed):
    problem = tiny_problem(f"told {seed}", duties=4)
    result = fill(problem, EXACT)
    model = RotaModel(problem)
    counted = costs_of(model.rows, model.placements.chosen_in(result.plan))
    assert ranked(by_tier(result.costs)) == ranked(counted) == ranked(result.cost_by_tier)
    assert all(result.bound_by_tier[tier] <= result.cost_by_tier[tier] for tier in result.bound_by_tier)


@settings(max_examples=40, deadline=None)
@given(st.integers(), st.integers(0, 12))
def test_impossible_pins_still_give_a_rota(seed, pins):
    problem = tiny_problem(seed, duties=4, pins=pins)
    result = fill(problem, EXACT)
    assert result.status is Status.OPTIMAL
    assert result.plan.placements.issuperset(problem.pins)
    broken = sum(breach.size for breach in breaches(problem, result.plan))
    assert broken == result.cost_by_tier.get("T0", 0)
    assert broken <= sum(breach.size for breach in breaches(problem, type(result.plan).of(problem.pins)))


@settings(max_examples=40, deadline=None)
@given(st.integers())
def test_the_first_plan_breaks_nothing_that_pins_do_not_break(seed):
    problem = tiny_problem(seed, duties=4)
    model = RotaModel(problem)
    pinned = model.placements.pinned
    chosen = first_choice(len(model.placements.cells), model.rows, pinned, model.needs, TIERS)
    assert chosen >= pinned
    assert all(row.tier or row.excess(chosen) <= row.excess(pinned) for row in model.rows)


def random_rows(chance, cells):
    """Make rows of every shape: hard and soft, with units, shared slacks and any-ofs."""
    anys = [AnyOf(f"any {n}", tuple((c,) for c in chance.sample(range(cells), 2))) for n in range(2)]
    for number in range(6):
        atoms = [*chance.sample(range(cells), 3), *chance.sample(anys, chance.choice((0, 1)))]
        amount = Sum({atom: chance.randint(-3, 3) for atom in atoms}, chance.randint(-2, 2))
        tier = chance.choice((None, "T1", "T2"))
        slack = "shared" if tier == "T2" and chance.random() < 0.5 else ""
        weight = 2 if slack else chance.randint(1, 4)
        yield Row(
            f"row {number}",
            amount,
            chance.randint(-2, 2),
            1 if slack else chance.randint(1, 3),
            tier,
            weight,
            slack,
        )


@pytest.mark.parametrize("seed", range(30))
def test_a_model_costs_what_its_rows_cost(seed):
    chance = Random(seed)
    rows = list(random_rows(chance, 5))
    baseline = frozenset(chance.sample(range(5), 2))
    for bits in range(32):
        chosen = frozenset(cell for cell in range(5) if bits >> cell & 1)
        model = Model((f"cell {cell}" for cell in range(5)), rows, baseline)
        for cell, var in enumerate(model.cells):
            model.cp.add(var == int(cell in chosen))
        model.cp.minimize(sum(model.price(stage) for stage in model.stages))
        outcome = run(model.cp, EXACT, 5, 0.0, lambda *_: None, lambda: False)
        if all(row.tier or row.excess(chosen) <= row.excess(baseline) for row in rows):
            assert outcome.bound == max(0, sum(costs_of(rows, chosen).values()))
        else:
            assert outcome.values is None


@pytest.mark.parametrize("seed", range(5))
def test_one_worker_with_a_deterministic_limit_repeats_itself(seed):
    problem = tiny_problem(f"again {seed}", duties=4)
    first, second = fill(problem, EXACT), fill(problem, EXACT)
    assert (first.cost_by_tier, first.bound_by_tier) == (second.cost_by_tier, second.bound_by_tier)


@pytest.mark.parametrize("seed", range(10))
def test_no_plan_is_worse_than_the_start_it_is_given(seed):
    problem = tiny_problem(f"start {seed}", duties=4, pins=0)
    best = fill(problem, EXACT)
    again = fill(problem, replace(EXACT, seconds=0.001), start=best.plan)
    assert ranked(again.cost_by_tier) <= ranked(best.cost_by_tier)


def test_a_start_that_breaks_a_hard_rule_is_not_gone_on_from():
    problem = tiny_problem("broken start", duties=4, pins=0)
    everything = [Placement(person.key, duty.number) for person in problem.people for duty in problem.duties]
    result = fill(problem, EXACT, start=type(fill(problem, EXACT).plan).of(everything))
    assert ranked(result.cost_by_tier) == ranked(fill(problem, EXACT).cost_by_tier)


@pytest.mark.parametrize("seed", range(12))
def test_beside_the_part_that_is_asked_for_only_pins_are_placed(seed):
    chance = Random(f"part {seed}")
    problem = tiny_problem(f"part {seed}", duties=4)
    duties = frozenset(duty.number for duty in problem.duties if chance.random() < 0.5)
    people = frozenset(person.key for person in problem.people if chance.random() < 0.7)
    part = Part(duties, people if seed % 2 else None)
    result = fill(replace(problem, part=part), EXACT)
    placed = result.plan.placements
    assert placed >= set(problem.pins)
    assert all(part.has(each.person, each.duty) for each in placed - set(problem.pins))


def test_a_duty_that_takes_nobody_stays_empty():
    sessions = make_sessions()
    duties = [
        make_duty(0, sessions[0], minimum=0, desired=0, maximum=0),
        make_duty(1, sessions[1], desired=1),
    ]
    result = fill(
        make_problem([make_person("amy")], duties, sessions, make_rule("R07"), make_rule("R16")), EXACT
    )
    assert result.plan == plan_of(("amy", 1))


def test_bounds_are_rounded_up_to_whole_costs():
    assert [whole(bound) for bound in (-float("inf"), -3.0, 0.0, 0.2, 2.0000001, 2.5)] == [0, 0, 0, 1, 2, 3]
