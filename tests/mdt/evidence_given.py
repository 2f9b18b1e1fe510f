"""People of two practices, and what was agreed for them, as tests of evidence start."""

from datetime import timedelta

from mdt.actions.rules import ActionState, NotDone
from mdt.cases.records import Case
from mdt.cases.rules import CaseState
from mdt.periods.rules import Period, quarter_of
from network.plumbing.database import db, now, today
from network.vocabulary import Discipline
from tests.cast import Cast
from tests.mdt.scene import make_action, make_case


def make_people(cast: Cast, elm: int, oak: int = 0, state: CaseState = CaseState.ACTING) -> list[Case]:
    """Make cases of two practices' people: those of one live where it is most deprived."""
    cases = []
    for place in range(elm + oak):
        case = make_case(cast, state, answered_at=now())
        is_elm = place < elm
        case.patient.practice_id = cast.elm.id if is_elm else cast.oak.id
        case.patient.imd_decile, case.patient.ethnicity = (1, "J") if is_elm else (10, "A")
        cases.append(case)
    db.session.commit()
    return cases


def due(case: Case, state: ActionState, why: NotDone | None = None) -> None:
    action = make_action(case, None, case.organisation_id, due_on=today() - timedelta(days=1), state=state)
    action.ended_at, action.not_done = (now() if state is not ActionState.OPEN else None), why
    action.discipline = Discipline.PHARMACY
    db.session.commit()


def period_of_yesterday() -> Period:
    return quarter_of(today() - timedelta(days=1))
