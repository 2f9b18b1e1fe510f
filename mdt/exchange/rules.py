"""What one reader may give on of a case, as values; and what others number and name alike. Pure."""

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime

from mdt.patients.rules import Sex

NOT_VALIDATED = "Not validated against UK Core"
NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number"
ODS_CODE = "https://fhir.nhs.uk/Id/ods-organization-code"
GENDERS = {Sex.FEMALE: "female", Sex.MALE: "male", Sex.INDETERMINATE: "other", Sex.UNKNOWN: "unknown"}


@dataclass(frozen=True)
class PersonOut:
    """Who somebody is and how they are reached."""

    id: uuid.UUID
    family_name: str
    given_name: str
    born_on: date
    nhs_number: str = ""
    title: str = ""
    preferred_name: str = ""
    sex: Sex = Sex.UNKNOWN
    address: str = ""
    postcode: str = ""
    phone: str = ""
    email: str = ""
    language: str = ""
    died_on: date | None = None
    practice: str = ""
    practice_code: str = ""


@dataclass(frozen=True)
class MemberOut:
    """Somebody around the person."""

    name: str
    role: str


@dataclass(frozen=True)
class GoalOut:
    """A goal in the person's words, and how far it was reached when."""

    id: uuid.UUID
    words: str
    state: str
    set_on: date
    measure: str = ""
    reached: tuple[tuple[date, str], ...] = ()


@dataclass(frozen=True)
class PlanOut:
    """The plan that holds."""

    id: uuid.UUID
    version: int
    parts: tuple[tuple[str, str], ...]
    goal_ids: tuple[uuid.UUID, ...]
    agreed_on: date
    next_review: date | None
    author: str
    said: tuple[str, ...] = ()


@dataclass(frozen=True)
class TaskOut:
    """Something that somebody does for the person."""

    id: uuid.UUID
    words: str
    status: str
    made_at: datetime
    due_on: date
    owner: str
    why_not: str = ""


@dataclass(frozen=True)
class ConsentOut:
    """On what basis is shared, or what is not."""

    id: uuid.UUID
    words: str
    day: date
    is_objection: bool = False


@dataclass(frozen=True)
class FlagOut:
    """What everybody who meets the person has to know."""

    id: uuid.UUID
    words: str
    kind: str
    since: date


@dataclass(frozen=True)
class ResponseOut:
    """What somebody answered to a set of questions."""

    id: uuid.UUID
    instrument: str
    version: str
    answered_on: date
    by: str
    # The item, its words, and what was answered: None where somebody would rather not say.
    answers: tuple[tuple[str, str, int | None], ...] = ()


@dataclass(frozen=True)
class CaseOut:
    """What one reader may give on of a case."""

    ref: str
    person: PersonOut
    team_id: uuid.UUID
    team: tuple[MemberOut, ...] = ()
    plan: PlanOut | None = None
    goals: tuple[GoalOut, ...] = ()
    tasks: tuple[TaskOut, ...] = ()
    consents: tuple[ConsentOut, ...] = ()
    flags: tuple[FlagOut, ...] = ()
    responses: tuple[ResponseOut, ...] = field(default=())
