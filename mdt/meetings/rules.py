"""States of a meeting and of those expected at it, its quorum, and its clock. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from network.vocabulary import Discipline, Word


class MeetingState(Word):
    PLANNED = "planned", "List being built"
    PUBLISHED = "published", "List published"
    RUNNING = "running", "Running"
    MINUTES_DRAFT = "minutes_draft", "Minutes to be signed"
    SIGNED = "signed", "Signed"
    CANCELLED = "cancelled", "Cancelled"


M = MeetingState

MEETING_MOVES: dict[MeetingState, frozenset[MeetingState]] = {
    # A huddle begins at once, with no list to publish.
    M.PLANNED: frozenset({M.PUBLISHED, M.RUNNING, M.CANCELLED}),
    M.PUBLISHED: frozenset({M.RUNNING, M.PLANNED, M.CANCELLED}),
    M.RUNNING: frozenset({M.MINUTES_DRAFT}),
    M.MINUTES_DRAFT: frozenset({M.SIGNED, M.RUNNING}),
    M.SIGNED: frozenset(),
    M.CANCELLED: frozenset(),
}

# Still to come: its date, place and people can change.
AHEAD = frozenset({M.PLANNED, M.PUBLISHED})
OVER = frozenset({M.SIGNED, M.CANCELLED})


class MeetingKind(Word):
    MEETING = "meeting", "Meeting"
    HUDDLE = "huddle", "Urgent huddle"


class AttendanceState(Word):
    EXPECTED = "expected", "Expected"
    PRESENT = "present", "Present"
    APOLOGIES = "apologies", "Apologies"
    DEPUTY = "deputy", "Sent a deputy"


A = AttendanceState

# A deputy counts for the discipline of whoever sent them.
IN_THE_ROOM = frozenset({A.PRESENT, A.DEPUTY})
STILL_COMING = frozenset({A.EXPECTED}) | IN_THE_ROOM


class Attends(Protocol):
    """Whoever is expected at a meeting, as far as its quorum asks."""

    @property
    def discipline(self) -> Discipline: ...

    @property
    def state(self) -> AttendanceState: ...


class Timed(Protocol):
    """A meeting, as far as its clock asks."""

    @property
    def starts_at(self) -> datetime: ...

    @property
    def opening_minutes(self) -> int: ...


@dataclass(frozen=True)
class Quorum:
    """Disciplines of a quorum that are there in number, and those that are waited for."""

    have: tuple[Discipline, ...]
    waiting: tuple[Discipline, ...]

    @property
    def is_met(self) -> bool:
        return not self.waiting


def quorum_of(required: Mapping[str, int], attendances: Iterable[Attends]) -> Quorum:
    """Say which disciplines of a quorum are in the room, a deputy counting for whoever sent them."""
    return _quorum(required, (each for each in attendances if each.state in IN_THE_ROOM))


def likely_quorum(required: Mapping[str, int], attendances: Iterable[Attends]) -> Quorum:
    """Say which disciplines of a quorum will be there if all come who have not said otherwise."""
    return _quorum(required, (each for each in attendances if each.state in STILL_COMING))


def clock_of(meeting: Timed, minutes_before: float) -> datetime:
    """Say when a case is due that has so many minutes of other cases before it."""
    return meeting.starts_at + timedelta(minutes=meeting.opening_minutes + minutes_before)


def _quorum(required: Mapping[str, int], counted: Iterable[Attends]) -> Quorum:
    numbers = Counter(each.discipline for each in counted)
    asked = [discipline for discipline in Discipline if required.get(discipline.value, 0) > 0]
    have = tuple(each for each in asked if numbers[each] >= required[each.value])
    return Quorum(have, tuple(each for each in asked if each not in have))


class Answer(Word):
    """What somebody says about a meeting they are expected at."""

    COMING = "coming", "Coming"
    APOLOGIES = "apologies", "Apologies"
    DEPUTY = "deputy", "A deputy comes"


# A deputy who is announced is expected until they are seen.
STATE_OF = {
    Answer.COMING: A.EXPECTED,
    Answer.APOLOGIES: A.APOLOGIES,
    Answer.DEPUTY: A.EXPECTED,
}


class Happening(Word):
    """What other subjects may have to follow with what they keep of a meeting."""

    EXPECTED = "expected", "Somebody is expected at it"
    NOT_EXPECTED = "not_expected", "Somebody is expected no more"
    MOVED = "moved", "It has another time"
    TIME = "time", "It may ask for other people's time, or for another time of theirs"
