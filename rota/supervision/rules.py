"""How much supervision learners take of whom, by blocks of weeks, and who else is there for them."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

FULL_TIME = 100


@dataclass(frozen=True)
class Taken:
    """A placement as it takes supervision: minutes a week, shared by whoever supervises it."""

    starts_on: date
    ends_on: date
    minutes: int
    supervisors: tuple[uuid.UUID, ...]

    def holds_in(self, monday: date) -> bool:
        return self.starts_on <= monday <= self.ends_on


@dataclass(frozen=True)
class Load:
    """The tightest week of a block: minutes that learners take, and those there are."""

    first: date
    last: date
    used: int
    have: int

    @property
    def is_over(self) -> bool:
        return self.used > self.have

    @property
    def percent(self) -> int:
        """Give the part that is taken, in whole per cent; 100 where there is nothing to take."""
        return round(100 * self.used / self.have) if self.have else 100 * bool(self.used)


def minutes_for(percent: int, minutes: int) -> int:
    """Give the minutes of supervision that a learner takes who trains for a share of full time."""
    return -(-minutes * percent // FULL_TIME)


def used_in(monday: date, placements: Iterable[Taken], have: Mapping[uuid.UUID, int]) -> dict[uuid.UUID, int]:
    """Give the minutes that learners take of each supervisor in a week.

    Those of one placement share them by the minutes that they have; where nobody has any, evenly.
    """
    used: dict[uuid.UUID, int] = {}
    for each in placements:
        if each.supervisors and each.holds_in(monday):
            for supervisor, minutes in _shared(each, have).items():
                used[supervisor] = used.get(supervisor, 0) + minutes
    return used


def _shared(taken: Taken, have: Mapping[uuid.UUID, int]) -> dict[uuid.UUID, int]:
    weights = {each: have.get(each, 0) for each in taken.supervisors}
    if not any(weights.values()):
        weights = dict.fromkeys(weights, 1)
    whole = sum(weights.values())
    shares = {each: taken.minutes * weight // whole for each, weight in weights.items()}
    left = taken.minutes - sum(shares.values())
    # What is left over goes, a minute each, to those with the most.
    for each in sorted(weights, key=lambda one: (-weights[one], str(one)))[:left]:
        shares[each] += 1
    return shares


def tightest(weeks: Sequence[tuple[date, date, int, int]]) -> Load:
    """Give the tightest of some weeks, each with its days, what is used and what there is."""
    _, _, used, have = max(weeks, key=lambda week: (week[2] - week[3], week[2]))
    return Load(weeks[0][0], weeks[-1][1], used, have)


def left_with(
    supervisors: Iterable[uuid.UUID], away: uuid.UUID, given: Mapping[uuid.UUID, int]
) -> tuple[uuid.UUID, ...]:
    """Return who else of a placement's supervisors has time for learners while one is away."""
    return tuple(each for each in supervisors if each != away and given.get(each, 0) > 0)
