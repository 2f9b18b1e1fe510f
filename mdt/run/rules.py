"""The clock of the room, and who may leave it when. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from mdt.meetings.rules import MEETING_MOVES, MeetingKind, MeetingState
from mdt.readback.rules import seconds_between

# The page asks every two seconds; a sign of life is written down more rarely.
BEAT = timedelta(seconds=10)
HERE = timedelta(seconds=30)


MOST_BORROWED = 30.0


def cannot_begin(state: MeetingState, kind: MeetingKind) -> str:
    """Say why a meeting cannot begin, or nothing where it can."""
    if state is MeetingState.PLANNED and kind is MeetingKind.MEETING:
        return "Publish the list first: those who are needed hear of it then."
    if MeetingState.RUNNING not in MEETING_MOVES[state]:
        return f"This meeting cannot begin: “{state.label}” is where it stands now."
    return ""


def borrowed_after(borrowed: float, minutes: float) -> float:
    """Return the minutes a case has borrowed after some more, or fewer; nobody lends what nobody has."""
    return min(max(borrowed + minutes, 0.0), MOST_BORROWED)


def seconds_run(began_at: datetime | None, ended_at: datetime | None, now: datetime) -> int:
    """Count the seconds of a meeting: put right after its end, it runs no longer."""
    return seconds_between(began_at, ended_at or now) if began_at else 0


@dataclass(frozen=True)
class Part:
    """The part of the list that somebody comes for; an end that is left out is the list's own."""

    name: str
    to_position: int | None


def leave_after(parts: Iterable[Part], last_position: int) -> list[Part]:
    """Return who may leave before the list is through, the earliest first."""
    early = [each for each in parts if each.to_position is not None and each.to_position < last_position]
    return sorted(early, key=lambda each: (each.to_position or 0, each.name))
