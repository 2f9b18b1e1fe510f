"""What people and their posts must be, as values."""

import uuid
from dataclasses import dataclass
from datetime import date

from network.vocabulary import ContractType, JobRole

FULL_TIME_MINUTES = 2250
SHORTEST_SESSION, LONGEST_SESSION = 30, 720
MOST_WEEKLY_MINUTES = 60 * 60


@dataclass(frozen=True)
class Details:
    """Who a person is and how to reach them."""

    given_name: str
    family_name: str
    title: str = ""
    email: str = ""
    phone: str = ""
    born_on: date | None = None


@dataclass(frozen=True)
class Terms:
    """The terms of a post. Lengths are minutes; the week of a full post differs from contract to contract."""

    employer_id: uuid.UUID
    role: JobRole
    contract: ContractType
    weekly_minutes: int
    session_minutes: int
    starts_on: date
    ends_on: date | None = None
    full_time_minutes: int = FULL_TIME_MINUTES
    annualised: bool = False


def weekly_minutes(sessions: float, session_minutes: int) -> int:
    """Return the minutes of a week of so many sessions."""
    return round(sessions * session_minutes)


def wrong_with_terms(terms: Terms) -> str:
    """Say what is wrong with the terms of a post, or nothing."""
    if not SHORTEST_SESSION <= terms.session_minutes <= LONGEST_SESSION:
        return f"Enter a session length from {SHORTEST_SESSION} to {LONGEST_SESSION} minutes."
    if not 0 <= terms.weekly_minutes <= MOST_WEEKLY_MINUTES:
        return f"Enter sessions that come to no more than {MOST_WEEKLY_MINUTES // 60} hours a week."
    if terms.full_time_minutes <= 0:
        return "Enter the hours of a full-time week: more than 0."
    if terms.ends_on is not None and terms.ends_on < terms.starts_on:
        return "Enter a last day on or after the first day."
    return ""


def wrong_with_details(details: Details, today: date) -> str:
    """Say what is wrong with a person's details, or nothing."""
    if not (details.given_name and details.family_name):
        return "Enter a given name and a family name."
    if details.born_on is not None and details.born_on >= today:
        return "Enter a date of birth in the past."
    return ""
