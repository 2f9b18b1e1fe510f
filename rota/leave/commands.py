"""Asking for leave, deciding on it, and reporting sickness."""

import uuid
from dataclasses import replace
from datetime import date

from sqlalchemy import select

from network.access.rules import Actor
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, now, today
from network.plumbing.refusals import Invalid, NotAllowed, NotFound, Refusal
from network.vocabulary import SessionKind
from rota.leave.queries import as_away, decides_on, get_member_to_ask_for, may_know_why, may_look
from rota.leave.records import Absence
from rota.leave.rules import STANDS, AbsenceKind, AbsenceState, Away, may_move, wrong_with_days
from rota.leave.wording import by_rule, span, told
from rota.staff.records import RotaMember

LONGEST_TEXT = 500
# The trail is read by people who need not know why somebody is away: its verbs are the same for illness and
# for leave, and neither kinds nor reasons stand in it.
ENTER, DECIDE, CHANGE = "enter_absence", "decide_absence", "change_absence"


@command
def request_leave(actor: Actor, member_id: uuid.UUID, away: Away, note: str = "") -> uuid.UUID:
    """Ask for leave: for oneself, or for somebody whose leave the actor decides on."""
    if away.kind is AbsenceKind.SICKNESS:
        raise Invalid("Sickness is reported, not asked for: use 'Report sickness'.")
    member = get_member_to_ask_for(actor, member_id)
    if away.starts_on < today() and not decides_on(actor, member):
        raise Invalid("Choose a first day from today on. Your manager can enter leave that is already past.")
    return _enter(actor, member, away, AbsenceState.REQUESTED, note)


@command
def record_leave(actor: Actor, member_id: uuid.UUID, away: Away, note: str = "") -> uuid.UUID:
    """Enter leave that is settled already, for somebody whose leave the actor decides on."""
    if away.kind is AbsenceKind.SICKNESS:
        return report_sickness(actor, member_id, away, note)
    member = get_member_to_ask_for(actor, member_id)
    _require_decider(actor, member)
    absence_id = _enter(actor, member, away, AbsenceState.APPROVED, note)
    absence = db.session.get_one(Absence, absence_id)
    absence.decided_at, absence.decided_by = now(), actor.name
    return absence_id


@command
def report_sickness(actor: Actor, member_id: uuid.UUID, away: Away, note: str = "") -> uuid.UUID:
    """Report that somebody cannot work: oneself, or somebody whose leave the actor decides on."""
    member = get_member_to_ask_for(actor, member_id)
    return _enter(actor, member, replace(away, kind=AbsenceKind.SICKNESS), AbsenceState.REPORTED, note)


@command
def approve_leave(actor: Actor, absence_id: uuid.UUID) -> None:
    """Say yes to a request."""
    absence = _absence_to_decide(actor, absence_id)
    _move(actor, absence, AbsenceState.APPROVED)
    _note(actor, DECIDE, absence, outcome=AbsenceState.APPROVED)


@command
def approve_by_rule(actor: Actor, absence_id: uuid.UUID, rule: str) -> None:
    """Say yes to a request that a rule finds clear: no person does it, so the trail names the rule."""
    if not actor.is_system:
        raise NotFound
    absence = _locked(absence_id)
    _move(actor, absence, AbsenceState.APPROVED)
    absence.decided_by = by_rule(rule)
    _note(actor, DECIDE, absence, outcome=AbsenceState.APPROVED, rule=rule)


@command
def decline_leave(actor: Actor, absence_id: uuid.UUID, reason: str) -> None:
    """Say no to a request, and why."""
    absence = _absence_to_decide(actor, absence_id)
    if not reason.strip():
        raise Invalid("Enter the reason, so that the person knows why.")
    _move(actor, absence, AbsenceState.DECLINED, reason)
    _note(actor, DECIDE, absence, outcome=AbsenceState.DECLINED)


@command
def withdraw_leave(actor: Actor, absence_id: uuid.UUID, reason: str = "") -> None:
    """Take back a request, leave that has not begun, or a report made by mistake."""
    absence = _locked(absence_id)
    get_member_to_ask_for(actor, absence.member_id)
    begun = absence.state is AbsenceState.APPROVED and absence.starts_on <= today()
    if begun and not decides_on(actor, absence.member):
        raise Refusal("This leave has already begun. Ask your manager to change it.")
    _move(actor, absence, AbsenceState.WITHDRAWN, reason)
    _note(actor, CHANGE, absence)


