"""An automaton holds the patterns that a person's rows allow, at the costs that the rows tell."""

from itertools import product
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rota.solver.row import AnyOf, Row, Sum
from rota.solver.search.compiling import Indivisible, compiled, compiled_and_eased
from rota.solver.search.division import Division
from rota.solver.search.eased import EasedWalks
from rota.solver.search.laid_rows import steps_of
from rota.solver.search.stages import Stage, costs_by_stage
from rota.solver.search.walks import Walks

CELLS = 9
TIMES = {Stage("T0"): 1.0, Stage("T1"): 3.0, Stage("T2"): 1.0}


def random_rows(chance):
    """Make rows of all kinds over few cells; days are pairs of cells of which mostly one can be chosen."""
    for first in range(0, CELLS - 1, 2):
        if chance.random() < 0.7:
            yield Row(f"one of {first}", Sum.of([first, first + 1]), 1)
    for number in range(chance.randrange(1, 7)):
        cells = chance.sample(range(CELLS), chance.randrange(1, 6))
        terms = {cell: chance.choice([-2, -1, 1, 1, 2, 3]) for cell in cells}
        if chance.random() < 0.3:
            groups = tuple((cell,) for cell in chance.sample(range(CELLS), chance.randrange(2, 4)))
            terms[AnyOf(f"any {number}", groups)] = chance.choice([-1, 1, 2])
        tier = chance.choice([None, "T1", "T2"])
        shared = chance.choice(["", "", "worst"]) if tier else ""
        yield Row(
            f"row {number}",
            Sum(terms, chance.randrange(-1, 2)),
            chance.randrange(-1, 4),
            unit=chance.choice([1, 1, 2, 3]),
            tier="T1" if shared else tier,
            weight=5 if shared else chance.randrange(1, 5),
            slack=shared,
        )


def choices():
    for taken in product((False, True), repeat=CELLS):
        yield frozenset(cell for cell in range(CELLS) if taken[cell])


def admits(rows, baseline, strict, chosen):
    return all(row.tier or row.excess(chosen) <= (0 if strict else row.excess(baseline)) for row in rows)


def total(rows, prices, chosen):
    costs = costs_by_stage((row for row in rows if row.tier or row.excess(chosen)), chosen)
    return sum(prices[cell] for cell in chosen) + sum(TIMES[stage] * cost for stage, cost in costs.items())


@given(st.integers(0, 10**9))
@pytest.mark.parametrize("strict", [True, False])
def test_the_cheapest_walk_is_the_best_pattern(strict, seed):
    chance = Random(seed)
    rows = list(random_rows(chance))
    prices = np.array([chance.randrange(-9, 10) for _ in range(CELLS)] + [0], float)
    baseline = frozenset(chance.sample(range(CELLS), chance.randrange(0, 3)))
    best = [
        total(rows, prices, chosen)
        for chosen in choices()
        if admits(rows, baseline, strict, chosen)
        and all(len(chosen.intersection(step)) <= 1 for step in steps_of(range(CELLS), rows, baseline))
    ]
    automaton = compiled(range(CELLS), rows, baseline, strict)
    assert automaton.is_empty == (not best)
    if best:
        cost, pattern = Walks(automaton, CELLS).cheapest(prices, TIMES)
        # What hangs on no cell is told elsewhere.
        fixed = sum(
            TIMES[stage] * amount
            for stage, amount in costs_by_stage(
                (row for row in rows if row.sum.least > row.most and not row.sum.terms), ()
            ).items()
        )
        assert cost + fixed == pytest.approx(min(best))
        assert total(rows, prices, frozenset(pattern)) == pytest.approx(min(best))


