"""When a sign-in still holds, who needs a second factor, and what becomes of an invitation."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from network.access.rules import PATIENT_FACING, Role
from network.vocabulary import Word

LONGEST_SIGN_IN = timedelta(hours=12)
INVITATION_HOLDS = timedelta(days=7)
SHORTEST_IDLE, LONGEST_IDLE = 5, 480


@dataclass(frozen=True)
class SignInRules:
    """What a network asks of those who sign in."""

    idle_minutes: int = 30
    second_factor_for_patient_roles: bool = True

    def needs_second_factor(self, roles: Collection[Role]) -> bool:
        return self.second_factor_for_patient_roles and not PATIENT_FACING.isdisjoint(roles)


def sign_in_holds(
    started_at: datetime, last_seen_at: datetime, ended_at: datetime | None, idle_minutes: int, at: datetime
) -> bool:
    """Is the browser still signed in?"""
    if ended_at is not None or at - started_at > LONGEST_SIGN_IN:
        return False
    return at - last_seen_at <= timedelta(minutes=idle_minutes)


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
