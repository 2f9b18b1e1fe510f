"""Column generation: price new patterns with the duals until none helps, and bound what any plan must cost.

Duals are smoothed (Wentges 1997): they jump about, and patterns made for them would not last.
"""

from collections.abc import Callable
from dataclasses import dataclass

from rota.solver.search.division import Column
from rota.solver.search.master import Duals, Master

SMOOTHING = 0.5
TOLERANCE = 1e-6
NEAR = 1e-4


@dataclass(frozen=True)
class Priced:
    """One round of pricing: the patterns that would help, and the bound that it proved."""

    columns: list[tuple[int, Column]]
    bound: float


def converge(
    master: Master, should_stop: Callable[[], bool], rounds: int = 1000, cutoff: float = float("inf")
) -> float:
    """Add patterns until none helps, for so many rounds; return the best bound.

    A bound at the cutoff is enough, and so is one that is as good as the mix.
    """
    best, centre = -float("inf"), None
    for _ in range(rounds):
        cost = master.solve()
        centre = centre or master.duals
        added = False
        for share in (SMOOTHING, 0.0) if centre is not master.duals else (0.0,):
            duals = master.duals.towards(centre, share) if share else master.duals
            priced = price(master, duals)
            if priced.bound > best:
                best, centre = priced.bound, duals
            added = sum([master.add(*column) for column in priced.columns]) > 0
            if added or should_stop():
                break
        if not added or cost - best <= NEAR * max(1.0, abs(cost)) or best >= cutoff or should_stop():
            break
    return best


def price(master: Master, duals: Duals) -> Priced:
    """Find each person's cheapest pattern under some duals; it helps where the mix's own duals pay for it."""
    prices, times = master.prices(duals), master.times(duals)
    is_own = duals is master.duals
    own_prices, own_times = (
        (prices, times) if is_own else (master.prices(master.duals), master.times(master.duals))
    )
    least, columns = 0.0, []
    people = [person for person in master.active if person not in master.fixed]
    for person, (cost, column) in zip(people, master.division.cheapest(people, prices, times), strict=True):
        least += cost
        if not (is_own and master.division.lanes[person].walks.is_exact):
            cost = master.division.price_of(person, column, own_prices, own_times)
        if cost < master.duals.people[person] - TOLERANCE:
            columns.append((person, column))
    return Priced(columns, master.bound(duals, least))