@given(st.integers(0, 10**9))
def test_what_a_cell_costs_at_least_is_the_best_pattern_with_it(seed):
    chance = Random(seed)
    rows = list(random_rows(chance))
    automaton = compiled(range(CELLS), rows)
    if automaton.is_empty:
        return
    prices = np.array([chance.randrange(-9, 10) for _ in range(CELLS)] + [0], float)
    walks = Walks(automaton, CELLS)
    above = walks.through(prices, TIMES)
    patterns = [chosen for chosen in choices() if admits(rows, (), True, chosen)]
    best = min(total(rows, prices, chosen) for chosen in patterns)
    for cell in range(CELLS):
        with_it = [total(rows, prices, chosen) for chosen in patterns if cell in chosen]
        assert above[cell] == pytest.approx(min(with_it, default=np.inf) - best)


def test_cells_of_which_one_can_be_chosen_are_one_step():
    rows = [Row("day", Sum.of([0, 1, 2]), 1), Row("pair", Sum.of([2, 3]), 1), Row("two", Sum.of([4, 5]), 2)]
    assert steps_of(range(6), rows, ()) == ((0, 1, 2), (3,), (4,), (5,))
    # Where pins break such a row, its cells can be chosen together.
    assert steps_of(range(3), rows[:1], {0, 1}) == ((0,), (1,), (2,))


def test_a_run_of_days_is_told_by_few_states():
    longest = [Row(f"from {day}", Sum.of(range(day, day + 4)), 3) for day in range(60)]
    automaton = compiled(range(63), longest)
    assert max(layer.states for layer in automaton.layers) == 4


@given(st.integers(0, 10**9))
def test_limits_left_out_are_kept_all_the_same_and_bounds_hold(seed):
    chance = Random(seed)
    rows = list(random_rows(chance))
    limits = [
        Row(f"limit {number}", Sum.of(chance.sample(range(CELLS), 5)), chance.randrange(1, 3))
        for number in range(2)
    ]
    patterns = [chosen for chosen in choices() if admits([*rows, *limits], (), True, chosen)]
    automaton = compiled(range(CELLS), rows)
    if automaton.is_empty or not patterns:
        return
    try:
        walks = EasedWalks(automaton, CELLS, limits)
    except Indivisible:
        return
    for _ in range(3):
        prices = np.array([chance.randrange(-9, 10) for _ in range(CELLS)] + [0], float)
        fixed = total([row for row in rows if not row.sum.terms], prices, frozenset())
        bound, pattern = walks.cheapest(prices, TIMES)
        assert frozenset(pattern) in patterns
        best = min(total(rows, prices, chosen) for chosen in patterns) - fixed
        assert bound <= best + 1e-6
        above = walks.through(prices, TIMES)
        for cell in range(CELLS):
            with_it = [total(rows, prices, chosen) - fixed for chosen in patterns if cell in chosen]
            assert bound + above[cell] <= min(with_it, default=np.inf) + 1e-6


def test_a_limit_is_left_out_where_it_would_need_too_many_arcs():
    days = range(40)
    rows = [Row("not too many", Sum.of(days), 30), Row("few late ones", Sum.of(range(0, 40, 2)), 9)]
    whole, nothing = compiled_and_eased(days, rows, (), True)
    small, eased = compiled_and_eased(days, rows, (), True, most=100)
    assert not nothing
    assert {row.name for row in eased} <= {"not too many", "few late ones"}
    assert eased
    assert small.arcs < whole.arcs
    prices = np.array([-1.0] * 40 + [0])
    bound, pattern = EasedWalks(small, 40, eased).cheapest(prices, {})
    assert all(row.excess(pattern) == 0 for row in rows)
    assert -31 <= bound <= -29 + 1e-6


def test_once_it_is_over_nothing_more_is_compiled():
    days, rows = range(40), [Row("not too many", Sum.of(range(40)), 30)]
    layers = iter([False, False, True])
    with pytest.raises(Indivisible):
        compiled_and_eased(days, rows, (), True, is_over=lambda: next(layers))
    people = [[*range(20)], [*range(20, 40)]]
    with pytest.raises(Indivisible):
        Division(people, [Row("few", Sum.of(range(20)), 9)], (), True, lambda: True)