@command
def end_sickness(actor: Actor, absence_id: uuid.UUID, last_day: date) -> None:
    """Say that the person is back: the day given was the last one away."""
    absence = _locked(absence_id)
    get_member_to_ask_for(actor, absence.member_id)
    if last_day < absence.starts_on:
        raise Invalid(f"The last day away cannot be before the first, {told(absence.starts_on)}.")
    changed = replace(as_away(absence), ends_on=last_day)
    if last_day != absence.ends_on:
        # The half in which the report ended was the half of another day.
        changed = replace(changed, ends_with=SessionKind.SATURDAY_AFTERNOON)
    if wrong := wrong_with_days(changed, today()):
        raise Invalid(wrong)
    _refuse_clash(actor, absence.member, changed, besides=absence.id)
    _move(actor, absence, AbsenceState.ENDED)
    absence.ends_on, absence.ends_with = changed.ends_on, changed.ends_with
    _note(actor, CHANGE, absence)


def _enter(actor: Actor, member: RotaMember, away: Away, state: AbsenceState, note: str) -> uuid.UUID:
    absence = _add(actor, member, away, state, note)
    _note(actor, ENTER, absence, span=span(away), member=str(member.id))
    return absence.id


def _note(actor: Actor, verb: str, absence: Absence, **details: str) -> None:
    record(actor, verb, "absence", absence.id, **details)


def _add(actor: Actor, member: RotaMember, away: Away, state: AbsenceState, note: str) -> Absence:
    _refuse_nonsense(member, away, note)
    _refuse_clash(actor, member, away)
    absence = Absence(
        member=member,
        kind=away.kind,
        state=state,
        starts_on=away.starts_on,
        starts_with=away.starts_with,
        ends_on=away.ends_on,
        ends_with=away.ends_with,
        note=note.strip(),
    )
    db.session.add(absence)
    db.session.flush()
    return absence


def _refuse_nonsense(member: RotaMember, away: Away, note: str) -> None:
    if wrong := wrong_with_days(away, today()):
        raise Invalid(wrong)
    if away.ends_on < member.planned_from or (member.planned_until and away.starts_on > member.planned_until):
        raise Invalid(f"{member.name} is not on the rota at that time. Check the dates.")
    if len(note) > LONGEST_TEXT:
        raise Invalid(f"Shorten the note to {LONGEST_TEXT} characters.")


def _refuse_clash(actor: Actor, member: RotaMember, away: Away, besides: uuid.UUID | None = None) -> None:
    # Serialises requests for one member, so that two at once cannot both find the days free.
    db.session.execute(select(RotaMember.id).where(RotaMember.id == member.id).with_for_update())
    others = select(Absence).where(
        Absence.member_id == member.id,
        Absence.state.in_(STANDS),
        Absence.starts_on <= away.ends_on,
        Absence.ends_on >= away.starts_on,
    )
    for other in db.session.scalars(others):
        # Who falls ill on leave is ill, and may take the leave another time.
        falls_ill = away.kind is AbsenceKind.SICKNESS and other.kind is not AbsenceKind.SICKNESS
        if other.id != besides and not falls_ill and as_away(other).overlaps(away):
            why = other.kind.label.lower() if may_know_why(actor, other) else "an absence"
            raise Refusal(f"{member.name} already has {why} for {span(as_away(other))}. Change the dates.")


def _move(actor: Actor, absence: Absence, to: AbsenceState, reason: str = "") -> None:
    if not may_move(absence.state, to):
        now_is, wanted = absence.state.label.lower(), to.label.lower()
        raise Refusal(
            f"This is {now_is} and cannot become {wanted}. Load the page again to see how it stands."
        )
    if len(reason) > LONGEST_TEXT:
        raise Invalid(f"Shorten the reason to {LONGEST_TEXT} characters.")
    absence.state, absence.reason = to, reason.strip() or absence.reason
    absence.decided_at, absence.decided_by = now(), actor.name


def _absence_to_decide(actor: Actor, absence_id: uuid.UUID) -> Absence:
    absence = _locked(absence_id)
    _require_decider(actor, absence.member)
    return absence


def _require_decider(actor: Actor, member: RotaMember) -> None:
    if decides_on(actor, member):
        return
    if actor.person_id is not None and actor.person_id == member.engagement.person_id:
        raise NotAllowed("Somebody else has to decide on your own leave.")
    raise NotAllowed if may_look(actor, member) else NotFound


def _locked(absence_id: uuid.UUID) -> Absence:
    wanted = select(Absence).where(Absence.id == absence_id).with_for_update()
    absence = db.session.scalars(wanted.execution_options(populate_existing=True)).one_or_none()
    if absence is None:
        raise NotFound
    return absence
