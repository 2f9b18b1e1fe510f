"""Setting the terms of leave, and adding to somebody's allowance."""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.organisations.queries import get_organisation_for
from network.plumbing.commands import command
from network.plumbing.database import db
from network.plumbing.refusals import Invalid
from rota.allowances.queries import get_allowance_for
from rota.allowances.records import AllowanceLine, LeaveTerms
from rota.allowances.rules import MOST_SESSIONS, LineKind, wrong_with_terms
from rota.leave.rules import AbsenceKind

LONGEST_REASON = 300


@dataclass(frozen=True)
class TermsEdit:
    """An employer's terms as they are set; None follows the network, and there the rulebook."""

    notice_days: int | None
    automatic: frozenset[AbsenceKind] | None
    year_month: int | None
    year_day: int | None
    tenths_of_weeks: int | None


@command
def set_terms(actor: Actor, organisation_id: uuid.UUID, edit: TermsEdit) -> None:
    """Set the terms of leave of an employer, or of the network for all."""
    get_organisation_for(actor, organisation_id)
    require(actor.may(Permission.APPROVE_LEAVE, organisation_id=organisation_id), seen=False)
    if wrong := wrong_with_terms(edit.year_month, edit.year_day, edit.tenths_of_weeks, edit.notice_days):
        raise Invalid(wrong)
    row = db.session.scalars(
        select(LeaveTerms).where(LeaveTerms.organisation_id == organisation_id).with_for_update()
    ).one_or_none() or LeaveTerms(organisation_id=organisation_id)
    row.notice_days, row.tenths_of_weeks = edit.notice_days, edit.tenths_of_weeks
    row.year_month, row.year_day = edit.year_month, edit.year_day
    row.automatic_kinds = None if edit.automatic is None else sorted(kind.value for kind in edit.automatic)
    db.session.add(row)
    db.session.flush()
    record(
        actor,
        "set_leave_terms",
        "organisation",
        organisation_id,
        notice_days=edit.notice_days,
        automatic=row.automatic_kinds,
        year_starts=[edit.year_month, edit.year_day],
        tenths_of_weeks=edit.tenths_of_weeks,
    )


@command
def add_to_allowance(
    actor: Actor, member_id: uuid.UUID, day: date, kind: LineKind, sessions: float, reason: str
) -> uuid.UUID:
    """Add sessions to, or with a minus take them from, the leave year of a day, and say why."""
    seen = get_allowance_for(actor, member_id, day)
    require(seen.may_change)
    minutes = round(sessions * seen.balance.session_minutes)
    if not minutes or abs(sessions) > MOST_SESSIONS:
        raise Invalid(f"Enter sessions from -{MOST_SESSIONS} to {MOST_SESSIONS}, but not 0.")
    if not reason.strip():
        raise Invalid("Enter the reason: the person reads it.")
    if len(reason) > LONGEST_REASON:
        raise Invalid(f"Shorten the reason to {LONGEST_REASON} characters.")
    line = AllowanceLine(
        member_id=member_id,
        year_starts_on=seen.balance.year.first,
        kind=kind,
        minutes=minutes,
        reason=reason.strip(),
        by=actor.name,
    )
    db.session.add(line)
    db.session.flush()
    record(
        actor,
        "add_to_allowance",
        "rota_member",
        member_id,
        year=str(line.year_starts_on),
        kind=kind.value,
        minutes=minutes,
    )
    return line.id
