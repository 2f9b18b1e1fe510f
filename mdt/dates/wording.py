"""What people are written when a date changes."""

from datetime import datetime

from mdt.meetings.wording import when_said


def moved_letter(name: str, starts_at: datetime, place: str, page: str) -> tuple[str, str]:
    """Write to somebody that a meeting has another time or place; names of patients are never in it."""
    where = f"\nPlace: {place}" if place else ""
    return (
        f"{name} has changed",
        f"{name} has a new time or place.\n\nWhen: {when_said(starts_at)}{where}\n\n"
        f"Please say whether you can come:\n{page}\n",
    )
