"""Parts of a model: their bounds add up to a bound, and what changes in one changes the whole by as much."""

from random import Random

import pytest

from rota.solver.result import Order, Status
from rota.solver.row import Row, Sum
from rota.solver.search.clock import Clock
from rota.solver.search.model import Model
from rota.solver.search.parting import SMALL_PART, merged
from rota.solver.search.portion import portions_of, united
from rota.solver.search.stages import Stage, costs_by_stage, floors_of, is_better
from rota.solver.search.tiers import TierSearch
from tests.rota.solver.test_search import EXACT, random_rows

CELLS = 6


def every_choice(cells):
    for bits in range(1 << len(cells)):
        yield frozenset(cell for place, cell in enumerate(cells) if bits >> place & 1)


def cut_model(seed):
    """Make a random model, and cut it into three parts."""
    chance = Random(f"portion {seed}")
    rows = list(random_rows(chance, CELLS))
    # A row on which no cell hangs shares its slack with one of a part: it counts once, not twice.
    rows += [
        Row("known", Sum(constant=2), 0, tier="T2", weight=3, slack="known"),
        Row("likewise", Sum.of([0]), 0, tier="T2", weight=3, slack="known"),
    ]
    baseline = frozenset(chance.sample(range(CELLS), 1))
    cells = chance.sample(range(CELLS), CELLS)
    parts = [frozenset(cells[:3]), frozenset(cells[3:5]), frozenset(cells[5:])]
    return Model((f"cell {cell}" for cell in range(CELLS)), rows, baseline), parts


def admitted(model):
    """Give every choice that breaks no hard row further than the baseline does."""
    return [
        chosen
        for chosen in every_choice(range(CELLS))
        if all(row.tier or row.excess(chosen) <= row.excess(model.baseline) for row in model.rows)
    ]


@pytest.mark.parametrize("seed", range(40))
def test_what_parts_cost_at_least_alone_adds_up_to_no_more_than_the_whole_costs(seed):
    model, parts = cut_model(seed)
    portions = portions_of(model, parts)
    shared = {row.slack for row in model.rows if row.slack and row.sum.terms}
    settled = floors_of(row for row in model.rows if not row.sum.terms and row.slack not in shared)
    for stage in model.stages:
        least = min(model.costs(chosen)[stage] for chosen in admitted(model))
        alone = sum(
            min(
                portion.alone.costs(inside).get(stage, 0)
                for inside in every_choice(range(len(portion.cells)))
            )
            for portion in portions
        )
        assert sum(portion.floors.get(stage, 0) for portion in portions) <= alone
        assert settled.get(stage, 0) + alone <= least


@pytest.mark.parametrize("seed", range(20))
def test_a_change_within_a_part_costs_the_part_what_it_costs_the_whole(seed):
    model, parts = cut_model(seed)
    choices = admitted(model)
    for portion in portions_of(model, parts):
        for chosen in choices[:6]:
            for inside in every_choice(range(len(portion.cells))):
                changed = portion.joined(chosen, inside)
                assert changed - set(portion.cells) == chosen - set(portion.cells)
                assert difference(portion.costs(changed), portion.costs(chosen)) == difference(
                    costs_by_stage(model.priced, changed), costs_by_stage(model.priced, chosen)
                )


def difference(costs, others):
    stages = {*costs, *others}
    found = {stage: costs.get(stage, 0) - others.get(stage, 0) for stage in stages}
    return {stage: amount for stage, amount in found.items() if amount}


@pytest.mark.parametrize("seed", range(20))
def test_parts_put_together_are_the_part_that_their_cells_make(seed):
    model, parts = cut_model(seed)
    one, two, three = portions_of(model, parts)
    both = united([one, two], frozenset())
    made = next(
        each
        for each in portions_of(model, [frozenset({*one.cells, *two.cells}), frozenset(three.cells)])
        if each.cells == both.cells
    )
    for inside in every_choice(range(len(both.cells))):
        for stage in both.alone.stages:
            assert both.alone.costs(inside)[stage] <= made.alone.costs(inside).get(stage, 0)
        for chosen in admitted(model)[:4]:
            changed = both.joined(chosen, inside)
            assert both.fits(changed) == made.fits(changed)
            assert difference(both.costs(changed), made.costs(changed)) == {}


@pytest.mark.parametrize("seed", range(25))
def test_a_search_by_parts_ends_at_the_best_and_claims_no_more(seed):
    ends_at_the_best_and_claims_no_more(seed)


@pytest.mark.parametrize("seed", range(25))
def test_so_does_one_in_which_all_is_left_to_the_second_turns(monkeypatch, seed):
    monkeypatch.setattr("rota.solver.search.by_parts.FIRST_TURNS", 0.0)
    ends_at_the_best_and_claims_no_more(seed)


