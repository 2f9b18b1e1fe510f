from hypothesis import given
from hypothesis import strategies as st

from network.plumbing.charts import HEIGHT, LEFT, RIGHT, TOP, WIDTH, line_chart

numbers = st.floats(min_value=0, max_value=1e7, allow_nan=False)
points = st.lists(st.tuples(numbers, numbers), max_size=20)


@given(points, points)
def test_every_line_stays_inside_its_axes(cost: list[tuple[float, float]], bound: list[tuple[float, float]]):
    chart = line_chart([("cost", cost), ("bound", bound)])
    assert len(chart.lines) == bool(cost) + bool(bound)
    for line in chart.lines:
        x, y = line.last
        assert LEFT <= x <= WIDTH - RIGHT
        assert TOP <= y <= HEIGHT


def test_a_step_holds_its_value_until_the_next():
    (line,) = line_chart([("cost", [(0, 20), (20, 0)])]).lines
    assert line.path == "M56.0 12.0 H624.0 V206.0"


def test_axes_count_in_round_numbers():
    chart = line_chart([("cost", [(0, 0), (20, 510)])])
    assert [tick.label for tick in chart.across] == ["0", "5", "10", "15", "20"]
    assert [tick.label for tick in chart.up] == ["0", "200", "400", "600"]


def test_small_numbers_are_not_rounded_away():
    assert [tick.label for tick in line_chart([("cost", [(0.3, 1)])]).across] == ["0", "0.1", "0.2", "0.3"]
