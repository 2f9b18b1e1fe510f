"""Random rows of every kind, pins that break some of them too: each way to search finds what looking at every
choice finds, and claims no more.
"""

from itertools import pairwise
from random import Random

import pytest

from rota.solver.limits import Limits, Way
from rota.solver.result import Status
from rota.solver.row import AnyOf, Row, Sum
from rota.solver.search.clock import Clock
from rota.solver.search.model import Model
from rota.solver.search.stages import is_better
from rota.solver.search.start import admits
from rota.solver.search.tiers import TierSearch

TIERS = (None, "T1", "T2", "T3")
SLACKS = {"": None, "first": "T1", "second": "T2"}


def random_system(chance):
    """Make a few people with a few cells each, rows over them, and a baseline that may break some."""
    size = chance.choice([4, 6, 8])
    cuts = [0, *sorted(chance.sample(range(1, size), chance.choice([1, 2]))), size]
    people = [list(range(first, last)) for first, last in pairwise(cuts)]
    rows = [
        Row(f"one of {cells[0]}", Sum.of(cells[:2]), 1)
        for cells in people
        if len(cells) > 1 and chance.random() < 0.6
    ]
    for number in range(chance.randrange(3, 10)):
        pool = chance.choice(people) if chance.random() < 0.45 else range(size)
        rows.append(random_row(chance, number, pool))
    return size, people, rows, frozenset(chance.sample(range(size), chance.choice([0, 0, 1, 2, 3])))


def random_row(chance, number, pool):
    cells = chance.sample(pool, min(len(pool), chance.randrange(1, 6)))
    terms = {cell: chance.choice([-2, -1, 1, 1, 2, 3]) for cell in cells}
    if len(pool) > 2 and chance.random() < 0.2:
        groups = tuple((cell,) for cell in chance.sample(pool, 2))
        terms[AnyOf(f"any {number}", groups)] = chance.choice([-2, -1, 1, 2])
    tier = chance.choice(TIERS)
    slack = chance.choice(["", "", "", "first", "second"]) if tier else ""
    return Row(
        f"row {number}",
        Sum(terms, chance.randrange(-1, 3)),
        chance.randrange(-3, 4),
        unit=chance.choice([1, 1, 1, 2, 3]),
        tier=SLACKS[slack] or tier,
        weight=5 if slack else chance.randrange(1, 6),
        slack=slack,
        rank=chance.choice([0, 0, 0, 1]) if tier and not slack else 0,
    )


@pytest.mark.parametrize("in_parts", [False, True])
@pytest.mark.parametrize("way", Way)
@pytest.mark.parametrize("seed", range(12))
def test_every_way_finds_the_best_and_claims_no_more(seed, way, in_parts):
    for each in range(3):
        size, people, rows, baseline = random_system(Random(f"{seed} {each}"))
        choices = [frozenset(cell for cell in range(size) if bits >> cell & 1) for bits in range(2**size)]
        choices = [chosen for chosen in choices if admits(rows, baseline, chosen)]
        model = Model((f"cell {cell}" for cell in range(size)), rows, baseline)
        costs = [model.costs(chosen) for chosen in choices]
        best = costs[0]
        for cost in costs:
            best = cost if is_better(cost, than=best) else best
        parts = [frozenset(cells) for cells in people] if in_parts else []
        limits = Limits(seconds=20, workers=1, deterministic=True, way=way)
        search = TierSearch(model, parts, Clock(limits), lambda *_: None, lambda: None, people)
        course = search.improve(baseline)
        assert course.status is Status.OPTIMAL
        assert course.chosen in choices
        assert course.by_stage == model.costs(course.chosen) == best
        for stage, bound in course.bounds.items():
            assert bound <= best[stage]
