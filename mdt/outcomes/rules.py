"""When people are asked how they fare, and what their answers come to. Pure."""

from network.vocabulary import Word


class Wave(Word):
    """How long after the case came on a list."""

    START = "start", "At the start"
    THREE_MONTHS = "three_months", "After 3 months"
    TWELVE_MONTHS = "twelve_months", "After 12 months"


class How(Word):
    """Who answered."""

    SELF = "self", "The person themselves"
    WITH_HELP = "with_help", "The person, with help"
    CARER = "carer", "A carer, for the person"


class Skipped(Word):
    """Why one wave was not asked."""

    NOT_THIS_TIME = "not_this_time", "They did not want to this time"
    TOO_UNWELL = "too_unwell", "They were too unwell"
    NOT_REACHED = "not_reached", "They could not be reached"
    NOT_RIGHT = "not_right", "It was not the right time to ask"
