"""What can be tried out on a copy of a rota, and how the copy is called."""

from datetime import date

from network.vocabulary import JobRole, Word
from rota.rotas.rules import LONGEST_LABEL

MOST_SESSIONS = 10

# The first and the last day.
Days = tuple[date, date]


class Trial(Word):
    UNPIN = "unpin", "If what is pinned could move"
    LOCUM = "locum", "If there were one locum more"
    CLOSE = "close", "If a site were closed"


def label_of(trial: Trial, site: str = "", role: JobRole | None = None, sessions: int = 0) -> str:
    """Name the copy after what it tries out."""
    if trial is Trial.CLOSE:
        return f"If {site} were closed"[:LONGEST_LABEL]
    if trial is Trial.LOCUM and role:
        return f"With a locum, {role.label}, {sessions} a week"[:LONGEST_LABEL]
    return "Without pins"


def wrong_with_days(days: Days, starts_on: date, ends_on: date) -> str:
    """Say what is wrong with the days of a closure, or nothing."""
    first, last = days
    if last < first:
        return "The last day must be on or after the first day."
    if not starts_on <= first <= last <= ends_on:
        return f"Choose days of this rota: {starts_on.day} {starts_on:%B} to {ends_on.day} {ends_on:%B}."
    return ""
