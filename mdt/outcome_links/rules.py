"""The link by which one wave is answered once, without an account. Pure."""

import base64
import binascii
import hmac
import uuid
from collections.abc import Callable
from datetime import date

from mdt.patients.rules import LetterFormat
from network.vocabulary import Word

PURPOSE = "measures"
ID_BYTES = 16

Sign = Callable[[str, str], str]


class LinkState(Word):
    OPEN = "open", "Can be used"
    USED = "used", "Used"
    ENDED = "ended", "Taken back"
    EXPIRED = "expired", "Out of date"


def link_state(is_used: bool, is_ended: bool, expires_on: date, today: date) -> LinkState:
    """Say whether a link can still be used: once, and on its last day too."""
    if is_used:
        return LinkState.USED
    if is_ended:
        return LinkState.ENDED
    return LinkState.OPEN if today <= expires_on else LinkState.EXPIRED


def reads_large(letter_format: LetterFormat) -> bool:
    """Say whether the page is drawn in large print, as their letters are."""
    return letter_format in {LetterFormat.LARGE_PRINT, LetterFormat.LARGE_EASY_WORDS}


def token_of(network_id: uuid.UUID, link_id: uuid.UUID, sign: Sign) -> str:
    """Write a link: the ids of its network and its own, signed for this purpose alone."""
    named = base64.urlsafe_b64encode(network_id.bytes + link_id.bytes).decode().rstrip("=")
    return f"{named}.{sign(PURPOSE, named)}"


def read_token(token: str, sign: Sign) -> tuple[uuid.UUID, uuid.UUID] | None:
    """Read a network and a link; None where we did not sign it."""
    named, _, signature = token.partition(".")
    if not hmac.compare_digest(sign(PURPOSE, named).encode(), signature.encode()):
        return None
    try:
        ids = base64.urlsafe_b64decode(named + "=" * (-len(named) % 4))
        return uuid.UUID(bytes=ids[:ID_BYTES]), uuid.UUID(bytes=ids[ID_BYTES:])
    except (binascii.Error, ValueError):
        return None
