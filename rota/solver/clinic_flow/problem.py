"""The flow of patients through a clinic session as a problem (C13): who needs whom, and who is there.

Nobody has a name here: a patient is a place, by its number. Times are whole minutes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from math import gcd


@dataclass(frozen=True)
class PlaceNeed:
    """A place in a clinic session and the disciplines that its patient sees, each once.

    `before` are pairs of disciplines of which the first is seen first; a pair with a discipline that is not
    needed says nothing.
    """

    number: int
    disciplines: frozenset[str]
    before: frozenset[tuple[str, str]] = frozenset()

    def __post_init__(self) -> None:
        if not self.disciplines:
            raise ValueError(f"Place {self.number}: name the disciplines that are needed.")
        if self._goes_round():
            raise ValueError(f"Place {self.number}: the order of disciplines goes round in a circle.")

    def _goes_round(self) -> bool:
        left = {name for pair in self.before for name in pair}
        while left:
            free = {name for name in left if not any(b == name and a in left for a, b in self.before)}
            if not free:
                return True
            left -= free
        return False


@dataclass(frozen=True, order=True)
class Chair:
    """Someone who sees patients one after the other: which one of a discipline, and minutes for each."""

    discipline: str
    number: int
    slot_minutes: int

    def __post_init__(self) -> None:
        if self.slot_minutes < 1:
            raise ValueError(f"{self.discipline}: give 1 minute or more for each patient.")


@dataclass(frozen=True)
class ClinicHours:
    """When a clinic session sees patients, and the most minutes that one waits between two and stays."""

    starts: datetime
    ends: datetime
    longest_wait: int
    longest_stay: int

    def __post_init__(self) -> None:
        if self.ends <= self.starts:
            raise ValueError("The session ends before it starts: give a later end.")
        if self.longest_wait < 0 or self.longest_stay < 1:
            raise ValueError("Give 0 minutes or more to wait between two visits, and 1 or more to stay.")

    @property
    def minutes(self) -> int:
        return int((self.ends - self.starts).total_seconds()) // 60


@dataclass(frozen=True)
class FlowProblem:
    """A clinic session, those who see patients, and the patients' places."""

    hours: ClinicHours
    chairs: tuple[Chair, ...]
    places: tuple[PlaceNeed, ...]

    def __post_init__(self) -> None:
        for one, other in combinations(self.chairs, 2):
            if (one.discipline, one.number) == (other.discipline, other.number):
                raise ValueError(
                    f"There are two of {one.discipline} {one.number}: each needs its own number."
                )
        numbers = [place.number for place in self.places]
        if len(set(numbers)) < len(numbers):
            raise ValueError("Two places have the same number: each needs its own.")

    @property
    def step(self) -> int:
        """The minutes of which every length is a multiple: nothing is gained by starting between."""
        hours = self.hours
        lengths = (hours.minutes, hours.longest_wait, hours.longest_stay)
        return gcd(*lengths, *(chair.slot_minutes for chair in self.chairs))

    def chairs_of(self, discipline: str) -> list[Chair]:
        """Give those of a discipline, the quickest first."""
        found = [chair for chair in self.chairs if chair.discipline == discipline]
        return sorted(found, key=lambda chair: (chair.slot_minutes, chair.number))


def in_order(ranks: Mapping[str, int | None], disciplines: Sequence[str]) -> frozenset[tuple[str, str]]:
    """Give the pairs of disciplines of which one comes first; those without a rank come at any time."""
    ranked = [(rank, name) for name in disciplines if (rank := ranks.get(name)) is not None]
    return frozenset((one, other) for first, one in ranked for then, other in ranked if first < then)
