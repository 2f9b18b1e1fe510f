"""A learner of the cast, let in to one case."""

import uuid
from datetime import date, timedelta

from mdt.cases.records import Case
from mdt.learners.commands import let_learner_in
from mdt.learners.rules import Told
from network.access.rules import Role
from network.plumbing.database import today
from tests.cast import Cast


def days(first: int = 0, last: int = 6) -> tuple[date, date]:
    return today() + timedelta(days=first), today() + timedelta(days=last)


def told_of(did_not_object: bool = True) -> Told:
    return Told("Asked at home, with her daughter.", "A Nurse", today(), did_not_object)


def let_in(cast: Cast, case: Case, first: int = 0, last: int = 6) -> uuid.UUID:
    """Let the cast's learner see a case."""
    learner = cast[Role.LEARNER].account_id
    return let_learner_in(cast[Role.CARE_COORDINATOR], case.id, learner, *days(first, last), told_of())
