"""Whose time a published meeting asks of the rota, and who would make its quorum. Pure."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Protocol

from mdt.meetings.rules import STILL_COMING, AttendanceState, MeetingState
from network.vocabulary import Discipline

# From the publishing of its list until it begins, a meeting's people plan on it.
KEEPS = frozenset({MeetingState.PUBLISHED})
# Called off, or taken back to be built anew, it asks for nobody's time.
LETS_GO = frozenset({MeetingState.PLANNED, MeetingState.CANCELLED})
LAST = time(23, 59)


class Expected(Protocol):
    """Somebody expected at a meeting, as far as their time asks."""

    @property
    def account_id(self) -> uuid.UUID | None: ...

    @property
    def discipline(self) -> Discipline: ...

    @property
    def state(self) -> AttendanceState: ...

    @property
    def deputy(self) -> str: ...

    @property
    def answered_at(self) -> datetime | None: ...


@dataclass(frozen=True)
class Wanted:
    """Those whose time is kept, and of each discipline how many more of whom make the quorum."""

    needed: frozenset[uuid.UUID]
    quorum: Mapping[Discipline, tuple[int, frozenset[uuid.UUID]]]


def wanted_at(
    people: Iterable[Expected],
    leaders: Iterable[uuid.UUID | None],
    quorum: Mapping[str, int],
    person_of: Mapping[uuid.UUID, uuid.UUID],
) -> Wanted:
    """Say whom a meeting asks of the rota: who leads it or has said that they come, and its quorum.

    `person_of` gives the person of each account whom rotas may know. Deputies, and people of whom rotas know
    nothing, are taken at their word: the quorum asks for so many less.
    """
    coming = [each for each in people if each.state in STILL_COMING]
    leading = set(leaders) - {None}
    known = [each for each in coming if _person(each, person_of) is not None and not each.deputy]
    needed = {_person(each, person_of) for each in known if each.answered_at or each.account_id in leading}
    asked: dict[Discipline, tuple[int, frozenset[uuid.UUID]]] = {}
    for discipline in Discipline:
        of_it = [each for each in coming if each.discipline is discipline]
        mine = frozenset(
            person for each in of_it if each in known and (person := _person(each, person_of)) is not None
        )
        least = min(quorum.get(discipline.value, 0), len(of_it)) - (len(of_it) - len(mine))
        if least > 0:
            asked[discipline] = least, mine
    return Wanted(frozenset(each for each in needed if each is not None), asked)


def hours_of(starts_at: datetime, minutes: int) -> tuple[time, time]:
    """Say from when to when a meeting is on its day, by the clock on the wall."""
    ends_at = starts_at + timedelta(minutes=minutes)
    return starts_at.time(), ends_at.time() if ends_at.date() == starts_at.date() else LAST


def _person(each: Expected, person_of: Mapping[uuid.UUID, uuid.UUID]) -> uuid.UUID | None:
    return person_of.get(each.account_id) if each.account_id else None
