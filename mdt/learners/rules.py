"""Letting somebody who learns with the team see one case: for how long, and what has to be so. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

LONGEST_VISIT = timedelta(days=27)
LONGEST_AHEAD = timedelta(days=56)


@dataclass(frozen=True)
class Told:
    """How the person was told that somebody learns from their case, by whom and when, and what they said."""

    how: str
    by: str
    on: date
    did_not_object: bool


def wrong_with_days(starts_on: date, ends_on: date, role_ends_on: date | None, today: date) -> str:
    """Say what is wrong with the days on which a learner sees a case, or nothing."""
    if starts_on < today or starts_on > today + LONGEST_AHEAD:
        return "Enter a first day from today on, within the next eight weeks."
    if not starts_on <= ends_on <= starts_on + LONGEST_VISIT:
        return "Enter a last day that is not before the first: a learner sees a case for 28 days at most."
    if role_ends_on is not None and ends_on > role_ends_on:
        last = f"{role_ends_on.day} {role_ends_on:%B %Y}"
        return f"Their role as a learner ends on {last}: enter a last day until then."
    return ""


def wrong_with_told(told: Told, today: date) -> str:
    """Say what is missing of how the person was told, or nothing: learning is no care, they are asked."""
    if not told.did_not_object:
        return "Ask the person first, and tick that they were told and did not object."
    if not told.how.strip() or not told.by.strip():
        return "Enter how the person was told, and by whom."
    if told.on > today:
        return "Enter a day on which the person was told, not one in the future."
    return ""


def stands(starts_on: date, ends_on: date, has_ended: bool, today: date) -> bool:
    """Say whether somebody sees a case now, or will."""
    return not has_ended and starts_on <= ends_on and ends_on >= today
