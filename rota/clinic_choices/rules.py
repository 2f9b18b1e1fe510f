"""What whoever plans a clinic asks for."""

import uuid
from dataclasses import dataclass

USUAL_WEEKS = 26
LONGEST_WEEKS = 52
OFTEN = (1, 2, 4, 8, 12)


@dataclass(frozen=True)
class Ask:
    """A kind of clinic for the people of a neighbourhood, every so many weeks, for so many weeks."""

    clinic_type_id: uuid.UUID
    neighbourhood_id: uuid.UUID
    every_weeks: int
    weeks: int = USUAL_WEEKS
