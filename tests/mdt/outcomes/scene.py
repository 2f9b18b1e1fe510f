"""People who are asked how they are, as tests start from them."""

import uuid
from datetime import date, timedelta

from mdt.cases.records import Case
from mdt.outcome_links.commands import make_link
from mdt.outcome_links.queries import token_for
from mdt.outcomes.commands import record_answers, start_measures
from mdt.outcomes.queries import MeasureSeen, answers_of
from mdt.outcomes.records import MeasureLink
from mdt.outcomes.rules import How, Wave
from network.access.rules import Role
from network.plumbing.database import db, today
from tests.cast import Cast
from tests.mdt.scene import make_case

COORDINATOR = Role.CARE_COORDINATOR
ONS4 = {"satisfied": 4, "worthwhile": 5, "happy": 3, "anxious": 8}
TOGETHER = {"tell_again": 3, "advice": 2, "together": 1, "whose_job": 1}


def started(cast: Cast, case: Case | None = None) -> Case:
    """Begin asking somebody today."""
    case = case or make_case(cast)
    start_measures(cast[COORDINATOR], case.id)
    return case


def measure_of(case: Case, instrument: str = "ons4", wave: Wave = Wave.START) -> MeasureSeen:
    return next(
        each
        for each in answers_of(case.patient_id)
        if (each.measure.instrument, each.measure.wave) == (instrument, wave)
    )


def answered(cast: Cast, case: Case | None = None) -> uuid.UUID:
    """Write down what somebody answered at the start; return the measure."""
    measure_id = measure_of(case or started(cast)).measure.id
    record_answers(cast[COORDINATOR], measure_id, ONS4, How.WITH_HELP, helper="a link worker")
    return measure_id


def link(cast: Cast, case: Case, expires_on: date | None = None) -> MeasureLink:
    link_id = make_link(
        cast[COORDINATOR],
        case.id,
        Wave.START,
        How.SELF,
        expires_on or today() + timedelta(days=14),
        is_safe=True,
    )
    return db.session.get_one(MeasureLink, link_id)


def token(cast: Cast, case: Case | None = None) -> str:
    return token_for(link(cast, case or started(cast)))
