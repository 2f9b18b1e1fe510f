"""States of a rotation plan's versions and placements, the moves between them, and its weeks."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from network.vocabulary import Word
from rota.programmes.rules import SupervisorKind

WEEK = timedelta(weeks=1)
LONGEST_NAME, LONGEST_LABEL, LONGEST_REASON = 80, 80, 300
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
    # A host that takes it after all: whoever was told of it was told right.
    S.HOST_DECLINED: frozenset({S.PROPOSED, S.HOST_ACCEPTED, S.LEARNER_INFORMED, S.CHANGED}),
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


VERSION_MOVES: Mapping[PlanVersionState, frozenset[PlanVersionState]] = {
    PlanVersionState.DRAFT: frozenset({PlanVersionState.CHOSEN, PlanVersionState.DISCARDED}),
    PlanVersionState.CHOSEN: frozenset({PlanVersionState.SUPERSEDED}),
    PlanVersionState.SUPERSEDED: frozenset(),
    PlanVersionState.DISCARDED: frozenset({PlanVersionState.DRAFT}),
}


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


def wrong_with_plan(name: str, starts_on: date, weeks: int, block_weeks: int) -> str:
    """Say what is wrong with a plan to be made, or nothing."""
    if not name:
        return "Give the plan a name, such as the training year."
    if len(name) > LONGEST_NAME:
        return f"Shorten the name to {LONGEST_NAME} characters."
    if starts_on.weekday() != 0:
        return "A plan begins on a Monday. Choose a Monday."
    if not 1 <= weeks <= LONGEST_WEEKS:
        return f"Plan for 1 to {LONGEST_WEEKS} weeks."
    if not 1 <= block_weeks <= weeks:
        return "A block has at least 1 week, and not more weeks than the plan."
    return ""


@dataclass(frozen=True)
class Held:
    """A placement as a value: what tells one from another, and what an edit keeps."""

    stay_id: uuid.UUID
    learner_id: uuid.UUID
    offer_id: uuid.UUID
    stretch: Stretch
    source: PlacementSource
    state: PlacementState = PlacementState.PROPOSED
    is_pinned: bool = False
    reason: str = ""
    reason_by: str = ""
    told_at: datetime | None = None
    supervisors: tuple[tuple[uuid.UUID, SupervisorKind], ...] = ()

    @property
    def is_told(self) -> bool:
        return self.state in TOLD

    @property
    def pair(self) -> str:
        """Whom and what it brings together: "learner offer"."""
        return f"{self.learner_id} {self.offer_id}"

    def is_same_stay(self, other: "Held | None") -> bool:
        """Say whether somebody is at the same offer in the same weeks."""
        return other is not None and (self.learner_id, self.offer_id, self.stretch) == (
            other.learner_id,
            other.offer_id,
            other.stretch,
        )

    def moved(self, offer_id: uuid.UUID, stretch: Stretch, source: PlacementSource) -> "Held":
        """Give the placement elsewhere or at other weeks: the host is asked anew, the learner told anew."""
        fresh = replace(self, offer_id=offer_id, stretch=stretch, source=source)
        if fresh.is_same_stay(self):
            return fresh
        return replace(fresh, state=PlacementState.PROPOSED, told_at=None, supervisors=())

    @property
    def kept(self) -> dict[str, Any]:
        """Give the placement as data."""
        return {
            "stay": str(self.stay_id),
            "learner": str(self.learner_id),
            "offer": str(self.offer_id),
            "days": [self.stretch.starts_on.isoformat(), self.stretch.ends_on.isoformat()],
            "source": self.source.value,
            "state": self.state.value,
            "is_pinned": self.is_pinned,
            "reason": self.reason,
            "reason_by": self.reason_by,
            "told_at": self.told_at.isoformat() if self.told_at else None,
            "supervisors": [[str(member_id), kind.value] for member_id, kind in self.supervisors],
        }

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Held":
        """Read a placement that was kept."""
        return cls(
            uuid.UUID(kept["stay"]),
            uuid.UUID(kept["learner"]),
            uuid.UUID(kept["offer"]),
            Stretch(*map(date.fromisoformat, kept["days"])),
            PlacementSource(kept["source"]),
            PlacementState(kept["state"]),
            kept["is_pinned"],
            kept["reason"],
            kept["reason_by"],
            datetime.fromisoformat(kept["told_at"]) if kept["told_at"] else None,
            tuple((uuid.UUID(member_id), SupervisorKind(kind)) for member_id, kind in kept["supervisors"]),
        )


Change = tuple[Held | None, Held | None]


def changes_between(before: Iterable[Held], after: Iterable[Held]) -> list[Change]:
    """Pair placements that are another stay, or none, in one of two versions: by their stay, in time."""
    was, now = ({each.stay_id: each for each in held} for held in (before, after))
    found = [
        (was.get(stay_id), now.get(stay_id))
        for stay_id in {**was, **now}
        if not _same(was.get(stay_id), now.get(stay_id))
    ]
    return sorted(found, key=_first_day)


def stands_as(state: PlacementState, stretch: Stretch, today: date) -> PlacementState:
    """Say how a placement that was told stands on a day: it begins and ends by itself."""
    if state not in {S.LEARNER_INFORMED, S.CONFIRMED}:
        return state
    if today > stretch.ends_on:
        return S.COMPLETED
    return S.ACTIVE if today >= stretch.starts_on else state


def _same(was: Held | None, now: Held | None) -> bool:
    return was is now if was is None else was.is_same_stay(now)


def _first_day(change: Change) -> date:
    return min(each.stretch.starts_on for each in change if each)
