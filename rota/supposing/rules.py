"""What a copy of a rota supposes beside the facts: a site closed, one more locum, pins that may move."""

import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from rota.solver.staff_rota import CARDS, Credential, Duty, Person, Placement, Plan, Problem, WorkTerms
from rota.solver.staff_rota.archive import plan_from_json

LOCUM = "supposed locum"
STABILITY = "R35"
HOURS = "R45"
# After cover, contracts and fairness: what need not change for these stays as it is.
KEPT_IN = "T4"
CLOSED = "closed, as supposed"
FULL_WEEK = 10


@dataclass(frozen=True)
class Closed:
    """A site that is closed on some days."""

    site: str
    first: date
    last: date


@dataclass(frozen=True)
class Locum:
    """Somebody in a role for so many sessions a week on average, wherever and whenever there are sessions."""

    role: str
    sessions: int


@dataclass(frozen=True)
class Supposed:
    """What is supposed; nothing of it is a fact."""

    closed: Closed | None = None
    locum: Locum | None = None
    unpinned: bool = False

    @property
    def kept(self) -> dict[str, Any]:
        """Give it as it is kept with a solve."""
        closed, locum = self.closed, self.locum
        return {
            "closed": [closed.site, str(closed.first), str(closed.last)] if closed else None,
            "locum": [locum.role, locum.sessions] if locum else None,
            "unpinned": self.unpinned,
        }

    @classmethod
    def of_kept(cls, kept: Mapping[str, Any]) -> "Supposed":
        """Read what was kept."""
        closed, locum = kept.get("closed"), kept.get("locum")
        return cls(
            Closed(closed[0], *(date.fromisoformat(day) for day in closed[1:])) if closed else None,
            Locum(*locum) if locum else None,
            bool(kept.get("unpinned")),
        )

    def applied(self, problem: Problem) -> Problem:
        """Give a problem in which this is so."""
        if self.closed:
            duties = tuple(self._duty(problem, duty) for duty in problem.duties)
            problem = replace(problem, duties=duties)
        if self.locum:
            # Cover weighs more than contracts: held by those alone, they would take all that is short.
            capped = replace(CARDS[HOURS].as_choice(), severity="H1", contracts=frozenset({"locum"}))
            people = (*problem.people, locum_for(problem, self.locum))
            problem = replace(problem, people=people, rules=(*problem.rules, capped))
        return problem

    def shuts(self, site: str | None, day: date) -> bool:
        """Say whether a site is closed on a day."""
        closed = self.closed
        return closed is not None and closed.site == site and closed.first <= day <= closed.last

    def _duty(self, problem: Problem, duty: Duty) -> Duty:
        if not self.shuts(duty.site, problem.session_by_number[duty.session].day):
            return duty
        # As where a site really closes: nobody leads there either, nor gives what is owed outside core hours.
        return replace(duty, minimum=0, desired=0, lead=False, extended=False, shut=CLOSED)


AS_IT_IS = Supposed()


def near_to(problem: Problem, plan: Plan) -> Problem:
    """Let what stands stay where nothing that weighs more asks for a change: so differences say something."""
    if problem.published:
        return problem
    rules = (replace(rule, tier=KEPT_IN) if rule.code == STABILITY else rule for rule in problem.rules)
    return replace(problem, rules=tuple(rules), published=tuple(sorted(plan.placements)))


def as_supposed(
    problem: Problem,
    plan: Plan,
    places: Mapping[str, Any],
    answer: Mapping[str, Any] | None,
    number_of: Callable[[uuid.UUID], int | None],
) -> tuple[Problem, Plan]:
    """Give a rota with what its filling supposed: no row of it holds what a supposed locum takes.

    `places` and `answer` were kept with the filling; `number_of` says which duty a line of demand is now,
    None where it is gone.
    """
    supposed = Supposed.of_kept(places.get("supposed") or {})
    taken = set()
    if supposed.locum and answer:
        for each in plan_from_json(json.dumps(answer)).placements:
            line_id = places["lines"].get(str(each.duty)) if each.person == LOCUM else None
            if line_id and (number := number_of(uuid.UUID(line_id))) is not None:
                taken.add(Placement(LOCUM, number))
    return supposed.applied(problem), replace(plan, placements=plan.placements | taken)


def locum_for(problem: Problem, locum: Locum) -> Person:
    """Give somebody who has what the role's duties ask for."""
    duties = [duty for duty in problem.duties if locum.role in duty.roles]
    minutes = max((duty.minutes for duty in duties), default=240)
    return Person(
        key=LOCUM,
        name="The locum",
        role=locum.role,
        discipline="",
        contract="locum",
        weekly_minutes=locum.sessions * minutes,
        session_minutes=minutes,
        wte=max(1, 100 * locum.sessions // FULL_WEEK),
        competencies=frozenset().union(*(duty.competencies for duty in duties)),
        credentials=tuple(
            Credential(kind, None) for kind in sorted(problem.required_credentials.get(locum.role, ()))
        ),
        inductions=dict.fromkeys(problem.site_by_code, date.min),
        streams=tuple(sorted({stream for duty in duties for stream in duty.streams})),
        terms=WorkTerms(most_minutes=locum.sessions * minutes * len(problem.weeks)),
    )
