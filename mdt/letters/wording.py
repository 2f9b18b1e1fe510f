"""Words and colours of letters, and what a case's history says of them."""

from mdt.letters.rules import Audience, LetterState, Way

TONES = {
    LetterState.DRAFT: ("warning", "▲"),
    LetterState.HELD: ("bad", "✕"),
    LetterState.GIVEN: ("good", "✓"),
}


def told_said(audience: Audience, whom: str, way: Way, by: str) -> str:
    """Say in the history of a case that somebody was told."""
    who = "The person" if audience is Audience.PERSON else whom
    return f"{who} was told {way.label[0].lower()}{way.label[1:]}, by {by}."
