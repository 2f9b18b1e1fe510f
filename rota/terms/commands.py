"""Setting the terms of leave."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select

from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.organisations.queries import get_organisation_for
from network.plumbing.commands import command
from network.plumbing.database import db
from network.plumbing.refusals import Invalid
from rota.leave.rules import AbsenceKind
from rota.terms.records import LeaveTerms
from rota.terms.rules import wrong_with_terms


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
