"""Meetings beside a staff rota: whose time is kept for them, and how many must be free to decide there."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class MeetingNeed:
    """How many of a group must be free for a meeting, of whom; one human is all the posts they hold here."""

    group: str
    least: int
    people: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        if self.least < 1:
            raise ValueError(f"A meeting needs 1 or more of {self.group}, not {self.least}.")


@dataclass(frozen=True)
class Meeting:
    """A meeting in these sessions; `kept` are the people who are to come, whoever else does."""

    starts: datetime
    ends: datetime
    sessions: tuple[int, ...]
    kept: frozenset[str] = frozenset()
    needs: tuple[MeetingNeed, ...] = ()

    def __post_init__(self) -> None:
        if self.ends <= self.starts:
            raise ValueError(f"The meeting on {self.starts:%d %B} ends before it starts.")

    @property
    def said(self) -> str:
        """Name it by its time: it has no other name here."""
        return f"The meeting on {self.starts.day} {self.starts:%B} at {self.starts:%H:%M}"
