from mdt.huddles import commands as huddles
from network.access.rules import Role
from network.plumbing.database import db
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.mdt.scene import make_case

CLINICIAN, CHAIR = Role.CLINICIAN, Role.CHAIR
ASKED = {"reason": "She fell again last night."}


def called(cast: Cast):
    """A huddle that the cast's clinician has called with the chair."""
    case = make_case(cast)
    asked = [cast[CHAIR].account_id]
    meeting_id = huddles.call_huddle(cast[CLINICIAN], case.id, account_ids=asked, **ASKED)
    db.session.commit()
    return case, meeting_id


@attempt(huddles.call_huddle)
def _call_huddle(cast: Cast):
    return by(cast[CLINICIAN], make_case(cast).id, account_ids=[cast[CHAIR].account_id], **ASKED)


@attempt(huddles.call_off_huddle)
def _call_off_huddle(cast: Cast):
    return by(cast[CLINICIAN], called(cast)[1], "She is in hospital now.")
