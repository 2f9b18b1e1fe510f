"""What a host may answer to a placement that it is asked for, and the link by which it answers."""

import base64
import binascii
import hmac
import uuid
from collections.abc import Callable
from datetime import date, timedelta

from network.vocabulary import Word

LONGEST_REASON = 500
# A host that has not answered by then is asked again, by a link of its own.
HOLDS_FOR = timedelta(days=28)
PURPOSE = "host answers"
ID_BYTES = 16

Sign = Callable[[str, str], str]


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
    named = base64.urlsafe_b64encode(network_id.bytes + asking_id.bytes).decode().rstrip("=")
    return f"{named}.{sign(PURPOSE, named)}"


def read_token(token: str, sign: Sign) -> tuple[uuid.UUID, uuid.UUID] | None:
    """Read a network and an asking from a link; None where we did not sign it."""
    named, _, signature = token.partition(".")
    if not hmac.compare_digest(sign(PURPOSE, named).encode(), signature.encode()):
        return None
    try:
        ids = base64.urlsafe_b64decode(named + "=" * (-len(named) % 4))
        return uuid.UUID(bytes=ids[:ID_BYTES]), uuid.UUID(bytes=ids[ID_BYTES:])
    except (binascii.Error, ValueError):
        return None


def wrong_with_answer(answer: Answer, reason: str) -> str:
    """Say what is wrong with an answer, or nothing."""
    if answer is Answer.DECLINED and not reason.strip():
        return "Enter why you cannot take this placement. Only those who plan rotations read it."
    if len(reason) > LONGEST_REASON:
        return f"Shorten the reason to {LONGEST_REASON} characters."
    return ""
