"""How proposals are called and shown."""

from collections.abc import Callable, Mapping, Sequence

from rota.clinic_plans.rules import Figures, PlanState
from rota.solver.staff_rota.proposals import Aim

TITLES = {
    Aim.MOST_SERVED: "Most people seen",
    Aim.LEAST_BACKFILL: "Least taken from the rota",
    Aim.NEAREST: "Nearest to home",
}
OTHER = "Another way"
# The less, the better.
MEASURES: Mapping[Aim, Callable[[Figures], float]] = {
    Aim.MOST_SERVED: lambda figures: -figures.served,
    Aim.LEAST_BACKFILL: lambda figures: figures.backfill,
    Aim.NEAREST: lambda figures: float("inf") if figures.travel is None else figures.travel,
}
NOTHING = (
    "There is no time and place in these weeks at which enough people could sit in this clinic. "
    "See on the clinic's page what each site lacks, or plan it in other weeks."
)
BROKE = "Something went wrong while looking. Nothing was changed. Ask again."
TONES = {
    PlanState.WAITING: ("draft", "\N{HORIZONTAL ELLIPSIS}"),
    PlanState.LOOKING: ("draft", "\N{HORIZONTAL ELLIPSIS}"),
    PlanState.READY: ("plain", "?"),
    PlanState.ACCEPTED: ("good", "\N{CHECK MARK}"),
    PlanState.FAILED: ("bad", "!"),
}


def titles_of(found: Sequence[tuple[Aim, Figures]]) -> list[str]:
    """Call each proposal what it was looked for, unless another turned out better at that: then that one."""
    won: list[list[str]] = [[] for _ in found]
    for place, (aim, _) in enumerate(found):
        measures = [MEASURES[aim](figures) for _, figures in found]
        best = min(measures)
        won[place if measures[place] == best else measures.index(best)].append(TITLES[aim])
    return [", ".join(titles).capitalize() or OTHER for titles in won]
