"""The sheet of leave as it would be written now."""

from sqlalchemy import select

from network.plumbing.database import db, today
from network.vocabulary import SessionKind
from rota.leave.records import Absence
from rota.leave.rules import NEED_TO_KNOW, ORDER, AbsenceState
from rota.workbook.queries import Named


def leave_rows(whose: Named) -> list[dict[str, object]]:
    """Give the rows of the sheet of leave."""
    kept = select(Absence).where(
        Absence.member_id.in_(whose),
        # Why somebody is away for one of those kinds does not belong in a file that is sent around.
        Absence.kind.not_in(NEED_TO_KNOW),
        Absence.state.in_({AbsenceState.APPROVED, AbsenceState.REQUESTED}),
        Absence.ends_on >= today(),
    )
    return [
        {
            **whose[absence.member_id],
            "kind": absence.kind.label,
            "starts_on": absence.starts_on,
            "begins": "PM" if ORDER[absence.starts_with] >= ORDER[SessionKind.AFTERNOON] else "AM",
            "ends_on": absence.ends_on,
            "ends": "AM" if ORDER[absence.ends_with] <= ORDER[SessionKind.MORNING] else "PM",
            "state": absence.state.label,
        }
        for absence in db.session.scalars(kept.order_by(Absence.starts_on, Absence.id))
    ]
