"""How entries of the trail read."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from network.audit.rules import kind_of
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


def particulars(details: Mapping[str, Any]) -> str:
    """Say the details of an entry in one line, long ids by their beginning."""
    return "; ".join(f"{name.replace('_', ' ')}: {_said(said)}" for name, said in details.items())


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


def _said(value: Any) -> str:
    if isinstance(value, list):
        more = f" and {len(value) - LONGEST_LIST} more" if len(value) > LONGEST_LIST else ""
        return (", ".join(map(_said, value[:LONGEST_LIST])) or "none") + more
    return _short(value) if isinstance(value, str) else "yes" if value is True else str(value)


def _short(text: str) -> str:
    try:
        return uuid.UUID(text).hex[:8] if len(text) == 36 else text
    except ValueError:
        return text
