"""What can be said of hosts and their offers without looking anything up."""

import uuid
from dataclasses import dataclass
from datetime import date

from network.vocabulary import Discipline, Word

LONGEST_NAME = 80
LONGEST_NOTE = 300
MOST_PLACES = 50
MOST_MINUTES = 2400
ALL_STAGES = ""


class SupervisorKind(Word):
    """What a supervisor is to a learner; most programmes want some of these to be different people."""

    CLINICAL = "clinical", "Clinical supervisor"
    EDUCATIONAL = "educational", "Educational supervisor"
    DESIGNATED = "designated", "Designated supervisor"
    PRESCRIBING = "prescribing", "Designated prescribing practitioner"
    PRACTICE = "practice", "Practice supervisor"
    ASSESSOR = "assessor", "Practice assessor"


@dataclass(frozen=True)
class Welcome:
    """Who answers for a host, and what a learner needs to know for the first day."""

    lead_name: str = ""
    lead_email: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    arrival: str = ""
    dress: str = ""
    parking: str = ""
    travel: str = ""


@dataclass(frozen=True)
class Terms:
    """What a host offers: to whom, what it counts as, when, and how many places a week.

    `minutes` are a supervisor's minutes that one learner takes in a week, None: as the rota says of the
    learner; `floor` is how many learners the host counts on.
    """

    name: str
    discipline: Discipline
    programmes: tuple[uuid.UUID, ...]
    settings: tuple[str, ...]
    opens_on: date
    closes_on: date | None = None
    least: int = 0
    most: int = 1
    floor: int = 0
    minutes: int | None = None
    notes: str = ""


@dataclass(frozen=True)
class Limit:
    """Other numbers of places for a time, for all learners or for those of one stage."""

    starts_on: date
    ends_on: date | None
    least: int
    most: int
    stage: str = ALL_STAGES
