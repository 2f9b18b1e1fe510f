"""What one date of a meeting is asked, and what is wrong with the answers. Pure."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class MeetingDetails:
    """What can be changed about one date."""

    starts_at: datetime
    minutes: int = 60
    opening_minutes: int = 2
    closing_minutes: int = 4
    place: str = ""
    link: str = ""
    chair_id: uuid.UUID | None = None
    minute_taker_id: uuid.UUID | None = None
    quorum: Mapping[str, int] = field(default_factory=dict)


LONGEST_MEETING = 8 * 60
LARGEST_QUORUM = 9


def wrong_with_length(minutes: int, opening: int, closing: int) -> str:
    """Say what is wrong with the length of a meeting, or nothing."""
    if not 5 <= minutes <= LONGEST_MEETING:
        return f"Enter a length from 5 to {LONGEST_MEETING} minutes."
    if opening < 0 or closing < 0:
        return "Enter no less than 0 minutes for opening and closing."
    if opening + closing >= minutes:
        return "Leave time for cases: opening and closing take the whole meeting."
    return ""


def wrong_with_quorum(quorum: Mapping[str, int]) -> str:
    """Say what is wrong with how many of each discipline must be there, or nothing."""
    if all(0 <= number <= LARGEST_QUORUM for number in quorum.values()):
        return ""
    return f"Enter at most {LARGEST_QUORUM} of each discipline for the quorum, and no less than 0."


def wrong_with_link(link: str) -> str:
    """Say what is wrong with the address of a video meeting, or nothing."""
    # A browser follows other kinds of address into its own scripts.
    if link and not link.startswith(("https://", "http://")):
        return "Enter the whole link, starting with https://."
    return ""


def wrong_with_date(details: MeetingDetails, before: datetime, moment: datetime) -> str:
    """Say what is wrong with new details of a date that was at another time before, or nothing."""
    # Somebody else may have to take the chair when the meeting should have begun already.
    if details.starts_at != before and details.starts_at <= moment:
        return "Enter a time that is still to come."
    length = wrong_with_length(details.minutes, details.opening_minutes, details.closing_minutes)
    return length or wrong_with_link(details.link) or wrong_with_quorum(details.quorum)
