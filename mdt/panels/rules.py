"""The questions that each discipline is asked about a person. Pure."""

from network.vocabulary import Word


class FieldKind(Word):
    """How a question is answered."""

    WORDS = "words", "In words"
    NUMBER = "number", "A number"
    DAY = "day", "A date"
    YES_NO = "yes_no", "Yes, no or not known"
    CHOICE = "choice", "One of a list"
