"""How proposals are called and shown."""

from rota.clinic_plans.rules import PlanState
from rota.solver.staff_rota.proposals import Aim

TITLES = {
    Aim.MOST_SERVED: "Most people seen",
    Aim.LEAST_BACKFILL: "Least taken from the rota",
    Aim.NEAREST: "Nearest to home",
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
