"""Examples to learn from, as tests start from them."""

import uuid

from mdt.cases.records import Case
from mdt.cases.rules import CaseState
from mdt.learning.commands import approve_example, offer_example, return_example
from mdt.learning.rules import Telling
from network.access.rules import Role
from network.vocabulary import Discipline
from tests.cast import Cast
from tests.mdt.scene import make_case

AUTHOR, SECOND = Role.CLINICIAN, Role.CARE_COORDINATOR
TELLING = Telling(
    "Falls after new glasses",
    "A woman in her eighties fell twice within a month of a change of glasses, and nobody asked about them"
    " until the third fall.",
    "Ask about glasses at the first fall.",
    "Who here would have asked?",
    (Discipline.OPTOMETRY, Discipline.PHARMACY),
)


def discussed(cast: Cast) -> Case:
    return make_case(cast, CaseState.DISCUSSED)


def offered(cast: Cast, case: Case | None = None) -> uuid.UUID:
    return offer_example(cast[AUTHOR], (case or discussed(cast)).id, TELLING)


def approved(cast: Cast, case: Case | None = None) -> uuid.UUID:
    example_id = offered(cast, case)
    approve_example(cast[SECOND], example_id)
    return example_id


def returned(cast: Cast) -> uuid.UUID:
    example_id = offered(cast)
    return_example(cast[SECOND], example_id, "Leave the month out.")
    return example_id
