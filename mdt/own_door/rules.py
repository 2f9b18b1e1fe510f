"""The person's own door: who may open it and for how long, what it shows, and when it shuts. Pure."""

import hashlib
import hmac
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from network.links.rules import ID_BYTES, Sign, ids_in, read_signed, signed
from network.vocabulary import Word

LINK, ENTERED = "own door", "own door entered"
SECRET_BYTES = 16
LONGEST_WORDS = 2000
# Whoever knows the link and not the birthday may not go on guessing.
MOST_TRIES = 5
SHORTEST, LONGEST = timedelta(days=1), timedelta(days=365)
# A phone that was put down shuts the page by itself.
STAYS_OPEN = timedelta(minutes=30)


class Part(Word):
    """What a door shows; a carer sees those parts that the person agreed to."""

    PLAN = "plan", "My plan"
    GOALS = "goals", "My goals"
    TEAM = "team", "My team"
    ACTIONS = "actions", "What is being done"
    WORDS = "words", "What I have said"
    SERVICES = "services", "Services and support"
    MEASURES = "measures", "Questions to answer"
    READERS = "readers", "Who has looked at my record"


# Whoever looked at a record is for the person alone.
FOR_CARERS = tuple(part for part in Part if part not in (Part.MEASURES, Part.READERS))


class DoorState(Word):
    OPEN = "open", "Works"
    SHUT = "shut", "Shut for now"
    ENDED = "ended", "Turned off"
    EXPIRED = "expired", "Out of date"


class EndReason(Word):
    """Why a link was turned off for good."""

    TAKEN_BACK = "taken_back", "taken back"
    REPLACED = "replaced", "a new link took its place"
    GUESSED = "guessed", "the date of birth was wrong too often"
    JOINED = "joined", "entries about them were joined or parted"
    NOT_SAFE = "not_safe", "it is not safe"
    NOT_WANTED = "not_wanted", "they do not want it"
    LEFT = "left", "they turned it off themselves"


class StopReason(Word):
    """Why nobody gets a link for now."""

    NOT_SAFE = "not_safe", "It is not safe"
    NOT_WANTED = "not_wanted", "They do not want it"


class NoteKind(Word):
    COMMENT = "comment", "Wrote to you"
    CORRECTED = "corrected", "Corrected their words"
    SHUT_OUT = "shut_out", "The link turned itself off"
    LEFT = "left", "Turned the link off"


class Bar(Word):
    """What keeps every door to a person shut as long as it holds."""

    DIED = "died", "The person has died."
    STOPPED = "stopped", "The links were turned off, and nobody has said since that they may be made again."
    SAFEGUARDING = (
        "safeguarding",
        "Their case is marked or shared for safeguarding: others may read what they are sent.",
    )
    OBJECTED = "objected", "They object to any sharing for meetings."
    CARER_ENDED = "carer_ended", "This carer is not involved any more."
    NOT_AGREED = "not_agreed", "It is not recorded that the person agrees to this carer's part."


@dataclass(frozen=True)
class Circumstances:
    """What of a person and of a carer decides whether a door may be open."""

    died: bool = False
    stopped: bool = False
    safeguarding: bool = False
    objects: bool = False
    carer_is_involved: bool = True
    agrees_to_carer: bool = True


def bars_of(found: Circumstances) -> tuple[Bar, ...]:
    """List what keeps a door shut; empty where it may be open."""
    held = {
        Bar.DIED: found.died,
        Bar.STOPPED: found.stopped,
        Bar.SAFEGUARDING: found.safeguarding,
        Bar.OBJECTED: found.objects,
        Bar.CARER_ENDED: not found.carer_is_involved,
        Bar.NOT_AGREED: not found.agrees_to_carer,
    }
    return tuple(bar for bar, holds in held.items() if holds)


def door_state(ended: bool, expires_on: date, bars: Collection[Bar], today: date) -> DoorState:
    """Say whether a link works; it does on its last day."""
    if ended:
        return DoorState.ENDED
    if today > expires_on:
        return DoorState.EXPIRED
    return DoorState.SHUT if bars else DoorState.OPEN


def parts_shown(chosen: Collection[str], for_carer: bool) -> tuple[Part, ...]:
    """Return the parts that a door shows, in the order of the page: a person's own shows all of them."""
    return tuple(part for part in FOR_CARERS if part in chosen) if for_carer else tuple(Part)


def wrong_with_expiry(expires_on: date, today: date) -> str:
    """Say what is wrong with the day until which a link is to work, or nothing."""
    if not SHORTEST <= expires_on - today <= LONGEST:
        return "Enter a day from tomorrow up to a year from now."
    return ""


def wrong_with_note(words: str) -> str:
    """Say what is wrong with what somebody wrote, or nothing."""
    if not words.strip():
        return "Write something first, then send it."
    if len(words) > LONGEST_WORDS:
        return f"This is too long. Write at most {LONGEST_WORDS} letters."
    return ""


def token_of(network_id: uuid.UUID, door_id: uuid.UUID, secret: bytes, sign: Sign) -> str:
    """Write the link of a door: whose it is, and a secret that is kept nowhere; signed for this alone."""
    return signed(network_id.bytes + door_id.bytes + secret, LINK, sign)


def read_token(token: str, sign: Sign) -> tuple[uuid.UUID, uuid.UUID, bytes] | None:
    """Read a network, a door and its secret from a link; None where we did not sign it."""
    found = read_signed(token, LINK, sign)
    if found is None or len(found) != 2 * ID_BYTES + SECRET_BYTES:
        return None
    network_id, door_id = ids_in(found)
    return network_id, door_id, found[2 * ID_BYTES :]


def pass_of(network_id: uuid.UUID, door_id: uuid.UUID, until: datetime, sign: Sign) -> str:
    """Write what a browser holds once it is in: good for one door, until a moment."""
    ends = int(until.timestamp()).to_bytes(8, "big")
    return signed(network_id.bytes + door_id.bytes + ends, ENTERED, sign)


def read_pass(text: str, at: datetime, sign: Sign) -> tuple[uuid.UUID, uuid.UUID] | None:
    """Read a network and a door from what a browser holds; None where it is not ours, or over."""
    found = read_signed(text, ENTERED, sign)
    if found is None or int.from_bytes(found[2 * ID_BYTES :], "big") < at.timestamp():
        return None
    return ids_in(found)


def hash_of(secret: bytes) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(secret).hexdigest()


def is_secret_of(secret: bytes, kept: str) -> bool:
    return hmac.compare_digest(hash_of(secret), kept)
