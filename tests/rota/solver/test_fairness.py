"""Unpopular sessions: the most loaded has the least there could be, then the next, and so on."""

from itertools import product
from random import Random

import pytest

from rota.solver.limits import Limits
from rota.solver.result import Status
from rota.solver.row import begun
from rota.solver.staff_rota import History, fill
from rota.solver.staff_rota.rules.fairness import HEIGHTS, RANKS, order_of, share_in, weight_of
from tests.rota.solver.makers import make_duty, make_person, make_problem, make_rule, make_sessions

EXACT = Limits(seconds=20, workers=1, seed=1, deterministic=True)
KINDS = ("AM", "EVE")
# Here the squares alone, or the heights without their ranks, would share out worse.
TELLING = (192, 253, 404, 417, 450, 629, 1107)


def unfair_problem(seed):
    """Make duties that all must be covered, of two burdens, among people with different hours and pasts."""
    chance = Random(f"fair {seed}")
    sessions = make_sessions(days=3, kinds=KINDS)
    chosen = sorted(chance.sample(sessions, 5), key=lambda each: each.number)
    duties = [make_duty(number, each, minimum=1, desired=1) for number, each in enumerate(chosen)]
    people = [
        make_person(
            key,
            wte=chance.choice((30, 50, 80, 100)),
            unavailable={each.number: "pattern" for each in sessions if chance.random() < 0.25},
            history=History(unpopular={kind: chance.choice((0, 0, 1, 3)) for kind in KINDS}),
        )
        for key in ("amy", "bob", "cat")
    ]
    unpopular = {kind: frozenset(each.number for each in sessions if each.kind == kind) for kind in KINDS}
    rules = [make_rule(code) for code in ("R01", "R02", "R06", "R08", "R33")]
    return make_problem(people, duties, sessions, *rules, unpopular=unpopular)


def heights(problem, taken):
    """Give how far each person is above the common share of each burden they can take, the farthest first."""
    found = []
    for burden, sessions in problem.unpopular.items():
        share = share_in(problem, burden)
        for person in problem.people:
            if not sessions <= person.unavailable.keys():
                worked = sum(key == person.key and number in sessions for number, key in taken)
                load = (worked + person.history.unpopular[burden]) * weight_of(person.wte)
                found.append(begun(load - share, 100))
    return sorted(found, reverse=True)


@pytest.mark.parametrize("seed", [*range(10), *TELLING])
def test_the_most_loaded_has_the_least_then_the_next(seed):
    problem = unfair_problem(seed)
    takers = [
        [person.key for person in problem.people if duty.session not in person.unavailable] or [None]
        for duty in problem.duties
    ]
    numbers = [duty.session for duty in problem.duties]
    best = min(heights(problem, list(zip(numbers, keys, strict=True))) for keys in product(*takers))
    result = fill(problem, EXACT)
    taken = [(problem.duty_by_number[each.duty].session, each.person) for each in result.plan.placements]
    assert result.status is Status.OPTIMAL
    assert len(taken) == sum(None not in each for each in takers)
    assert heights(problem, taken) == best


def test_a_height_outweighs_all_below_it_for_seven_others():
    for rank in range(RANKS):
        orders = [order_of(height) for height in range(HEIGHTS * RANKS)]
        own = [times for each, times in orders if each == rank]
        prices = [sum(own[: place + 1]) for place in range(len(own))]
        assert all(price > 7 * sum(prices[:place]) for place, price in enumerate(prices))
    assert [rank for rank, _ in orders] == sorted(rank for rank, _ in orders)
