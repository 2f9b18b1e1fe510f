"""States of a rotation plan's versions and placements, the moves between them, and its weeks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from network.vocabulary import Word

WEEK = timedelta(weeks=1)
LONGEST_WEEKS = 208


class PlanVersionState(Word):
    DRAFT = "draft", "Draft"
    CHOSEN = "chosen", "Published"
    SUPERSEDED = "superseded", "Replaced by a later version"
    DISCARDED = "discarded", "Discarded"


class PlacementState(Word):
    """How far a placement has come, from a wish to its end."""

    WISH = "wish", "Wish"
    PROPOSED = "proposed", "Proposed"
    HOST_DECLINED = "host_declined", "Host declined"
    HOST_ACCEPTED = "host_accepted", "Host accepted"
    LEARNER_INFORMED = "learner_informed", "Learner informed"
    CONFIRMED = "confirmed", "Confirmed"
    ACTIVE = "active", "Under way"
    COMPLETED = "completed", "Completed"
    CHANGED = "changed", "Changed"
    ENDED_EARLY = "ended_early", "Ended early"


S = PlacementState

MOVES: Mapping[PlacementState, frozenset[PlacementState]] = {
    S.WISH: frozenset({S.PROPOSED}),
    S.PROPOSED: frozenset({S.HOST_ACCEPTED, S.HOST_DECLINED, S.LEARNER_INFORMED, S.CHANGED}),
    S.HOST_DECLINED: frozenset({S.PROPOSED, S.HOST_ACCEPTED, S.CHANGED}),
    S.HOST_ACCEPTED: frozenset({S.LEARNER_INFORMED, S.HOST_DECLINED, S.CHANGED}),
    S.LEARNER_INFORMED: frozenset({S.CONFIRMED, S.HOST_DECLINED, S.ACTIVE, S.CHANGED}),
    S.CONFIRMED: frozenset({S.HOST_DECLINED, S.ACTIVE, S.CHANGED}),
    S.ACTIVE: frozenset({S.COMPLETED, S.ENDED_EARLY}),
    S.COMPLETED: frozenset(),
    S.CHANGED: frozenset(),
    S.ENDED_EARLY: frozenset(),
}
# The learner was told: from here on a change is told too, and the notice period counts.
TOLD = frozenset({S.LEARNER_INFORMED, S.CONFIRMED, S.ACTIVE, S.COMPLETED, S.ENDED_EARLY})


class PlacementSource(Word):
    """Who put a learner there."""

    HAND = "hand", "By hand"
    SEARCH = "search", "By the search"
    REPAIR = "repair", "After a withdrawal"


def may_move(now: PlacementState, to: PlacementState) -> bool:
    """Say whether a placement may move from one state to another."""
    return to in MOVES[now]


@dataclass(frozen=True)
class Stretch:
    """Whole weeks, from a Monday to a Sunday."""

    starts_on: date
    ends_on: date

    @property
    def weeks(self) -> int:
        return ((self.ends_on - self.starts_on).days + 1) // 7

    def meets(self, other: "Stretch") -> bool:
        """Say whether two stretches share a day."""
        return self.starts_on <= other.ends_on and other.starts_on <= self.ends_on


@dataclass(frozen=True)
class Calendar:
    """The weeks of a plan: the search counts them from 0, people read dates."""

    starts_on: date
    weeks: int
    block_weeks: int

    @property
    def ends_on(self) -> date:
        return self.starts_on + self.weeks * WEEK - timedelta(1)

    @property
    def blocks(self) -> tuple[Stretch, ...]:
        """The plan's blocks, the last one shorter where the weeks do not divide."""
        firsts = range(0, self.weeks, self.block_weeks)
        return tuple(self.stretch(first, min(self.block_weeks, self.weeks - first)) for first in firsts)

    def stretch(self, first: int, weeks: int) -> Stretch:
        """Give the dates of some weeks."""
        starts_on = self.starts_on + first * WEEK
        return Stretch(starts_on, starts_on + weeks * WEEK - timedelta(1))

    def week_of(self, day: date) -> int:
        """Give the number of the week in which a day lies: below 0 before the plan."""
        return (day - self.starts_on).days // 7
