"""The link by which one wave is answered once, without an account. Pure."""

import uuid
from datetime import date

from mdt.patients.rules import LetterFormat
from network.links.rules import Sign, read_ids, signed
from network.vocabulary import Word

PURPOSE = "measures"


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
    """Write the link of a wave: the ids of its network and its own, signed for this purpose alone."""
    return signed(network_id.bytes + link_id.bytes, PURPOSE, sign)


def read_token(token: str, sign: Sign) -> tuple[uuid.UUID, uuid.UUID] | None:
    """Read a network and a link from a link; None where we did not sign it."""
    return read_ids(token, PURPOSE, sign)
