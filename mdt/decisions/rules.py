"""States of a decision, and what a decision and an addendum need. Pure."""

from network.vocabulary import Word

LONGEST_ADDENDUM = 2000


class DecisionState(Word):
    """Before it is read back a decision is a draft in the minutes, and no decision."""

    CONFIRMED = "confirmed", "Read back and confirmed"
    SIGNED = "signed", "Signed"


DECISION_MOVES: dict[DecisionState, frozenset[DecisionState]] = {
    # Read back again before it is signed, it is replaced by a new one that is confirmed.
    DecisionState.CONFIRMED: frozenset({DecisionState.CONFIRMED, DecisionState.SIGNED}),
    # What was signed takes addenda only.
    DecisionState.SIGNED: frozenset(),
}


def wrong_with_addendum(words: str) -> str:
    """Say what is wrong with the words of an addendum, or nothing."""
    if not words.strip():
        return "Enter what is to be added to the decision."
    if len(words) > LONGEST_ADDENDUM:
        return f"Shorten the addendum to {LONGEST_ADDENDUM} characters: it has {len(words)}."
    return ""
