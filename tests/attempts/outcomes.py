from datetime import timedelta

from mdt.outcome_links import commands as links
from mdt.outcomes import commands as outcomes
from mdt.outcomes.rules import How, Skipped, Wave
from network.access.rules import Role
from network.plumbing.database import today
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.mdt.outcomes.scene import ONS4, link, measure_of, started, token
from tests.mdt.scene import make_case

COORDINATOR = Role.CARE_COORDINATOR


@attempt(outcomes.plan_measures, anywhere=True)
def _plan_measures(cast: Cast):
    return by(cast[COORDINATOR])


@attempt(outcomes.start_measures)
def _start_measures(cast: Cast):
    return by(cast[COORDINATOR], make_case(cast).id)


@attempt(outcomes.record_answers)
def _record_answers(cast: Cast):
    return by(cast[COORDINATOR], measure_of(started(cast)).measure.id, ONS4, How.SELF)


@attempt(outcomes.record_wave)
def _record_wave(cast: Cast):
    return by(cast[COORDINATOR], {measure_of(started(cast)).measure.id: ONS4}, How.SELF)


@attempt(outcomes.skip_wave)
def _skip_wave(cast: Cast):
    return by(cast[COORDINATOR], started(cast).id, Wave.START, Skipped.TOO_UNWELL)


@attempt(outcomes.ask_after_all)
def _ask_after_all(cast: Cast):
    case = started(cast)
    outcomes.skip_wave(cast[COORDINATOR], case.id, Wave.START, Skipped.TOO_UNWELL)
    return by(cast[COORDINATOR], case.id, Wave.START)


@attempt(outcomes.stop_asking)
def _stop_asking(cast: Cast):
    return by(cast[COORDINATOR], make_case(cast).patient_id)


@attempt(outcomes.resume_asking)
def _resume_asking(cast: Cast):
    case = make_case(cast)
    outcomes.stop_asking(cast[COORDINATOR], case.patient_id)
    return by(cast[COORDINATOR], case.patient_id)


@attempt(links.make_link)
def _make_link(cast: Cast):
    soon = today() + timedelta(days=7)
    return by(cast[COORDINATOR], started(cast).id, Wave.START, How.SELF, soon, is_safe=True)


@attempt(links.end_link)
def _end_link(cast: Cast):
    return by(cast[COORDINATOR], link(cast, started(cast)).id)


# Whoever holds the link may answer: it is nobody's account that decides.
@attempt(links.open_link, own=True)
def _open_link(cast: Cast):
    return by(cast[COORDINATOR], token(cast))


@attempt(links.answer_by_link, own=True)
def _answer_by_link(cast: Cast):
    case = started(cast)
    return by(cast[COORDINATOR], token(cast, case), {measure_of(case).measure.id: ONS4})
