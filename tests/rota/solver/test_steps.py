"""Rows that count alike are priced step by step, and cost what they cost."""

from hypothesis import given
from hypothesis import strategies as st

from rota.solver.row import Row, Sum
from rota.solver.search.steps import is_stepped, steps_of, together


def counting(weight, constant, most, unit, cells=6):
    return Row("count", Sum.of(range(cells), weight) + constant, most, unit, "T3", 2)


@given(st.integers(1, 300), st.integers(-300, 600), st.integers(0, 900), st.integers(2, 120))
def test_the_steps_up_to_a_count_cost_what_the_row_costs_above_its_floor(weight, constant, most, unit):
    row = counting(weight, constant, most, unit)
    floor = row.excess(())
    for count in range(7):
        taken = sum(more for step, dearer in steps_of([row]) if step <= count for _, more in dearer)
        assert floor + taken == row.excess(range(count))


def test_a_step_may_cost_more_than_the_next():
    # A session weighs 1.67 for somebody on a smaller post: the second above the share begins two units.
    steps = [
        (count, [more for _, more in dearer]) for count, dearer in steps_of([counting(167, 0, 443, 100)])
    ]
    assert steps == [(3, [1]), (4, [2]), (5, [1]), (6, [2])]


def test_rows_over_the_same_cells_are_steps_of_one_count():
    low, high, other = counting(150, 0, 300, 100), counting(150, 0, 500, 100), counting(150, 0, 300, 100, 5)
    assert [len(rows) for rows in together([low, high, other])] == [2, 1]


def test_only_soft_rows_of_equal_weights_in_units_are_stepped():
    assert is_stepped(counting(150, 0, 300, 100))
    assert not is_stepped(counting(1, 0, 3, 1))
    assert not is_stepped(Row("hard", Sum.of(range(3), 150), 200, 100))
    assert not is_stepped(Row("mixed", Sum.weighted([(0, 150), (1, 100)]), 100, 100, "T3"))
    assert not is_stepped(Row("worst of several", Sum.of(range(3), 150), 200, 100, "T3", slack="worst"))
