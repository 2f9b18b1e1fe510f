"""Sentences about contributions."""

from datetime import date
from typing import NamedTuple

from mdt.contributions.rules import ContributionState, Visibility
from mdt.panels.rules import said_day
from network.vocabulary import Discipline

C = ContributionState

HIDDEN = "Given, for other readers only"
SHUT_OUT = "Not to be asked: the person objects"


class StateTag(NamedTuple):
    """How a state is shown: never by colour alone."""

    text: str
    tone: str
    mark: str


TONES = {
    C.REQUESTED: ("warning", "▲"),
    C.GIVEN: ("good", "✓"),
    C.NOTHING_TO_ADD: ("done", "✓"),
    C.NOT_KNOWN: ("done", "✓"),
    C.CANNOT_SHARE: ("bad", "✕"),
    C.WITHDRAWN: ("plain", ""),
}


def state_tag(state: ContributionState) -> StateTag:
    return StateTag(state.label, *TONES[state])


def standing_said(
    state: ContributionState, asked_on: date, due_on: date | None, today: date, is_again: bool = False
) -> str:
    """Say where a request stands, as a tile does where there is nothing else to show."""
    if state is not C.REQUESTED:
        return f"Asked again: {state.label.lower()}" if is_again else state.label
    late = f", due {said_day(due_on)}" if due_on and due_on < today else ""
    asked = "Asked again" if is_again else "Asked"
    return f"{asked} on {asked_on.day} {asked_on:%B}{late}, not answered yet"


def readers_said(visibility: Visibility, named: list[str]) -> str:
    """Say who reads a contribution."""
    if visibility is not Visibility.NAMED:
        return visibility.label
    return f"Only {', '.join(Discipline(each).label.lower() for each in named)}"
