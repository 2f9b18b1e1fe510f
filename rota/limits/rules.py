"""R39, leave concurrency: how many of a group may be away on a day, and a look at any absences by it."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from network.vocabulary import JobRole, RoleGroup

CODE = "R39"
MOST_AWAY = 99

# A role group, or one role.
Group = RoleGroup | JobRole


@dataclass(frozen=True)
class Post:
    """Somebody who may be away: their employer, their own site and their role."""

    member_id: uuid.UUID
    organisation_id: uuid.UUID
    site_id: uuid.UUID | None
    role: JobRole


@dataclass(frozen=True)
class Limit:
    """The most people of a group who may be away on a day, at an organisation or at one of its sites."""

    most: int
    group: Group
    organisation_id: uuid.UUID
    site_id: uuid.UUID | None = None

    def binds(self, post: Post) -> bool:
        """Say whether somebody is counted under this limit."""
        here = post.organisation_id == self.organisation_id and self.site_id in (None, post.site_id)
        return here and (post.role is self.group or group_of(post.role) is self.group)


@dataclass(frozen=True)
class Off:
    """Somebody who would work on a day and is away."""

    post: Post
    day: date


@dataclass(frozen=True)
class Over:
    """A limit that is broken on a day: who is away, more than it allows."""

    limit: Limit
    day: date
    members: frozenset[uuid.UUID]


@dataclass(frozen=True)
class Limits:
    """The limits of a network: those that were set, and the most of any other group at its employer."""

    chosen: tuple[Limit, ...] = ()
    default: int | None = None

    def on(self, post: Post) -> tuple[Limit, ...]:
        """Return the limits under which somebody is counted."""
        found = tuple(limit for limit in self.chosen if limit.binds(post))
        if found or self.default is None:
            return found
        return (Limit(self.default, group_of(post.role), post.organisation_id),)


def group_of(role: JobRole) -> Group:
    """Return whom somebody is counted with: learners, who cover nothing, and roles without a group alone."""
    if role.is_learner:
        return role
    return next((group for group in RoleGroup if role in group.roles), role)


def breaches(limits: Limits, absences: Iterable[Off]) -> tuple[Over, ...]:
    """Tell every limit that some absences break, by day; the same person is counted once."""
    away: dict[tuple[Limit, date], set[uuid.UUID]] = {}
    for off in absences:
        for limit in limits.on(off.post):
            away.setdefault((limit, off.day), set()).add(off.post.member_id)
    found = (
        Over(limit, day, frozenset(members))
        for (limit, day), members in away.items()
        if len(members) > limit.most
    )
    return tuple(sorted(found, key=lambda over: (over.day, over.limit.group)))


def full_days(
    limits: Limits, post: Post, absences: Iterable[Off], days: Iterable[date]
) -> dict[date, tuple[Limit, frozenset[uuid.UUID]]]:
    """Return the days on which somebody cannot be away too: the limit reached, and by whom."""
    others = [off for off in absences if off.post.member_id != post.member_id]
    found: dict[date, tuple[Limit, frozenset[uuid.UUID]]] = {}
    wanted = list(days)
    for limit in limits.on(post):
        away: dict[date, set[uuid.UUID]] = {day: set() for day in wanted}
        for off in others:
            if off.day in away and limit in limits.on(off.post):
                away[off.day].add(off.post.member_id)
        found |= {day: (limit, frozenset(who)) for day, who in away.items() if len(who) >= limit.most}
    return found


def wrong_with_limit(group: Group | None, most: int | None) -> str:
    """Say what is wrong with a limit, or nothing."""
    if group is None:
        return "Choose a group or a role."
    if most is None or not 0 <= most <= MOST_AWAY:
        return f"Enter how many may be away at most, from 0 to {MOST_AWAY}."
    return ""
