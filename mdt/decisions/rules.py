"""States of a decision. Pure."""

from network.vocabulary import Word


class DecisionState(Word):
    """Before it is read back a decision is a draft in the minutes, and no decision."""

    CONFIRMED = "confirmed", "Read back and confirmed"
    SIGNED = "signed", "Signed"
