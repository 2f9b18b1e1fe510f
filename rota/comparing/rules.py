"""Two versions of a rota side by side: what each comes to, and whose sessions differ."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from network.vocabulary import SessionKind
from rota.solver.staff_rota import Person, Problem
from rota.solver.staff_rota.solution import Rota


class Slot(NamedTuple):
    """One person in one session."""

    member_id: uuid.UUID
    day: date
    kind: SessionKind


@dataclass(frozen=True)
class Load:
    """Who has most of an unpopular kind of session, for their part of a full post."""

    burden: str
    name: str
    sessions: int


@dataclass(frozen=True)
class OffHours:
    """Somebody with more or less work than the contract, beyond what it bears, in sessions of their own."""

    name: str
    sessions: float


@dataclass(frozen=True)
class Balance:
    """Who works more and who less than the contract over a whole rota."""

    over: tuple[OffHours, ...]
    under: tuple[OffHours, ...]


@dataclass(frozen=True)
class Difference:
    """What somebody does in a session in the one version and in the other; empty is nothing."""

    slot: Slot
    first: str
    second: str


def balance_of(problem: Problem, rota: Rota) -> Balance:
    """Weigh everybody's work against the contract, over all weeks together."""
    off = [each for person in problem.people if (each := _off_hours(problem, rota, person))]
    over = sorted((each for each in off if each.sessions > 0), key=lambda each: (-each.sessions, each.name))
    under = sorted((each for each in off if each.sessions < 0), key=lambda each: (each.sessions, each.name))
    return Balance(tuple(over), tuple(under))


def loads_of(problem: Problem, rota: Rota) -> tuple[Load, ...]:
    """Name who has most of each unpopular kind of session, weighed by whole-time equivalent."""
    found = []
    for burden, sessions in problem.unpopular.items():
        counts = {person.key: len(rota.sessions_of(person) & sessions) for person in problem.people}
        most = max(
            problem.people, key=lambda each: (counts[each.key] * 100 / each.wte, each.name), default=None
        )
        if most is not None and counts[most.key]:
            found.append(Load(burden, most.name, counts[most.key]))
    return tuple(found)


def differences(first: Mapping[Slot, str], second: Mapping[Slot, str]) -> dict[uuid.UUID, list[Difference]]:
    """List what differs, person by person and in order of time."""
    order = {kind: place for place, kind in enumerate(SessionKind)}
    found: dict[uuid.UUID, list[Difference]] = {}
    for slot in sorted({*first, *second}, key=lambda each: (each.day, order[each.kind])):
        one, other = first.get(slot, ""), second.get(slot, "")
        if one != other:
            found.setdefault(slot.member_id, []).append(Difference(slot, one, other))
    return found


def _off_hours(problem: Problem, rota: Rota, person: Person) -> OffHours | None:
    weeks = len(problem.weeks)
    worked = sum(person.counted_minutes(duty) for duty in rota.duties_of(person))
    worked += sum(commitment.minutes for commitment in person.commitments)
    owed = person.weekly_minutes * weeks - sum(person.credits.values())
    off = worked - owed
    if abs(off) <= person.tolerance_minutes * weeks:
        return None
    return OffHours(person.name, round(2 * off / person.session_minutes) / 2)
