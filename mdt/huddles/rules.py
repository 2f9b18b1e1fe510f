"""When a huddle can be called, and what it needs. Pure."""

from collections.abc import Collection
from datetime import datetime, timedelta

from mdt.cases.rules import CaseState

S = CaseState

# Once somebody has taken a case on, it can become urgent at any time until it is over.
CAN_HUDDLE = frozenset({S.TRIAGED, S.LISTED, S.DISCUSSED, S.ACTING, S.REVIEW_DUE})
MINUTES = 15
LONGEST_REASON = 300
# What cannot wait for a meeting does not wait for a month.
LATEST = timedelta(days=28)
# Typed while the page was open, a time may just have passed.
GRACE = timedelta(minutes=30)


def wrong_with_huddle(
    reason: str, others: Collection[object], starts_at: datetime | None, moment: datetime
) -> str:
    """Say what is wrong with a huddle as it is called, or nothing; without a time it begins at once."""
    if not reason.strip():
        return "Enter why this cannot wait for the next meeting."
    if len(reason) > LONGEST_REASON:
        return f"Shorten the reason to {LONGEST_REASON} characters: it has {len(reason)}."
    if not others:
        return "Choose at least one other person: a huddle is a talk."
    if starts_at is not None and starts_at < moment - GRACE:
        return "Enter a time that is still to come."
    if starts_at is not None and starts_at > moment + LATEST:
        return "Enter a time within four weeks, or put the case on a meeting's list."
    return ""
