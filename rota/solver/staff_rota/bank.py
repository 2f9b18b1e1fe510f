"""Somebody from the bank: not named yet, but able to take the duties that are asked about."""

from collections import Counter
from dataclasses import replace
from datetime import date

from rota.solver.staff_rota.ask import Ask
from rota.solver.staff_rota.problem import Credential, Duty, Person, Problem

MOST = 3
MARK = "bank: "


def is_bank(key: str) -> bool:
    """Say whether a person stands for somebody from the bank."""
    return key.startswith(MARK)


def with_bank(problem: Problem, ask: Ask) -> Problem:
    """Give a problem to which people from the bank belong: as many as an ask for cover could need."""
    wanted: Counter[str] = Counter()
    for cover in ask.cover:
        for role in {role_for(problem, problem.duty_by_number[number]) for number in cover.duties} - {""}:
            wanted[role] = max(wanted[role], min(MOST, cover.number))
    people = [
        somebody(problem, ask, role, number)
        for role in sorted(wanted)
        for number in range(1, wanted[role] + 1)
    ]
    return replace(problem, people=(*problem.people, *people))


def role_for(problem: Problem, duty: Duty) -> str:
    """Choose the role in which somebody from the bank would take a duty: the one that most have."""
    held = Counter(
        person.role for person in problem.people if person.role in duty.roles and not person.learner
    )
    return min(held, key=lambda role: (-held[role], role), default="")


def somebody(problem: Problem, ask: Ask, role: str, number: int) -> Person:
    """Make somebody from the bank: whoever is engaged will have what the duties ask for."""
    duties = [problem.duty_by_number[each] for each in ask.duties]
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
