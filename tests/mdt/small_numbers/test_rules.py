"""What is hidden stays hidden: every set of tables is attacked with all that a reader knows."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from mdt.small_numbers.rules import LEAST, Cell, Sum, hidden_cells

COUNTS = st.one_of(st.integers(0, 6), st.integers(0, 40))


def worked_out(values: Mapping[Cell, int], sums: Sequence[Sum], hidden: frozenset[Cell]) -> list[Cell]:
    """Solve the tables for every hidden number, as a reader could; return those with one answer only."""
    model = cp_model.CpModel()
    # Noughts are always shown: what is hidden is at least one.
    cells = {
        cell: model.new_int_var(1, 2 * sum(values.values()) + 2, str(cell))
        if cell in hidden
        else model.new_constant(value)
        for cell, value in values.items()
    }
    for one in sums:
        model.add(cells[one.total] == sum(cells[part] for part in one.parts))
    return [cell for cell in hidden if not _can_be_other(model, cells[cell], values[cell])]


def _can_be_other(model: cp_model.CpModel, cell: cp_model.IntVar, value: int) -> bool:
    asked = model.clone()
    asked.add(asked.get_int_var_from_proto_index(cell.index) != value)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.cp_model_presolve = False
    return solver.solve(asked) in (cp_model.OPTIMAL, cp_model.FEASIBLE)


def tables_of(by_outcome: Sequence[Sequence[tuple[int, int]]]) -> tuple[dict[Cell, int], list[Sum]]:
    """Make the page of a rate: each table splits the same people by another attribute, done and not done."""
    values: dict[Cell, int] = {}
    sums = []
    total = [sum(row[outcome] for row in by_outcome[0]) for outcome in (0, 1)]
    for number, rows in enumerate((((total[0], total[1]),), *by_outcome)):
        for place, row in enumerate(rows):
            cells = [(number, place, outcome) for outcome in (0, 1)]
            values |= dict(zip(cells, row, strict=True)) | {(number, place, 2): sum(row)}
            sums.append(Sum((number, place, 2), tuple(cells)))
        if number:
            sums += [
                Sum((0, 0, outcome), tuple((number, place, outcome) for place in range(len(rows))))
                for outcome in (0, 1, 2)
            ]
    return values, sums


@st.composite
def pages(draw: st.DrawFn) -> tuple[dict[Cell, int], list[Sum]]:
    """Draw two tables of the same people: the second deals the first's people out again."""
    first = draw(st.lists(st.tuples(COUNTS, COUNTS), min_size=1, max_size=4))
    rows = draw(st.integers(1, 4))
    second = [[0, 0] for _ in range(rows)]
    for outcome in (0, 1):
        left = sum(row[outcome] for row in first)
        for row in second[:-1]:
            row[outcome] = draw(st.integers(0, left))
            left -= row[outcome]
        second[-1][outcome] = left
    return tables_of([first, [(row[0], row[1]) for row in second]])


@given(pages())
@settings(max_examples=40, deadline=None)
def test_no_hidden_number_can_be_worked_out_from_the_tables_of_a_page(
    page: tuple[dict[Cell, int], list[Sum]],
) -> None:
    values, sums = page
    hidden = hidden_cells(values, sums)
    assert {cell for cell, value in values.items() if 0 < value < LEAST} <= hidden
    assert all(values[cell] > 0 for cell in hidden)
    assert worked_out(values, sums, hidden) == []


def test_the_attack_finds_what_only_the_small_numbers_hide() -> None:
    values, sums = tables_of([[(20, 3), (30, 9)]])
    small = frozenset(cell for cell, value in values.items() if 0 < value < LEAST)
    assert worked_out(values, sums, small) == [(1, 0, 1)]


def test_a_table_without_small_numbers_is_shown_whole() -> None:
    values, sums = tables_of([[(20, 8), (30, 9)], [(40, 10), (10, 7)]])
    assert hidden_cells(values, sums) == frozenset()


def test_a_small_number_takes_the_smallest_other_with_it_not_the_total() -> None:
    values: dict[Cell, int] = {"all": 60, "a": 3, "b": 7, "c": 50}
    assert hidden_cells(values, [Sum("all", ("a", "b", "c"))]) == {"a", "b"}


def test_two_ones_that_must_add_up_to_two_are_not_left_to_be_worked_out() -> None:
    values: dict[Cell, int] = {"all": 52, "a": 1, "b": 1, "c": 50, "none": 0}
    sums = [Sum("all", ("a", "b", "c", "none"))]
    assert worked_out(values, sums, frozenset({"a", "b"})) != []
    hidden = hidden_cells(values, sums)
    assert worked_out(values, sums, hidden) == []
    assert "none" not in hidden


@pytest.mark.parametrize("alone", [1, 4])
def test_one_person_alone_on_a_page_is_hidden_everywhere(alone: int) -> None:
    values, sums = tables_of([[(alone, 0), (0, 0)]])
    assert hidden_cells(values, sums) == {cell for cell, value in values.items() if value}
