"""From a mix of patterns to one pattern each: fix the surest, price anew, and so on."""

from collections.abc import Callable

import numpy as np

from rota.solver.search.division import Column
from rota.solver.search.generation import converge
from rota.solver.search.master import Master

# A pattern of such weight is taken with the surest.
SURE = 0.95
# The part of the people left who are fixed at once: fewer and fewer, for the last fit worst.
PACE = 0.02


def dive(
    master: Master, chance: np.random.Generator, noise: float, rounds: int, should_stop: Callable[[], bool]
) -> dict[int, Column]:
    """Give everybody in the master one pattern; `rounds` are spent on new patterns after each fixing.

    Noise up to so much is added to the weights, for dives that end elsewhere. Stopped, the surest is taken.
    """
    while len(master.fixed) < len(master.active):
        if master.fixed and not should_stop():
            converge(master, should_stop, rounds)
        master.solve()
        mix = sorted(master.mix(), key=lambda each: (-each[0] - noise * chance.random(), each[1:]))
        taken, pace = 0, max(1, round(PACE * (len(master.active) - len(master.fixed))))
        for weight, person, column in mix:
            if person not in master.fixed and (taken < pace or weight >= SURE):
                master.fix(person, column)
                taken += 1
    found = dict(master.fixed)
    master.free()
    return found
