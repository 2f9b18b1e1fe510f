"""Numbers of rules are read as a person would say them."""

import pytest

from rota.rulebook.rules import Parameter, ParameterKind
from rota.rulebook.wording import value_said


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [(1, "days", "1 day"), (2, "days", "2 days"), (0, "points", "0 points"), (1, "people", "1 person")],
)
def test_one_of_a_unit_is_told_in_the_singular(value, unit, said):
    parameter = Parameter("most", "Most", ParameterKind.NUMBER, value, unit, high=9)
    assert value_said(parameter, value) == said
