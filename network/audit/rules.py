"""How entries are sealed and how a chain is checked."""

import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from network.vocabulary import Word

PLATFORM = uuid.UUID(int=0)
START = "0" * 64
LENGTH_OF_ID = 36


@dataclass(frozen=True)
class Entry:
    """An audit entry as a value."""

    network_id: uuid.UUID
    number: int
    at: datetime
    account_id: uuid.UUID | None
    actor: str
    verb: str
    about_kind: str
    about_id: uuid.UUID | None
    details: dict[str, Any]
    previous: str


@dataclass(frozen=True)
class Break:
    """The first place where a chain does not hold."""

    network_id: uuid.UUID
    number: int
    said: str


def seal(entry: Entry) -> str:
    """Return the SHA-256 of the entry and of the hash before it, as hexadecimal text."""
    parts = [
        str(entry.network_id),
        entry.number,
        entry.at.timestamp(),
        str(entry.account_id),
        entry.actor,
        entry.verb,
        entry.about_kind,
        str(entry.about_id),
        entry.details,
        entry.previous,
    ]
    return hashlib.sha256(json.dumps(parts, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def ids_about(about_id: uuid.UUID | None, details: Mapping[str, Any]) -> set[uuid.UUID]:
    """Return whom or what an entry is about: also those on a page that showed several, and a list's case."""
    people = details.get("people")
    # Elsewhere the word stands for how many they were.
    named = [*(people if isinstance(people, list) else ()), details.get("case")]
    return {each for each in (about_id, *map(id_in, named)) if each}


def id_in(said: object) -> uuid.UUID | None:
    """Return the id that some detail is, None where it is anything else."""
    try:
        return uuid.UUID(said) if isinstance(said, str) and len(said) == LENGTH_OF_ID else None
    except ValueError:
        return None


def as_kept(details: Mapping[str, Any]) -> dict[str, Any]:
    """Return details as the database will hand them back: it respells fractions, so they become text."""
    kept: dict[str, Any] = json.loads(json.dumps(details), parse_float=str, parse_constant=str)
    return kept


def first_break(
    network_id: uuid.UUID, chain: Iterable[tuple[Entry, str]], head: tuple[int, str] | None
) -> Break | None:
    """Return the first break of one network's chain, read in order of number, or None where it holds."""
    number, previous = 0, START
    for entry, kept in chain:
        if entry.number != number + 1:
            return Break(network_id, number + 1, f"Entry {number + 1} is missing.")
        if entry.previous != previous:
            return Break(network_id, entry.number, f"Entry {entry.number} does not follow the one before it.")
        if seal(entry) != kept:
            return Break(network_id, entry.number, f"Entry {entry.number} has been changed.")
        number, previous = entry.number, kept
    written, _ = head = head or (0, START)
    if head != (number, previous):
        return Break(network_id, number + 1, f"The chain ends at entry {number}, but {written} were written.")
    return None


class DeedKind(Word):
    """What kind of thing was done, as an investigator asks for it."""

    VIEW = "view", "Looked at"
    SEARCH = "search", "Searched"
    CREATE = "create", "Made or put down"
    CHANGE = "change", "Changed"
    PRINT = "print", "Printed"
    EXPORT = "export", "Taken out as a file"
    SEND = "send", "Sent or told"
    EMERGENCY = "emergency", "Opened in an emergency"
    SIGN_IN = "sign_in", "Sign-in and sign-out"


D = DeedKind

# By the whole verb where its first word says too little.
KIND_OF_VERB = {
    "open_period": D.CREATE,
    "open_account": D.CREATE,
    "open_item": D.CHANGE,
    "look_for_twins": D.SEARCH,
    "note_told": D.SEND,
    "keep_draft": D.CREATE,
    "take_action": D.CREATE,
    "tell_in_person": D.SEND,
    "give_letter": D.SEND,
    "give_copy": D.EXPORT,
    "send_again": D.CHANGE,
    "call_huddle": D.CREATE,
}
KIND_OF_WORD = {
    D.VIEW: ("open", "see", "enter", "look"),
    D.SEARCH: ("search",),
    D.CREATE: (
        *("add", "ask", "engage", "found", "invite", "make", "note", "object", "propose", "put", "record"),
        *("refer", "register", "relate", "rehearse", "start", "upload", "write"),
    ),
    D.PRINT: ("print",),
    D.EXPORT: ("export", "download"),
    D.SEND: ("send", "remind", "tell", "publish"),
    D.SIGN_IN: ("sign",),
}
# What is signed is a meeting's minutes, unless it is a sign-in.
SIGNED = frozenset({"sign_minutes", "sign_decision", "sign_off_competency"})


def kind_of(verb: str) -> DeedKind:
    """Say what kind of thing a verb of the trail is."""
    if "emergency" in verb:
        return D.EMERGENCY
    if verb in KIND_OF_VERB:
        return KIND_OF_VERB[verb]
    if verb == "refuse_sign_in" or "second_factor" in verb:
        return D.SIGN_IN
    first = verb.split("_")[0]
    found = next((kind for kind, words in KIND_OF_WORD.items() if first in words), D.CHANGE)
    return D.CHANGE if verb in SIGNED else found