def test_second_turns_prove_what_stands_alone(monkeypatch):
    monkeypatch.setattr("rota.solver.search.by_parts.FIRST_TURNS", 0.0)
    # The whole would mend what they do not.
    monkeypatch.setattr("rota.solver.search.tiers.WHOLE_CELLS", 0)
    rows = [Row(f"{cell} or its neighbour", Sum.of([cell, cell + 1], -1), -1, tier="T1") for cell in (0, 2)]
    rows += [Row(f"{cell} is dear", Sum.of([cell]), 0, tier="T2", weight=cell + 1) for cell in range(4)]
    model = Model(map(str, range(4)), rows, ())
    course = search_of(model, [frozenset({0, 1}), frozenset({2, 3})]).improve(frozenset({1, 3}))
    assert course.chosen == frozenset({0, 2})
    assert course.by_stage == course.bounds == {Stage("T1"): 0, Stage("T2"): 4}


def ends_at_the_best_and_claims_no_more(seed):
    model, parts = cut_model(f"search {seed}")
    choices = admitted(model)
    start = next(chosen for chosen in choices if chosen >= model.baseline)
    best = start
    for chosen in choices:
        best = chosen if is_better(model.costs(chosen), model.costs(best)) else best
    course = search_of(model, parts).improve(start)
    assert course.chosen in choices
    assert not is_better(model.costs(best), course.by_stage)
    assert all(
        course.bounds[stage] <= cost for stage, cost in course.by_stage.items() if stage in course.bounds
    )


def rivals():
    """Make two cells of which one may be chosen, and both are wanted; the first costs something later on."""
    rows = [
        Row("not both", Sum.of([0, 1]), 1),
        Row("the first is wanted", Sum.of([0], -1), -1, tier="T1"),
        Row("the second is wanted", Sum.of([1], -1), -1, tier="T1"),
        Row("the first is dear", Sum.of([0]), 0, tier="T2", weight=5),
    ]
    return Model(["first", "second"], rows, ()), [frozenset({0}), frozenset({1})]


@pytest.mark.parametrize("most", [0, 1000])
def test_parts_that_cannot_both_have_their_best_share_what_there_is(monkeypatch, most):
    monkeypatch.setattr("rota.solver.search.by_parts.LARGE_PART", most)
    model, parts = rivals()
    course = search_of(model, parts).improve(frozenset({0}))
    assert course.chosen == frozenset({1})
    assert course.by_stage == course.bounds == {Stage("T1"): 1, Stage("T2"): 0}


@pytest.mark.parametrize("order", list(Order))
def test_a_search_stops_at_whatever_question_it_is_told_to(order):
    model, parts = cut_model("stops")
    choices = admitted(model)
    start = next(chosen for chosen in choices if chosen >= model.baseline)
    asked = Asked(order)
    search_of(model, parts, asked).improve(start)
    for at in range(1, asked.times + 1):
        told = Asked(order, at)
        course = search_of(model, parts, told).improve(start)
        # A quicker run asks less often.
        if told.times == at:
            assert course.status is (Status.STOPPED if order is Order.STOP else Status.CANCELLED)
        assert course.chosen in choices
        assert not is_better(model.costs(start), course.by_stage)
        assert all(bound <= course.by_stage[stage] for stage, bound in course.bounds.items())
    assert asked.times > len(model.stages)


class Asked:
    """Gives an order at the so-manieth question, and counts them."""

    def __init__(self, order, at=None):
        self.order, self.at, self.times = order, at, 0

    def __call__(self):
        self.times += 1
        return self.order if self.times == self.at else None


def search_of(model, parts, ask=lambda: None):
    return TierSearch(model, parts, Clock(EXACT), lambda *_: None, ask)


def test_a_higher_rank_of_a_tier_comes_first():
    stages = [Stage("T4"), Stage("T3"), Stage("T3", 2), Stage("T1")]
    assert sorted(stages, key=lambda stage: stage.place) == [
        Stage("T1"),
        Stage("T3", 2),
        Stage("T3"),
        Stage("T4"),
    ]
    assert is_better({Stage("T3", 2): 1, Stage("T3"): 9}, than={Stage("T3", 2): 2})
    assert not is_better({Stage("T3"): 1}, than={Stage("T3"): 1})


def test_small_parts_are_put_together():
    few, many = {1}, set(range(10, 10 + SMALL_PART))
    assert merged([few, {2}, many, {3}]) == [frozenset({1, 2} | many), frozenset({3})]
