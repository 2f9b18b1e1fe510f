"""Who takes on what a coordinator leaves behind: the one with the least to look after. Pure."""

import uuid
from collections.abc import Mapping


def heir(loads: Mapping[uuid.UUID, int], names: Mapping[uuid.UUID, str]) -> uuid.UUID | None:
    """Return who takes on the next person: the least laden, then by name; None where nobody is there."""
    return min(loads, key=lambda each: (loads[each], names[each], each.int), default=None)
