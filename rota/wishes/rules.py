"""Where learners would like to be placed: a few offers, the dearest first, and what each is worth."""

import uuid
from collections.abc import Mapping, Sequence

MOST_WISHES = 3
# A first wish is worth three times a third one: what a plan misses of the most is its cost.
POINTS = tuple(range(MOST_WISHES, 0, -1))


def wrong_with_wishes(wished: Sequence[uuid.UUID]) -> str:
    """Say what is wrong with wishes in order, or nothing."""
    if len(wished) > MOST_WISHES:
        return f"Choose {MOST_WISHES} places at most."
    if len(set(wished)) < len(wished):
        return "Choose a different place for each wish."
    return ""


def points_of(wished: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, int]:
    """Give what each wish is worth, by its offer."""
    return dict(zip(wished, POINTS, strict=False))
