"""Where somebody known before has open cases, and which referral waits next."""

import uuid

from mdt.cases.queries import CaseSeen
from mdt.referrals.queries import waiting_for_triage
from network.access.rules import Actor


def next_waiting(viewer: Actor, after: uuid.UUID) -> CaseSeen | None:
    """Return the referral that waits next, besides the one just answered."""
    return next((seen for seen in waiting_for_triage(viewer) if seen.case.id != after), None)
