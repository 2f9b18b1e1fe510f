"""Words and colours of letters, and what a case's history says of them."""

from typing import NamedTuple

from mdt.letters.rules import Audience, LetterState, Way

TONES = {
    LetterState.DRAFT: ("warning", "▲"),
    LetterState.HELD: ("bad", "✕"),
    LetterState.GIVEN: ("good", "✓"),
}


TITLES = {
    Audience.PERSON: "Letter to the person",
    Audience.PRACTICE: "For the practice’s record",
    Audience.ORGANISATION: "What an organisation has to do",
    Audience.OTHER: "Letter",
}


class LetterTag(NamedTuple):
    """How a state is shown: never by colour alone."""

    text: str
    tone: str
    mark: str


def letter_tag(state: LetterState) -> LetterTag:
    """Return how the state of a letter is shown."""
    return LetterTag(state.label, *TONES[state])


def title_of(audience: Audience) -> str:
    """Say what a text is."""
    return TITLES[audience]


def told_said(audience: Audience, whom: str, way: Way, by: str, what: str = "") -> str:
    """Say in the history of a case that somebody was told."""
    who = "The person" if audience is Audience.PERSON else whom
    of_it = f" {what}" if what else ""
    return f"{who} was told{of_it} {way.label[0].lower()}{way.label[1:]}, by {by}."
