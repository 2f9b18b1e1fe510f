"""Who may change a cell of the grid, and how a change that comes too late is seen."""

import uuid
from collections.abc import Callable, Collection

EMPTY = "empty"


def mark_of(assignment_id: uuid.UUID | None, row_version: int = 0) -> str:
    """Mark what stands in a cell, so that a change made meanwhile is noticed."""
    # Enough of the id to tell it from any that stood there before: the mark is on every cell of a page.
    return f"{assignment_id.hex[:8]}:{row_version}" if assignment_id else EMPTY


def may_change(
    may: Callable[[uuid.UUID], bool], employer_id: uuid.UUID, places: Collection[uuid.UUID | None]
) -> bool:
    """Say whether a cell may be changed by someone who may edit the rotas of some organisations.

    They may move their own people anywhere, and others between places that are all theirs. Remote work (None)
    is at nobody's place: only an employer gives it or takes somebody off it.
    """
    return may(employer_id) or (bool(places) and all(place is not None and may(place) for place in places))
