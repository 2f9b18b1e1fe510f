"""How a rota is summed up in sessions and people."""

from collections.abc import Iterable
from dataclasses import dataclass

from rota.jobs.rules import SolveKind
from rota.solver.limits import Doing
from rota.solver.staff_rota.problem import Person, Problem
from rota.solver.staff_rota.solution import Plan, Rota

TONES = {
    "done": "good",
    "stopped": "good",
    "failed": "bad",
    "cancelled": "plain",
    "queued": "plain",
    "solving": "warning",
    "improving": "warning",
}
# What the search is at, for whoever waits.
AIMS = {
    "start": "Making a first rota",
    "T0": "Keeping to the rules as far as hand-set places let it",
    "T1": "Filling what safety asks for",
    "TS": "Keeping changes few",
    "T2": "Meeting what services and contracts ask for",
    "T3": "Sharing out fairly",
    "T4": "Meeting wishes",
    "T5": "Keeping bank and locum work low",
}
MEANS = {
    Doing.STARTING: "",
    Doing.TEAMS: ", team by team",
    Doing.WHOLE: ", everybody at once",
    Doing.PATTERNS: ", by whole patterns of each person",
    Doing.NEIGHBOURHOODS: ", a few people at a time",
}
RUNNING = {
    SolveKind.STAFF_ROTA: "This rota is being filled already. Wait for it to end, or stop it.",
    SolveKind.ROTATION_PLAN: "This plan is being filled already. Wait for it to end, or stop it.",
}
BROKE = (
    "The search broke off because of a fault; the rota was left as it was. Try again. If it happens again, "
    "tell your administrator the time of day."
)

DIED = (
    "The search was begun several times and its worker died each time; the rota was left as it was. Tell "
    "your administrator: the worker may lack memory."
)


def doing_said(phase: str, doing: Doing) -> str:
    """Say what the search is at: 'Sharing out fairly, team by team.'"""
    return f"{AIMS.get(phase, 'Improving')}{MEANS[doing]}."


@dataclass(frozen=True)
class Summary:
    """A plan in figures that people use: sessions short of minimum cover, of how many; wishes met, in %."""

    short: int
    wanted: int
    wishes: int | None

    @property
    def said(self) -> str:
        parts = [
            f"{self.short} {'session' if self.short == 1 else 'sessions'} short"
            if self.short
            else "Nothing short"
        ]
        if self.wishes is not None:
            parts.append(f"wishes {self.wishes}%")
        return ", ".join(parts)


def summary_of(problem: Problem, plan: Plan) -> Summary:
    """Sum a plan up."""
    return summary_seen(Rota(problem, plan))


def summary_seen(rota: Rota) -> Summary:
    """Sum up a plan that is looked at already."""
    problem = rota.problem
    short = sum(max(0, duty.minimum - rota.cover_of(duty)) for duty in problem.duties)
    wanted = sum(duty.minimum for duty in problem.duties)
    # Whoever wished to be off is off while nobody is placed: that is no merit of the rota.
    wishes = _wishes_met(problem.people, rota) if rota.plan.placements else None
    return Summary(short, wanted, wishes)


def _wishes_met(people: Iterable[Person], rota: Rota) -> int | None:
    met = asked = 0
    for person in people:
        works = rota.sessions_of(person) if person.wishes else set()
        for wish in person.wishes:
            asked += len(wish.sessions)
            met += len(wish.sessions & works) if wish.works else len(wish.sessions - works)
    return round(100 * met / asked) if asked else None
