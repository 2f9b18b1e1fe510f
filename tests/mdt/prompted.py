"""A case whose facts give a reason to involve somebody."""

from datetime import date

from mdt.cases.records import Case
from mdt.cases.rules import CaseState
from mdt.facts.commands import note_facts
from mdt.panels.rules import Answer
from network.access.rules import Role
from network.plumbing.database import today
from tests.cast import Cast
from tests.mdt.scene import make_case


def know(cast: Cast, case: Case, as_at: date | None = None, **values: object) -> None:
    """Let the coordinator note facts about the person of a case."""
    facts = {key: Answer(value, as_at or today()) for key, value in values.items()}
    note_facts(cast[Role.CARE_COORDINATOR], case.patient_id, facts, "the practice")


def dry_mouth(cast: Cast, state: CaseState = CaseState.TRIAGED) -> Case:
    """A case in which X01 comes up: a dry mouth with twelve medicines."""
    case = make_case(cast, state)
    know(cast, case, dry_mouth="yes", medicines=12)
    return case
