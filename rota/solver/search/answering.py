"""Best answers: one person after the other takes the pattern that is best beside everybody else's."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from rota.solver.search.division import Column, Division
from rota.solver.search.stages import Stage

ROUNDS = 5


def answered(
    division: Division,
    columns: Sequence[Column | None],
    people: Iterable[int],
    times: Mapping[Stage, float],
    should_stop: Callable[[], bool],
) -> list[Column]:
    """Let some people answer in turn until nobody gains; None is somebody who has no pattern yet.

    What a cell adds to a shared row is reckoned as if it were the pattern's only cell there.
    """
    mine: list[Column | None] = list(columns)
    order, shared = list(people), division.shared
    own = division.prices(times)
    sums = shared.sums([cell for column in mine for cell in column or ()])
    for _ in range(ROUNDS):
        moved = False
        for person in order:
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
    return [column or () for column in mine]
