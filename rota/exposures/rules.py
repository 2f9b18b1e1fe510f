"""What a learner took part in, as far as programmes count it."""

import uuid
from dataclasses import dataclass
from datetime import date

from network.vocabulary import Discipline


@dataclass(frozen=True)
class Exposure:
    """Somebody took part in a meeting, known by its key, for a discipline."""

    person_id: uuid.UUID
    discipline: Discipline
    day: date
    key: uuid.UUID
