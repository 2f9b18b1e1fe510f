from datetime import timedelta

from mdt.cases.rules import CaseState
from mdt.closing import commands as closing
from mdt.closing.rules import ClosedWhy
from network.access.rules import Role
from network.plumbing.database import today
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.mdt.scene import make_case

COORDINATOR = Role.CARE_COORDINATOR


def told_case(cast: Cast, state: CaseState = CaseState.ACTING, **changes: object):
    """A case whose person was told, with nothing left to do."""
    return make_case(cast, state, **{"told_on": today(), **changes})


@attempt(closing.close_case)
def _close_case(cast: Cast):
    return by(cast[COORDINATOR], told_case(cast).id, ClosedWhy.ANSWERED)


@attempt(closing.take_back_closing)
def _take_back_closing(cast: Cast):
    case = told_case(cast)
    closing.close_case(cast[COORDINATOR], case.id, ClosedWhy.ANSWERED)
    return by(cast[COORDINATOR], case.id)


@attempt(closing.reopen_case)
def _reopen_case(cast: Cast):
    return by(cast[COORDINATOR], told_case(cast, CaseState.CLOSED).id, "She fell again.")


@attempt(closing.agree_review)
def _agree_review(cast: Cast):
    return by(cast[COORDINATOR], told_case(cast).id, today() + timedelta(days=90))


@attempt(closing.bring_back)
def _bring_back(cast: Cast):
    return by(cast[COORDINATOR], told_case(cast).id)


@attempt(closing.call_reviews)
def _call_reviews(cast: Cast):
    told_case(cast, review_due=today())
    return by(cast[COORDINATOR])
