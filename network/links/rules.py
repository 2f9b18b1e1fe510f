"""Signed links: ids, and what else a link carries, written so that only we can have written them. Pure."""

import base64
import binascii
import hmac
import uuid
from collections.abc import Callable

ID_BYTES = 16

# Signs a message for a purpose: what is signed for one opens nothing else.
Sign = Callable[[str, str], str]


def signed(raw: bytes, purpose: str, sign: Sign) -> str:
    """Write bytes with their signature, as a part of an address."""
    named = base64.urlsafe_b64encode(raw).decode().rstrip("=")
    return f"{named}.{sign(purpose, named)}"


def read_signed(text: str, purpose: str, sign: Sign) -> bytes | None:
    """Read bytes back; None where we did not sign them for this purpose."""
    named, _, signature = text.partition(".")
    if not hmac.compare_digest(sign(purpose, named).encode(), signature.encode()):
        return None
    try:
        return base64.urlsafe_b64decode(named + "=" * (-len(named) % 4))
    except (binascii.Error, ValueError):
        return None


def read_ids(text: str, purpose: str, sign: Sign) -> tuple[uuid.UUID, uuid.UUID] | None:
    """Read a link that carries the ids of a network and of a row, and nothing else."""
    raw = read_signed(text, purpose, sign)
    return ids_in(raw) if raw is not None and len(raw) == 2 * ID_BYTES else None


def ids_in(raw: bytes) -> tuple[uuid.UUID, uuid.UUID]:
    """Return the two ids with which a link begins."""
    return uuid.UUID(bytes=raw[:ID_BYTES]), uuid.UUID(bytes=raw[ID_BYTES : 2 * ID_BYTES])
