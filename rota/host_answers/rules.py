"""What a host may answer to a placement that it is asked for, and the link by which it answers."""

import uuid
from datetime import date, timedelta

from network.links.rules import Sign, read_ids, signed
from network.vocabulary import Word

LONGEST_REASON = 500
# A host that has not answered by then is asked again, by a link of its own.
HOLDS_FOR = timedelta(days=28)
PURPOSE = "host answers"


class Answer(Word):
    ASKED = "asked", "Waiting for an answer"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"


class AskingState(Word):
    """What became of a link."""

    OPEN = "open", "Open"
    ENDED = "ended", "Taken back"
    EXPIRED = "expired", "Out of date"


def asking_state(ended: bool, expires_on: date, today: date) -> AskingState:
    """Say whether a link can still be used; it holds on its last day."""
    if ended:
        return AskingState.ENDED
    return AskingState.OPEN if today <= expires_on else AskingState.EXPIRED


def token_of(network_id: uuid.UUID, asking_id: uuid.UUID, sign: Sign) -> str:
    """Write the link of an asking: the ids of its network and its own, signed for this purpose alone."""
    return signed(network_id.bytes + asking_id.bytes, PURPOSE, sign)


def read_token(token: str, sign: Sign) -> tuple[uuid.UUID, uuid.UUID] | None:
    """Read a network and an asking from a link; None where we did not sign it."""
    return read_ids(token, PURPOSE, sign)


def wrong_with_answer(answer: Answer, reason: str) -> str:
    """Say what is wrong with an answer, or nothing."""
    if answer is Answer.DECLINED and not reason.strip():
        return "Enter why you cannot take this placement. Only those who plan rotations read it."
    if len(reason) > LONGEST_REASON:
        return f"Shorten the reason to {LONGEST_REASON} characters."
    return ""
