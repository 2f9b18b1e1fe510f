"""Sentences and labels of sharing agreements."""

from datetime import date
from typing import NamedTuple

from mdt.agreements.rules import UNCOVERED, AgreementState
from network.plumbing.templating import full_date


class Tag(NamedTuple):
    """A label with its tone and a mark that says it without colour."""

    text: str
    tone: str
    mark: str


S = AgreementState
TAGS = {
    S.HOLDS: Tag("Holds", "good", "✓"),
    S.REVIEW_SOON: Tag("Review soon", "warning", "▲"),
    S.OVERDUE: Tag("Review overdue", "bad", "▲"),
    S.ENDED: Tag("Ended", "bad", "✕"),
    S.NONE: Tag("None", "bad", "✕"),
}


def agreement_tag(state: AgreementState) -> Tag:
    """Return the label of how an agreement stands."""
    return TAGS[state]


def uncovered_said(
    organisation: str, state: AgreementState, review_on: date | None, ended_on: date | None
) -> str:
    """Say what whoever shares with an organisation should know of its agreement, or nothing."""
    if state not in UNCOVERED:
        return ""
    if state is S.OVERDUE and review_on:
        return f"{organisation}: its sharing agreement was to be reviewed by {full_date(review_on)}."
    if state is S.ENDED and ended_on:
        return f"{organisation}: its sharing agreement ended on {full_date(ended_on)}."
    return f"{organisation} has no sharing agreement on record."
