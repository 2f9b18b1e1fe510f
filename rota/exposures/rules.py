"""What a learner took part in beside the rota, as far as programmes count it."""

import uuid
from dataclasses import dataclass
from datetime import date

from network.vocabulary import Discipline, Word


class ExposureKind(Word):
    MEETING = "meeting", "Meeting of the team"
    CASE = "case", "Case followed with the team"


@dataclass(frozen=True)
class Exposure:
    """Somebody took part in a meeting or followed a case, known by its key, for a discipline."""

    person_id: uuid.UUID
    discipline: Discipline
    day: date
    key: uuid.UUID
    kind: ExposureKind = ExposureKind.MEETING
