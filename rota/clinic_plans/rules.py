"""How far asking for proposals has come, what a proposal is made of, and the series it comes to."""

import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from network.vocabulary import RoleGroup, SessionKind, Word
from rota.clinic_series.rules import Pattern, Place


class PlanState(Word):
    """How far three proposals for a clinic have come."""

    WAITING = "waiting", "Waiting for a free worker"
    LOOKING = "looking", "Looking for three ways"
    READY = "ready", "Ready to choose"
    ACCEPTED = "accepted", "Accepted"
    FAILED = "failed", "Nothing found"


MOVES: dict[PlanState, set[PlanState]] = {
    PlanState.WAITING: {PlanState.LOOKING, PlanState.FAILED},
    # A worker that died is followed by another, which looks again.
    PlanState.LOOKING: {PlanState.LOOKING, PlanState.READY, PlanState.FAILED},
    PlanState.READY: {PlanState.ACCEPTED},
    # Taken back while nobody was told of it.
    PlanState.ACCEPTED: {PlanState.READY},
    PlanState.FAILED: set(),
}
AT_WORK = frozenset({PlanState.WAITING, PlanState.LOOKING})


@dataclass(frozen=True)
class Sitting:
    """One clinic of a proposal: where and when, who sits in it, and how many of each bundle it sees."""

    place: Place
    people: Mapping[RoleGroup, tuple[uuid.UUID, ...]]
    served: Mapping[uuid.UUID, int]
    asked: int = 0

    @property
    def kept(self) -> dict[str, Any]:
        """Give the sitting as data."""
        return {
            "site": str(self.place.site_id),
            "day": self.place.day.isoformat(),
            "kind": self.place.kind.value,
            "people": {
                group.value: [str(each) for each in members] for group, members in self.people.items()
            },
            "served": {str(bundle): count for bundle, count in self.served.items()},
            "asked": self.asked,
        }

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Sitting":
        """Read a sitting that was kept."""
        place = Place(uuid.UUID(kept["site"]), date.fromisoformat(kept["day"]), SessionKind(kept["kind"]))
        people = {
            RoleGroup(group): tuple(map(uuid.UUID, members)) for group, members in kept["people"].items()
        }
        served = {uuid.UUID(bundle): count for bundle, count in kept["served"].items()}
        return cls(place, people, served, kept["asked"])


@dataclass(frozen=True)
class Figures:
    """What a proposal comes to: people seen in one visit and in all, sessions of the rota that fall short
    for it, rooms in use, and minutes that people travel on average.
    """

    served: int
    waiting: int
    backfill: int
    rooms: int
    travel: int | None

    @property
    def left(self) -> int:
        return self.waiting - self.served


@dataclass(frozen=True)
class Proposal:
    """One way to hold a clinic, as it is kept and shown."""

    title: str
    sittings: tuple[Sitting, ...]
    figures: Figures

    @property
    def kept(self) -> dict[str, Any]:
        """Give the proposal as data."""
        return {
            "title": self.title,
            "sittings": [sitting.kept for sitting in self.sittings],
            "figures": vars(self.figures),
        }

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Proposal":
        """Read a proposal that was kept."""
        return cls(kept["title"], tuple(map(Sitting.of, kept["sittings"])), Figures(**kept["figures"]))

    @property
    def usual(self) -> Place:
        """The site and the session of the week at which most of its clinics are; the first where equal."""
        found = Counter(
            (each.place.site_id, each.place.day.weekday(), each.place.kind) for each in self.sittings
        )
        best = found.most_common(1)[0][0]
        return next(
            each.place
            for each in self.sittings
            if (each.place.site_id, each.place.day.weekday(), each.place.kind) == best
        )


def pattern_of(proposal: Proposal, every_weeks: int, ends_on: date) -> Pattern:
    """Say how a proposal goes on: from its first usual session, every so many weeks."""
    usual = proposal.usual
    return Pattern(usual.day.weekday(), usual.kind, every_weeks, usual.day, max(ends_on, usual.day))


def places_after(proposal: Proposal, pattern: Pattern, planned_until: date) -> list[Place]:
    """List where and when a series is held after the weeks for which it is planned person by person."""
    site_id = proposal.usual.site_id
    last = max(each.place.day for each in proposal.sittings)
    after = max(planned_until, last)
    return [Place(site_id, day, pattern.kind) for day in pattern.days if day > after]


def sessions_wanted(starts_on: date, ends_on: date, every_weeks: int) -> int:
    """Count how many sessions of a series lie in some weeks: at least one."""
    weeks = ((ends_on - starts_on) + timedelta(1)).days // 7
    return max(1, round(weeks / every_weeks))
