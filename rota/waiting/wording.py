"""How those who wait for a clinic are told."""

from network.vocabulary import Discipline, Priority
from rota.bundles.rules import Counted

TONES = {Priority.ROUTINE: ("plain", ""), Priority.SOON: ("warning", "↑"), Priority.URGENT: ("bad", "!")}


def people_said(row: Counted) -> str:
    """Say how many were entered and how many asked for: '4 entered, 3 asked for by meetings'."""
    entered = [f"{row.entered} entered"] if row.bundle_id else []
    asked = [f"{row.asked} asked for by meetings"] if row.asked else []
    return ", ".join([*entered, *asked])


def sums_said(entered: int, asked: int, planned: int) -> str:
    """Say of a neighbourhood who is counted: '39 entered, 1 asked for by meetings, 12 planned'."""
    return f"{entered} entered, {asked} asked for by meetings, {planned} planned"


def planned_said(row: Counted) -> str:
    """Say for how many a place is planned, of those entered."""
    return f"{row.planned} of {row.entered}" if row.bundle_id else "None"


def disciplines_said(disciplines: frozenset[Discipline]) -> str:
    """Name disciplines in one line."""
    return ", ".join(sorted(each.label for each in disciplines)) or "None"


def priority_tag(priority: Priority) -> tuple[str, str, str]:
    """Say a priority: words, tone and mark."""
    tone, mark = TONES[priority]
    return priority.label, tone, mark


def given_back_said(places: int) -> str:
    """Say how many planned places others can have now.

    >>> given_back_said(0), given_back_said(1), given_back_said(4)
    ('', ' 1 planned place is given back.', ' 4 planned places are given back.')
    """
    if not places:
        return ""
    return f" {places} planned place{' is' if places == 1 else 's are'} given back."
