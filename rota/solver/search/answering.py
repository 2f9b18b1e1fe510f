"""Best answers: one person after the other takes the pattern that is best beside everybody else's."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from rota.solver.search.division import Column, Division
from rota.solver.search.stages import Stage

ROUNDS = 5


def answered(
    division: Division,
    columns: Sequence[Column],
    people: Iterable[int],
    times: Mapping[Stage, float],
    should_stop: Callable[[], bool],
    anew: bool = False,
) -> list[Column]:
    """Let some people answer in turn until nobody gains, or told to stop; anew, nobody has one at first.

    What a cell adds to a shared row is reckoned as if it were the pattern's only cell there.
    """
    mine: list[Column | None] = [None if anew else column for column in columns]
    order, shared = list(people), division.shared
    own = division.prices(times)
    sums = shared.sums([cell for column in mine for cell in column or ()])
    for _ in range(ROUNDS):
        moved = False
        for person in order:
            if should_stop():
                break
            old = mine[person]
            sums -= shared.sums(old or ())
            prices = own + shared.marginal(sums, times)
            walks = division.lanes[person].walks
            cost, new = walks.cheapest(prices, times)
            if not walks.is_exact:
                cost = division.price_of(person, new, prices, times)
            if old is None or cost < division.price_of(person, old, prices, times) - 1e-6:
                mine[person], moved = new, True
            sums += shared.sums(mine[person] or ())
        if not moved or should_stop():
            break
    return [old if column is None else column for old, column in zip(columns, mine, strict=True)]
