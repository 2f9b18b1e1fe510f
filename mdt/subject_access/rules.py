"""Requests by people for a copy of what is held about them: by when, and what became of them."""

from network.vocabulary import Word


class AskedBy(Word):
    PERSON = "person", "The person"
    CARER = "carer", "Somebody they named"
    ATTORNEY = "attorney", "An attorney or deputy"
    EXECUTOR = "executor", "An executor (Access to Health Records Act 1990)"


class RequestOutcome(Word):
    GIVEN = "given", "Copy given"
    WITHDRAWN = "withdrawn", "Taken back"
    REFUSED = "refused", "Refused, with the reason told"
