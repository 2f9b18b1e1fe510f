"""Writing the sheet of leave."""

from dataclasses import replace

from sqlalchemy import select

from network.plumbing.database import db
from rota.leave.commands import approve_leave, report_sickness, request_leave
from rota.leave.queries import as_away, as_seen, over_limits
from rota.leave.records import Absence
from rota.leave.rules import STANDS, AbsenceKind, AbsenceState
from rota.leave.wording import over_said, span
from rota.tables.rules import SheetName
from rota.workbook.leave.rules import LeaveLine
from rota.workbook.queries import Import
from rota.workbook.rules import What


def write_leave(work: Import, line: LeaveLine) -> None:
    """Ask for leave and approve it, unless it stands already."""
    away, member_id = line.away, work.member(line.place, line.who)
    work.once((SheetName.LEAVE, member_id, away), line.place, "starts_on", f"This leave of {line.who.name}")
    standing = select(Absence).where(Absence.member_id == member_id, Absence.state.in_(STANDS))
    known = [row for row in db.session.scalars(standing) if replace(as_away(row), member_id=None) == away]
    kept = known[0].id if known else None
    before = known[0].state if known else None
    what = What.SAME if known else What.ADDED
    if known and before is AbsenceState.REQUESTED and line.approved:
        approve_leave(work.actor, known[0].id)
        what = What.CHANGED
    elif not known and away.kind is AbsenceKind.SICKNESS:
        kept = report_sickness(work.actor, member_id, away)
    elif not known:
        kept = request_leave(work.actor, member_id, away)
        if line.approved:
            with work.row(line.place, "state"):
                approve_leave(work.actor, kept)
    state = AbsenceState.APPROVED if line.approved else AbsenceState.REQUESTED
    about = f"{line.who.name}, {away.kind.label.lower()}, {span(away)}"
    told = {"State": (before.label if before else "", state.label)}
    if kept and what is not What.SAME:
        seen = as_seen(work.actor, db.session.get_one(Absence, kept))
        # A limit is broken with open eyes or not at all: the preview says so, and the import goes on.
        told["Limit of leave (R39)"] = ("", over_said(over_limits([seen])[kept]))
    work.note(line.place, about, what, told)
