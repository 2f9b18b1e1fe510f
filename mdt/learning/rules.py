"""When a case may be told to others so that they learn, and whether the telling gives anybody away. Pure."""

from network.vocabulary import Word


class ExampleState(Word):
    """How far an example has come to be read by others."""

    DRAFT = "draft", "Draft"
    OFFERED = "offered", "Waiting for a second person"
    APPROVED = "approved", "In the library"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Verdict(Word):
    """What was done with an example."""

    OFFERED = "offered", "Offered"
    APPROVED = "approved", "Approved"
    RETURNED = "returned", "Sent back"
    WITHDRAWN = "withdrawn", "Withdrawn"
