"""Sharing agreements: what each must say, and how an organisation's agreement stands on a day. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, auto

# Early enough to find who signs and to let them read.
WARN_AHEAD = timedelta(days=60)
LONGEST_WORDS = 120
LONGEST_TERM = timedelta(days=5 * 366)


class AgreementState(StrEnum):
    """How an organisation's agreement stands."""

    HOLDS = auto()
    REVIEW_SOON = auto()
    OVERDUE = auto()
    ENDED = auto()
    NONE = auto()


# What somebody has to see to.
AMISS = frozenset(set(AgreementState) - {AgreementState.HOLDS})
# What is told where something is to be shared: a warning, never a wall, since care goes on.
UNCOVERED = frozenset({AgreementState.OVERDUE, AgreementState.ENDED, AgreementState.NONE})


@dataclass(frozen=True)
class AgreementDetails:
    """What is written under an agreement."""

    reference: str
    signed_by: str
    signed_on: date
    review_on: date


def wrong_with_agreement(details: AgreementDetails, today: date) -> str:
    """Say what is wrong with an agreement, or nothing."""
    if not details.signed_by.strip():
        return "Enter who signed for the organisation."
    if max(len(details.signed_by.strip()), len(details.reference.strip())) > LONGEST_WORDS:
        return f"Shorten who signed and the reference to {LONGEST_WORDS} characters each."
    if details.signed_on > today:
        return "Enter a day of signing that is not in the future."
    if details.review_on <= details.signed_on:
        return "Enter a day of review that comes after the day of signing."
    if details.review_on > details.signed_on + LONGEST_TERM:
        return "Enter a day of review within 5 years of the signing."
    return ""


def wrong_with_end(signed_on: date, ended_on: date, today: date) -> str:
    """Say what is wrong with the day on which an agreement ended, or nothing."""
    if ended_on > today:
        return "Enter a day that is not in the future."
    if ended_on < signed_on:
        return "Enter a day that is not before the signing."
    return ""


def state_of(review_on: date | None, ended_on: date | None, today: date) -> AgreementState:
    """Say how an agreement stands on a day; without a day of review there is none."""
    if review_on is None:
        return AgreementState.NONE
    if ended_on is not None and ended_on <= today:
        return AgreementState.ENDED
    if review_on < today:
        return AgreementState.OVERDUE
    if review_on <= today + WARN_AHEAD:
        return AgreementState.REVIEW_SOON
    return AgreementState.HOLDS
