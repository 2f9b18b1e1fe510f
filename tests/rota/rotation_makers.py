"""Placements as values, for tests of rotations."""

import uuid
from datetime import date

from rota.rotations.rules import Calendar, Held, PlacementSource, PlacementState

MONDAY = date(2027, 1, 4)
YEAR = Calendar(MONDAY, 52, 4)
AMY, BEN, ELM, OAK = (uuid.UUID(int=number) for number in range(1, 5))


def held(learner=AMY, offer=ELM, first=0, weeks=4, state=PlacementState.PROPOSED, **more) -> Held:
    """Make a placement of so many weeks, counted from the first of the plan."""
    stay_id = more.pop("stay_id", None) or uuid.uuid4()
    return Held(stay_id, learner, offer, YEAR.stretch(first, weeks), PlacementSource.HAND, state, **more)
