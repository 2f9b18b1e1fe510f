"""Looking after the gaps of an absence: reported, taken on, left as they are."""

import uuid
from datetime import timedelta

from sqlalchemy import select

from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, now, today
from network.plumbing.refusals import Invalid, Refusal
from rota.leave.commands import CHANGE, report_sickness
from rota.leave.records import Absence
from rota.leave.rules import AbsenceKind, AbsenceState, Away
from rota.repairs.queries import Case, case_for, find_cover, opens, state_of
from rota.repairs.records import AbsenceCover
from rota.repairs.rules import LONGEST_REASON, MOST_DAYS, CoverState, Opens, may_move


@command
def report_ill(actor: Actor, member_id: uuid.UUID, days: int) -> uuid.UUID:
    """Report somebody ill from today for some days; whoever publishes begins to look after the gaps."""
    if not 1 <= days <= MOST_DAYS:
        raise Invalid(f"Choose 1 to {MOST_DAYS} days.")
    away = Away(AbsenceKind.SICKNESS, today(), today() + timedelta(days - 1))
    absence_id = report_sickness(actor, member_id, away)
    if actor.may(Permission.PUBLISH_ROTA) and opens(absence_id) is Opens.GAPS:
        begin_cover(actor, absence_id)
    return absence_id


@command
def begin_cover(actor: Actor, absence_id: uuid.UUID) -> None:
    """Say that one looks after the gaps of an absence, so that nobody else does the same."""
    case = take_case(actor, absence_id)
    _refuse_done(case)
    move_cover(actor, absence_id, case.absence.state, CoverState.COVERING)
    _record(actor, "begin_cover", case)


@command
def accept_uncovered(actor: Actor, absence_id: uuid.UUID, reason: str) -> None:
    """Leave the gaps of an absence as they are, and say why."""
    case = take_case(actor, absence_id)
    _refuse_done(case)
    if not reason.strip():
        raise Invalid("Say why it stays uncovered, so that whoever looks next knows.")
    if len(reason.strip()) > LONGEST_REASON:
        raise Invalid(f"Shorten the reason to {LONGEST_REASON} characters.")
    move_cover(actor, absence_id, case.absence.state, CoverState.ACCEPTED).reason = reason.strip()
    _record(actor, "accept_uncovered", case)


def take_case(actor: Actor, absence_id: uuid.UUID, fresh: bool = False) -> Case:
    """Return the case of an absence, and keep it from others until the end: they see what came of it."""
    # Not the key: a repair sent for somebody else meanwhile may note that this one was covered along with it.
    wanted = select(Absence).where(Absence.id == absence_id).with_for_update(key_share=True)
    db.session.scalars(wanted.execution_options(populate_existing=True)).one_or_none()
    return case_for(actor, absence_id, fresh)


def move_cover(
    actor: Actor, absence_id: uuid.UUID, absence: AbsenceState | None, to: CoverState
) -> AbsenceCover:
    """Move the cover of an absence to another state, where the table of moves has it."""
    cover = find_cover(absence_id)
    state = state_of(absence, cover)
    if not may_move(state, to):
        stands = state.label.lower()
        raise Refusal(f"This absence is {stands}. Load the page again to see how it stands.")
    if cover is None:
        cover = AbsenceCover(absence_id=absence_id, state=to, by=actor.name)
        db.session.add(cover)
    cover.state, cover.by, cover.at = to, actor.name, now()
    db.session.flush()
    return cover


def _refuse_done(case: Case) -> None:
    """Refuse to do anew what somebody else did since the page was looked at."""
    if case.state is CoverState.COVERED and case.fallen is None and case.cover:
        raise Refusal(f"{case.cover.by} has covered this already. Load the page again to see how it stands.")


def _record(actor: Actor, verb: str, case: Case) -> None:
    """Note who looks after a rota: beside the absence it would say that somebody is ill."""
    if case.fallen is None:
        record(actor, CHANGE, "absence", case.absence.id)
    else:
        record(actor, verb, "rota_version", case.fallen.version.id)
