"""How a change of a cell that comes too late is seen."""

import uuid

EMPTY = "empty"


def mark_of(assignment_id: uuid.UUID | None, row_version: int = 0) -> str:
    """Mark what stands in a cell, so that a change made meanwhile is noticed."""
    # Enough of the id to tell it from any that stood there before: the mark is on every cell of a page.
    return f"{assignment_id.hex[:8]}:{row_version}" if assignment_id else EMPTY
