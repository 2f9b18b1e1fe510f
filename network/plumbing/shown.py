"""Whose data a page shows: noted while it is drawn, so that the trail knows of it when it is answered."""

import uuid
from collections.abc import Iterable

from flask import g, has_request_context


def note_shown(ids: Iterable[uuid.UUID]) -> None:
    """Note whose data goes onto the page of this request."""
    if has_request_context():
        g.setdefault("shown", set()).update(ids)


def note_kept(ids: Iterable[uuid.UUID]) -> None:
    """Note whom or what the trail has an entry about since this request began."""
    if has_request_context():
        g.setdefault("kept", set()).update(ids)


def shown() -> frozenset[uuid.UUID]:
    """Return whose data the page of this request shows."""
    return frozenset(g.get("shown", ()))


def kept() -> frozenset[uuid.UUID]:
    """Return what the trail has an entry about since this request began."""
    return frozenset(g.get("kept", ()))
