"""When a sign-in still holds, who needs a second factor, and what becomes of an invitation."""

import math
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from network.access.rules import PATIENT_FACING, Role
from network.vocabulary import Word

LONGEST_SIGN_IN = timedelta(hours=12)
INVITATION_HOLDS = timedelta(days=7)
# About six months: a placement, not a post.
LEARNS_AT_MOST = timedelta(days=183)
SHORTEST_IDLE, LONGEST_IDLE = 5, 480


def latest_day(role: Role, starts_on: date) -> date | None:
    """Return the last day that a role may have: who learns with the team is not forgotten there."""
    return starts_on + LEARNS_AT_MOST if role is Role.LEARNER else None


def wrong_with_days(role: Role, starts_on: date, ends_on: date | None) -> str:
    """Say what is wrong with the days for which a role is given, or nothing."""
    if ends_on is not None and ends_on < starts_on:
        return "The last day must not be before the first."
    latest = latest_day(role, starts_on)
    if latest is not None and (ends_on is None or ends_on > latest):
        until = f"{latest.day} {latest:%B %Y}"
        return f"Enter a last day, {until} at the latest: a learner's role holds for six months at most."
    return ""


@dataclass(frozen=True)
class SignInRules:
    """What a network asks of those who sign in."""

    idle_minutes: int = 30
    second_factor_for_patient_roles: bool = True
    provider_factor_counts: bool = False

    def needs_second_factor(self, roles: Collection[Role]) -> bool:
        return self.second_factor_for_patient_roles and not PATIENT_FACING.isdisjoint(roles)


@dataclass(frozen=True)
class Identity:
    """Somebody as a provider knows them: its own address, and its own word for them."""

    issuer: str
    subject: str
    has_second_factor: bool = False
    shown_at: datetime | None = None


@dataclass(frozen=True)
class TimeLeft:
    """How long a sign-in still holds, and whether more of it can be had by being there."""

    seconds: int
    may_stay: bool


def time_left(
    started_at: datetime, last_seen_at: datetime, ended_at: datetime | None, idle_minutes: int, at: datetime
) -> TimeLeft:
    """Work out how long a browser stays signed in where nobody does anything any more."""
    if ended_at is not None:
        return TimeLeft(0, may_stay=False)
    at_most = (started_at + LONGEST_SIGN_IN - at).total_seconds()
    idle = (last_seen_at + timedelta(minutes=idle_minutes) - at).total_seconds()
    return TimeLeft(max(0, math.ceil(min(at_most, idle))), may_stay=idle < at_most)


def sign_in_holds(
    started_at: datetime, last_seen_at: datetime, ended_at: datetime | None, idle_minutes: int, at: datetime
) -> bool:
    """Is the browser still signed in?"""
    return time_left(started_at, last_seen_at, ended_at, idle_minutes, at).seconds > 0


class InvitationState(Word):
    OPEN = "open", "Open"
    USED = "used", "Used"
    WITHDRAWN = "withdrawn", "Withdrawn"
    EXPIRED = "expired", "Too old"


def invitation_state(
    used_at: datetime | None, withdrawn_at: datetime | None, expires_at: datetime, at: datetime
) -> InvitationState:
    """Say what became of an invitation."""
    if used_at is not None:
        return InvitationState.USED
    if withdrawn_at is not None:
        return InvitationState.WITHDRAWN
    return InvitationState.EXPIRED if at >= expires_at else InvitationState.OPEN
