"""What a learner is written about a half-day that is no more."""

from datetime import date

from network.plumbing.mail import address_of
from network.plumbing.templating import day as said_day
from network.vocabulary import Discipline

SUBJECT = "A half-day of yours is cancelled"


def cancelled_said(day: date, discipline: Discipline, site: str) -> str:
    """Say which half-day is no more, and where another can be chosen."""
    return (
        f"Your half-day with {discipline.label.lower()} at {site} on {said_day(day)} is cancelled."
        f"\n\nChoose another one on your page: {address_of('own_training.show')}\n"
    )
