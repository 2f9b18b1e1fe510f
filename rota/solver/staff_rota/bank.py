"""Somebody from the bank: not named yet, but able to take the duties that are asked about."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from rota.solver.staff_rota.problem import Credential, Duty, Person, Problem

MOST = 3
MARK = "bank: "

# A duty in question, and how many people it could lack.
Wanting = tuple[Duty, int]


def is_bank(key: str) -> bool:
    """Say whether a person stands for somebody from the bank."""
    return key.startswith(MARK)


def with_bank(problem: Problem, wanted: Sequence[Wanting]) -> Problem:
    """Give a problem to which people from the bank belong: as many as the duties in question could need."""
    most: Counter[str] = Counter()
    for duty, number in wanted:
        if role := role_for(problem, duty):
            most[role] = max(most[role], min(MOST, number))
    people = [
        somebody(problem, [duty for duty, _ in wanted], role, number)
        for role in sorted(most)
        for number in range(1, most[role] + 1)
    ]
    return replace(problem, people=(*problem.people, *people))


def role_for(problem: Problem, duty: Duty) -> str:
    """Choose the role in which somebody from the bank would take a duty: the one that most have."""
    held = Counter(
        person.role for person in problem.people if person.role in duty.roles and not person.learner
    )
    return min(held, key=lambda role: (-held[role], role), default="")


def somebody(problem: Problem, duties: Sequence[Duty], role: str, number: int) -> Person:
    """Make somebody from the bank: whoever is engaged will have what the duties ask for."""
    return Person(
        key=f"{MARK}{role} {number}",
        name=f"Somebody from the bank ({number})",
        role=role,
        discipline="",
        contract="bank",
        weekly_minutes=0,
        session_minutes=max(duty.minutes for duty in duties),
        competencies=frozenset().union(*(duty.competencies for duty in duties)),
        credentials=tuple(
            Credential(kind, None) for kind in sorted(problem.required_credentials.get(role, ()))
        ),
        inductions=dict.fromkeys(problem.site_by_code, date.min),
        streams=tuple(sorted({stream for duty in duties for stream in duty.streams})),
    )
