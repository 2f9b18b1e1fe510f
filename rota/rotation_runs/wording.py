"""How a plan of rotations is summed up, and what its search is at."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from rota.jobs.rules import JobState
from rota.solver.limits import Doing
from rota.solver.rotation_plan import Plan, Problem, breaches, unmet

# What a version keeps beside its figures: why its last search came to nothing.
GIVEN_UP = "given_up"
STATES = {
    JobState.QUEUED: "Waiting for a free worker",
    JobState.SOLVING: "Looking for a first plan",
    JobState.IMPROVING: "Improving the plan",
    JobState.DONE: "Done",
    JobState.STOPPED: "Stopped: the best so far was kept",
    JobState.CANCELLED: "Cancelled: nothing was changed",
    JobState.FAILED: "Failed: nothing was changed",
}
# What the search is at, for whoever waits.
AIMS = {
    "start": "Making a first plan",
    "T0": "Keeping to the rules as far as pins let it",
    "T1": "Meeting what programmes require",
    "TS": "Keeping changes few",
    "T2": "Meeting what programmes and hosts ask for",
    "T3": "Sharing out fairly",
    "T4": "Meeting wishes",
    "T5": "Keeping the rest low",
}
MEANS = {
    Doing.STARTING: "",
    Doing.TEAMS: ", group by group",
    Doing.WHOLE: ", everybody at once",
    Doing.PATTERNS: ", by whole years of each learner",
    Doing.NEIGHBOURHOODS: ", a few learners at a time",
}
BROKE = (
    "The search broke off because of a fault; the plan was left as it was. Try again. If it happens again, "
    "tell your administrator the time of day."
)
DIED = (
    "The search was begun several times and its worker died each time; the plan was left as it was. Tell "
    "your administrator: the worker may lack memory."
)


@dataclass(frozen=True)
class Summary:
    """A plan in figures that people use: requirements unmet, rules broken, learners with idle weeks."""

    unmet: int
    broken: int
    placed: int
    learners: int

    @property
    def said(self) -> str:
        lacks = f"{self.unmet} unmet" if self.unmet else "Every requirement met"
        broken = f", {_counted(self.broken, 'rule')} broken" if self.broken else ""
        return f"{lacks}{broken}, {self.placed} of {_counted(self.learners, 'learner')} placed"

    @property
    def kept(self) -> dict[str, Any]:
        """Give the summary as data."""
        return asdict(self)

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Summary | None":
        """Read a summary that was kept, where there is one."""
        figures = {name: kept[name] for name in cls.__dataclass_fields__ if name in kept}
        return cls(**figures) if figures else None


def summary_said(kept: Mapping[str, Any]) -> str:
    """Say how a version stood when it was looked at last."""
    summary = Summary.of(kept)
    return str(kept.get(GIVEN_UP, "")) or (summary.said if summary else "Not filled yet")


def summary_of(problem: Problem, plan: Plan) -> Summary:
    """Sum a plan up."""
    placed = {stay.learner for stay in plan.stays}
    return Summary(
        unmet=len(unmet(problem, plan)),
        broken=len(breaches(problem, plan)),
        placed=len(placed),
        learners=len(problem.learners),
    )


def doing_said(phase: str, doing: Doing) -> str:
    """Say what the search is at: 'Meeting wishes, a few learners at a time.'"""
    return f"{AIMS.get(phase, 'Improving')}{MEANS[doing]}."


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
