"""From a mix of patterns to one pattern each: fix the surest, price anew, and so on (Sadykov et al. 2019)."""

from collections.abc import Callable

import numpy as np

from rota.solver.search.division import Column
from rota.solver.search.generation import converge
from rota.solver.search.master import Master

# A pattern of such weight is taken with the surest.
SURE = 0.95
# The part of the people who are fixed at once at first, and what the mix may lose by it.
BATCH, LOSS = 0.1, 2.5e-4
# The part of a master's people who are left when a smaller one takes its place: it is solved sooner.
SHRUNK = 0.7


def dive(
    master: Master,
    chance: np.random.Generator,
    noise: float,
    effort: float,
    should_stop: Callable[[], bool],
) -> dict[int, Column]:
    """Give everybody in the master one pattern.

    After each fixing so many rounds of pricing are spent as go into the effort with the people left: the last
    fit worst. Noise up to so much is added to the weights, for dives that end elsewhere. Where a batch costs
    too much it is freed, and fewer are fixed at a time. Stopped, the surest of each is taken.
    """
    first, found = master, dict[int, Column]()
    batch = max(1, round(BATCH * len(master.active)))
    cost = master.solve()
    while left := len(master.active) - len(master.fixed):
        if left <= SHRUNK * len(master.active):
            found |= master.fixed
            master = master.without_fixed()
            master.solve()
        is_over = should_stop()
        taken = _surest(master, chance, noise, left if is_over else batch)
        for person, column in taken.items():
            master.fix(person, column)
        if is_over or left == len(taken):
            continue
        converge(master, should_stop, max(2, round(effort / (left - len(taken)))))
        if (now := master.solve()) > cost + max(0.1, LOSS * abs(cost)) and batch > 1 and len(taken) > 1:
            batch //= 2
            master.free(taken)
            master.solve()
        else:
            cost = now
    found |= master.fixed
    first.free([*first.fixed])
    return found


def _surest(master: Master, chance: np.random.Generator, noise: float, most: int) -> dict[int, Column]:
    """Give so many people their heaviest patterns of the mix, the surest first, and all who are sure."""
    mix = sorted(master.mix(), key=lambda each: (-each[0] - noise * chance.random(), *each[1:]))
    taken: dict[int, Column] = {}
    for weight, person, column in mix:
        if person not in taken and (len(taken) < most or weight >= SURE):
            taken[person] = column
    return taken
