"""Sets of rows that exclude each other are what brute force finds, on every choice of a few cells."""

from itertools import combinations
from random import Random

import pytest

from rota.solver.conflicts.groups import Group, without_echoes
from rota.solver.conflicts.minimal import minimal_conflict
from rota.solver.conflicts.question import Deadline, NotKnown, Question
from rota.solver.row import AnyOf, Row, Sum

CELLS = range(5)
CHOICES = [frozenset(each) for size in range(6) for each in combinations(CELLS, size)]


def random_row(chance, name):
    atoms = [*CELLS, AnyOf(f"any {name}", ((0,), (1,))), AnyOf(f"either {name}", ((2,), (3,), (4,)))]
    terms = {
        atom: chance.choice((-2, -1, 1, 1, 2)) for atom in chance.sample(atoms, chance.choice((1, 2, 3)))
    }
    return Row(name, Sum(terms), chance.choice((-1, 0, 0, 1)), unit=chance.choice((1, 2)))


def random_groups(chance, number):
    groups = []
    for place in range(number):
        rows = tuple(random_row(chance, f"row {place} {each}") for each in range(chance.choice((1, 2))))
        allowed = {row: 1 for row in rows if chance.random() < 0.2}
        groups.append(Group(place, rows, allowed))
    return groups


def choices_with(firm, held):
    return [
        chosen
        for chosen in CHOICES
        if all(not row.excess(chosen) for row in firm) and all(group.is_kept_in(chosen) for group in held)
    ]


def a_question(seed):
    chance = Random(seed)
    firm = [Row("asked", Sum.of(chance.sample(CELLS, 3), -1), -chance.choice((1, 2)))]
    return firm, random_groups(chance, 7)


@pytest.mark.parametrize("seed", range(60))
def test_a_set_excludes_itself_and_would_not_without_any_of_its_groups(seed):
    firm, groups = a_question(seed)
    found = minimal_conflict(firm, groups, Deadline(30))
    if choices_with(firm, groups):
        assert found is None
        return
    members = [each.group for each in found]
    assert not choices_with(firm, members)
    for each in found:
        rest = [group for group in members if group is not each.group]
        assert each.witness in choices_with(firm, rest)
        assert not each.group.is_kept_in(each.witness)


@pytest.mark.parametrize("seed", range(60))
def test_what_is_let_go_costs_the_least_there_is(seed):
    firm, groups = a_question(f"prices {seed}")
    chance = Random(seed)
    prices = {group: chance.choice((1, 2, 5)) for group in groups if chance.random() < 0.8}
    near, weights = frozenset(chance.sample(CELLS, 2)), {0: 3}
    held = [group for group in groups if group not in prices]

    def cost(chosen):
        let_go = sum(price for group, price in prices.items() if not group.is_kept_in(chosen))
        return let_go, sum(weights.get(cell, 1) for cell in chosen ^ near)

    question = Question(firm, groups, Deadline(30))
    found = question.cheapest(prices, weights, near)
    possible = choices_with(firm, held)
    if not possible:
        assert found is None
        return
    chosen, let_go = found
    # Cells that no row speaks of stay as they are.
    chosen |= near - set(question.cells)
    assert cost(chosen) == min(cost(each) for each in possible)
    assert set(let_go) == {group for group in prices if not group.is_kept_in(chosen)}


def test_of_several_sets_that_with_the_weightiest_groups_is_named():
    shut = Group("weighty", (Row("shut", Sum.of([0]), 0),), {})
    others = [Group(name, (Row(name, Sum.of([0]), 0),), {}) for name in ("lighter", "lightest")]
    asked = [Row("asked", Sum.of([0], -1), -1)]
    [member] = minimal_conflict(asked, [shut, *others], Deadline(30))
    assert member.group is shut
    assert without_echoes([shut, *others]) == [shut]


def test_more_people_than_rooms_is_seen_by_counting():
    people = [[2 * number, 2 * number + 1] for number in range(40)]
    single = [
        Group(f"person {number}", (Row("one place", Sum.of(cells), 1),), {})
        for number, cells in enumerate(people)
    ]
    rooms = Group("rooms", (Row("rooms", Sum.of(cell for cells in people for cell in cells), 16),), {})
    heads = [AnyOf(f"person {number}", ((one,), (other,))) for number, (one, other) in enumerate(people)]
    found = minimal_conflict([Row("asked", Sum.of(heads, -1), -25)], [rooms, *single], Deadline(20))
    assert [each.group for each in found] == [rooms]


def test_an_ask_that_excludes_itself_has_an_empty_set():
    asked = [Row("there", Sum.of([0], -1), -1), Row("not there", Sum.of([0]), 0)]
    assert minimal_conflict(asked, random_groups(Random(1), 3), Deadline(30)) == []


def test_without_time_the_answer_is_not_known():
    with pytest.raises(NotKnown):
        minimal_conflict([Row("asked", Sum.of([0], -1), -1)], [], Deadline(0))
