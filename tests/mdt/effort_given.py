"""A meeting that was held, with people who came to it, and schemes, as tests of effort start."""

import uuid
from datetime import timedelta

from mdt.effort.commands import add_claimant, add_scheme
from mdt.effort.rules import SchemeDetails
from mdt.meetings.records import Attendance, Meeting
from mdt.meetings.rules import AttendanceState, MeetingState
from network.access.rules import Role
from network.plumbing.database import db, now, today
from network.vocabulary import Discipline
from tests.cast import Cast
from tests.mdt.scene import expect, make_meeting

FUNDS = Role.FINANCE_VIEWER
SCHEME = SchemeDetails("NB-01", "Neighbourhood team fund", "The integrated care board", today())


def make_held(cast: Cast, role: Role = Role.CLINICIAN, minutes: int = 60) -> tuple[Meeting, Attendance]:
    """Make a meeting of earlier today that somebody of the cast was at."""
    began_at = now() - timedelta(minutes=1) - timedelta(minutes=minutes)
    ended_at = began_at + timedelta(minutes=minutes)
    meeting = make_meeting(
        cast, MeetingState.SIGNED, began_at, began_at=began_at, ended_at=ended_at, signed_at=ended_at
    )
    attendance = expect(cast, meeting, role, Discipline.PHARMACY)
    attendance.state = AttendanceState.PRESENT
    db.session.commit()
    return meeting, attendance


def make_scheme(cast: Cast, code: str = "NB-01") -> uuid.UUID:
    """Make a scheme that began long ago."""
    began = today() - timedelta(days=400)
    return add_scheme(cast[FUNDS], SchemeDetails(code, SCHEME.name, SCHEME.payer, began))


def make_claimant(cast: Cast, scheme_id: uuid.UUID, discipline: Discipline | None = None) -> uuid.UUID:
    """Let the cast's first practice claim under a scheme."""
    return add_claimant(cast[FUNDS], scheme_id, cast.elm.id, discipline, today() - timedelta(days=300))
