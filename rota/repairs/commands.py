"""Looking after the gaps of an absence: reported, taken on, left as they are."""

import uuid
from datetime import timedelta

from network.access.rules import Actor
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, now, today
from network.plumbing.refusals import Invalid, Refusal
from rota.leave.commands import report_sickness
from rota.leave.rules import AbsenceKind, Away
from rota.repairs.queries import Case, case_for
from rota.repairs.records import AbsenceCover
from rota.repairs.rules import LONGEST_REASON, MOST_DAYS, CoverState, may_move


@command
def report_ill(actor: Actor, member_id: uuid.UUID, days: int) -> uuid.UUID:
    """Report somebody ill from today for some days, and begin to look after the gaps."""
    if not 1 <= days <= MOST_DAYS:
        raise Invalid(f"Choose 1 to {MOST_DAYS} days.")
    away = Away(AbsenceKind.SICKNESS, today(), today() + timedelta(days - 1))
    absence_id = report_sickness(actor, member_id, away)
    begin_cover(actor, absence_id)
    return absence_id


@command
def begin_cover(actor: Actor, absence_id: uuid.UUID) -> None:
    """Say that one looks after the gaps of an absence, so that nobody else does the same."""
    move_cover(actor, case_for(actor, absence_id), CoverState.COVERING)
    record(actor, "begin_cover", "absence", absence_id)


@command
def accept_uncovered(actor: Actor, absence_id: uuid.UUID, reason: str) -> None:
    """Leave the gaps of an absence as they are, and say why."""
    case = case_for(actor, absence_id)
    if not reason.strip():
        raise Invalid("Say why it stays uncovered, so that whoever looks next knows.")
    if len(reason.strip()) > LONGEST_REASON:
        raise Invalid(f"Shorten the reason to {LONGEST_REASON} characters.")
    move_cover(actor, case, CoverState.ACCEPTED).reason = reason.strip()
    record(actor, "accept_uncovered", "absence", absence_id)


def move_cover(actor: Actor, case: Case, to: CoverState) -> AbsenceCover:
    """Move the cover of an absence to another state, where the table of moves has it."""
    if not may_move(case.state, to):
        stands = case.state.label.lower()
        raise Refusal(f"This absence is {stands}. Load the page again to see how it stands.")
    cover = case.cover
    if cover is None:
        cover = AbsenceCover(absence_id=case.absence.id, state=to, by=actor.name)
        db.session.add(cover)
    cover.state, cover.by, cover.at = to, actor.name, now()
    db.session.flush()
    return cover
