"""What a host may answer to a placement that it is asked for."""

from network.vocabulary import Word


class Answer(Word):
    ASKED = "asked", "Waiting for an answer"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
