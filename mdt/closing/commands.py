"""Closing a case, opening it again, and bringing it back when its day has come."""

import uuid
from datetime import date

from mdt.actions.queries import open_actions_of
from mdt.bookings.commands import let_all_go
from mdt.cases.commands import lock_case, move_case, tell
from mdt.cases.queries import get_case_for
from mdt.cases.records import Case
from mdt.cases.rules import CaseState
from mdt.closing.queries import due_back, standings_of
from mdt.closing.rules import (
    CAN_COME_BACK,
    LONGEST_WHY,
    ClosedWhy,
    comes_back,
    missing_to_close,
    wrong_with_review,
)
from mdt.contributions.commands import end_asking
from mdt.contributions.rules import LOOK_BACK
from mdt.huddles.queries import called_huddles_of
from mdt.lists.queries import unsigned_of
from mdt.readiness.queries import bars_to
from mdt.readiness.wording import bar_said
from mdt.sharing.commands import end_care
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import current_network, today
from network.plumbing.refusals import Invalid, Refusal


class NotYet(Refusal):
    """Something has to be done before."""


@command
def close_case(actor: Actor, case_id: uuid.UUID, why: ClosedWhy, words: str = "") -> None:
    """Close a case in which nothing is left to do and whose person was told."""
    case = _case(actor, case_id)
    if missing := missing_to_close(standings_of([case])[case.id]):
        raise NotYet(" ".join(missing))
    if why is ClosedWhy.OTHER and not words.strip():
        raise Invalid("Enter why the case is closed.")
    if len(words) > LONGEST_WHY:
        raise Invalid(f"Shorten the reason to {LONGEST_WHY} characters: it has {len(words)}.")
    said = f"{why.label}. {words.strip()}".strip()
    case.closed_on, case.closed_why, case.closed_as = today(), said, why.value
    move_case(actor, case, CaseState.CLOSED, f"Closed by {actor.name}: {said}")
    _let_go(case)
    record(actor, "close_case", "case", case.id, ref=case.ref, why=why.value)


@command
def take_back_closing(actor: Actor, case_id: uuid.UUID) -> None:
    """Take a closing back on the day it was made: a slip, after which everything stands as before."""
    case = _case(actor, case_id)
    if case.state is not CaseState.CLOSED or case.closed_on != today():
        raise NotYet("A closing is taken back on its own day only: open the case again instead.")
    move_case(actor, case, CaseState.DISCUSSED, f"{actor.name} took the closing back.")
    case.closed_on, case.closed_why, case.closed_as = None, "", None
    end_care(case.id, None)
    record(actor, "take_back_closing", "case", case.id, ref=case.ref)


@command
def withdraw_case(actor: Actor, case_id: uuid.UUID, reason: str) -> None:
    """Take a case back, whoever referred it or coordinates it: nobody is asked about it any more."""
    case = lock_case(get_case_for(actor, case_id).case)
    require(case.referrer_id == actor.account_id or actor.may(Permission.BUILD_LISTS))
    if case.state is CaseState.LISTED:
        raise NotYet("This case is on a meeting's list: the care coordinator takes it off first.")
    if to_do := open_actions_of([case_id]).get(case_id):
        raise NotYet(f"Answer for what is still to be done first: {len(to_do)} open.")
    if unsigned_of([case_id]):
        raise NotYet("Have the minutes signed first: what was decided is not final before.")
    if called_huddles_of([case_id]):
        raise NotYet("Hold the huddle first, or call it off.")
    if not reason.strip():
        raise Invalid("Enter why the case is withdrawn.")
    let_all_go(actor, [case_id], f"The case was withdrawn: {reason.strip()}")
    move_case(actor, case, CaseState.WITHDRAWN, f"Withdrawn: {reason.strip()}")
    _let_go(case)
    record(actor, "withdraw_case", "case", case.id, ref=case.ref)


@command
def reopen_case(actor: Actor, case_id: uuid.UUID, reason: str) -> None:
    """Open a case again: it keeps its reference and its story, and is ready for a list."""
    case = _case(actor, case_id)
    if not reason.strip():
        raise Invalid("Enter why the case is opened again.")
    if case.state is not CaseState.CLOSED:
        raise NotYet(f"This case is {case.state.label.lower()}: only a closed case is opened again.")
    if bars := bars_to(case):
        raise NotYet(f"{case.ref}: {bar_said(bars[0])}")
    move_case(actor, case, CaseState.TRIAGED, f"Opened again by {actor.name}: {reason.strip()}")
    case.closed_on, case.closed_why, case.closed_as = None, "", None
    case.told_on, case.review_due = None, None
    end_care(case.id, None)
    record(actor, "reopen_case", "case", case.id, ref=case.ref)


@command
def agree_review(actor: Actor, case_id: uuid.UUID, day: date | None) -> None:
    """Agree on the day on which a case is looked at again, or that none is needed."""
    case = _case(actor, case_id)
    if case.state not in CAN_COME_BACK | {CaseState.REVIEW_DUE}:
        raise NotYet(f"This case is {case.state.label.lower()}: a review follows a discussion.")
    if day is not None and (wrong := wrong_with_review(day, today())):
        raise Invalid(wrong)
    case.review_due = day
    if case.state is CaseState.REVIEW_DUE:
        move_case(actor, case, CaseState.ACTING, _review_said(actor, day))
    else:
        tell(actor, case, _review_said(actor, day))
    record(actor, "agree_review", "case", case.id, ref=case.ref, day=day.isoformat() if day else None)


@command
def bring_back(actor: Actor, case_id: uuid.UUID) -> None:
    """Bring a case back for a review before its day: it is ready for a list."""
    case = _case(actor, case_id)
    case.review_due = today()
    move_case(actor, case, CaseState.REVIEW_DUE, f"{actor.name} brought it back for a review.")
    record(actor, "bring_back", "case", case.id, ref=case.ref)


@command
def call_reviews(actor: Actor) -> int:
    """Bring all cases back whose day has come; return how many."""
    require(actor.may(Permission.BUILD_LISTS))
    called = [_call(actor, case) for case in due_back()]
    record(actor, "call_reviews", "network", current_network(), cases=sum(called))
    return sum(called)


def _let_go(case: Case) -> None:
    """Let those who know of somebody by a case that is over look back for a while, and no longer."""
    end_asking(case.id)
    end_care(case.id, today() + LOOK_BACK)


def _call(actor: Actor, case: Case) -> bool:
    case = lock_case(case)
    standing = standings_of([case])[case.id]
    if standing.is_unsigned or standing.has_died or not comes_back(case.state, case.review_due, today()):
        return False
    move_case(actor, case, CaseState.REVIEW_DUE, "The day for its review has come.")
    return True


def _case(actor: Actor, case_id: uuid.UUID) -> Case:
    case = get_case_for(actor, case_id).case
    require(actor.may(Permission.BUILD_LISTS))
    return lock_case(case)


def _review_said(actor: Actor, day: date | None) -> str:
    if day is None:
        return f"{actor.name}: no review is needed."
    return f"{actor.name}: to be looked at again on {day.day} {day:%B %Y}."
