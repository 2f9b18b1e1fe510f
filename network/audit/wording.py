"""How entries of the trail read."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from network.audit.rules import id_in, kind_of
from network.plumbing.database import ENGLAND

HEADINGS = ("No.", "When", "Who", "Account", "What", "Kind", "About", "Id", "Details", "Hash")
LONGEST_LIST = 3


class Kept(Protocol):
    """An entry, as far as it is written out."""

    number: Any
    at: Any
    account_id: Any
    actor: Any
    verb: Any
    about_kind: Any
    about_id: Any
    details: Any
    hash: Any


def deed(verb: str) -> str:
    """Say what was done: 'give_role' and 'rota.publish' become 'Give role' and 'Rota publish'."""
    return verb.replace("_", " ").replace(".", " ").capitalize()


def particulars(details: Mapping[str, Any], names: Mapping[uuid.UUID, str]) -> str:
    """Say the details of an entry in one line: what an id means where that is known, else its beginning."""
    return "; ".join(f"{name.replace('_', ' ')}: {_said(said, names)}" for name, said in details.items())


def ids_in(details: Mapping[str, Any]) -> set[uuid.UUID]:
    """Return the ids that some details speak of."""
    values = [each for value in details.values() for each in (value if isinstance(value, list) else [value])]
    return {found for value in values if (found := id_in(value))}


def as_row(entry: Kept) -> list[str | int]:
    """Write an entry out for a spreadsheet, whole."""
    at: datetime = entry.at
    return [
        entry.number,
        at.astimezone(ENGLAND).strftime("%Y-%m-%d %H:%M:%S"),
        entry.actor,
        str(entry.account_id or ""),
        deed(entry.verb),
        kind_of(entry.verb).label,
        deed(entry.about_kind),
        str(entry.about_id or ""),
        "; ".join(f"{name}: {said}" for name, said in entry.details.items()),
        entry.hash,
    ]


def _said(value: Any, names: Mapping[uuid.UUID, str]) -> str:
    if isinstance(value, list):
        more = f" and {len(value) - LONGEST_LIST} more" if len(value) > LONGEST_LIST else ""
        return (", ".join(_said(each, names) for each in value[:LONGEST_LIST]) or "none") + more
    if meant := id_in(value):
        return names.get(meant, meant.hex[:8])
    return "yes" if value is True else "no" if value is False else str(value)
