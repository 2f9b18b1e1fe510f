"""Calling a huddle on a case that cannot wait for a meeting, and calling it off."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from mdt.audience.commands import tell_audience, write_letters
from mdt.audience.queries import told_by
from mdt.audience.rules import LetterKind
from mdt.cases.commands import lock_case, tell
from mdt.cases.queries import get_case_for
from mdt.cases.records import Case
from mdt.huddles.queries import item_of_huddle, may_call, open_huddle_of, people_to_ask
from mdt.huddles.rules import CAN_HUDDLE, MINUTES, wrong_with_huddle
from mdt.lists.commands import line_of
from mdt.lists.records import AgendaItem
from mdt.lists.rules import ItemState
from mdt.meetings.commands import follows, lock_meeting, move_meeting
from mdt.meetings.queries import Colleague, colleagues_for, get_meeting_for, may_sign
from mdt.meetings.records import Attendance, Meeting
from mdt.meetings.rules import AttendanceState, Happening, MeetingKind, MeetingState
from mdt.readiness.queries import bars_to
from mdt.readiness.wording import bar_said
from mdt.sharing.commands import end_relations
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, now, today
from network.plumbing.refusals import Invalid, Refusal


@command
def call_huddle(
    actor: Actor,
    case_id: uuid.UUID,
    *,
    reason: str,
    account_ids: Sequence[uuid.UUID],
    starts_at: datetime | None = None,
    place: str = "",
    link: str = "",
) -> uuid.UUID:
    """Call some people to a talk on one case, which whoever calls it leads and signs; return its id."""
    case = lock_case(get_case_for(actor, case_id).case)
    _refuse(actor, case)
    others = _chosen(actor, case_id, account_ids)
    if wrong := wrong_with_huddle(reason, others, starts_at, now()):
        raise Invalid(wrong)
    meeting = _new_huddle(actor, case, reason, starts_at, place, link)
    _expect(actor, meeting, others, is_now=starts_at is None)
    item = AgendaItem(
        meeting_id=meeting.id,
        case_id=case.id,
        position=1,
        planned_minutes=MINUTES,
        presenter=actor.name,
        added_by=actor.name,
    )
    db.session.add(item)
    db.session.flush()
    tell_audience(actor, meeting, [line_of(item)], LetterKind.HUDDLE)
    tell(actor, case, f"{actor.name} called a huddle: it cannot wait for a meeting.")
    record(actor, "call_huddle", "case", case.id, ref=case.ref, meeting=str(meeting.id))
    return meeting.id


@command
def call_off_huddle(actor: Actor, meeting_id: uuid.UUID, reason: str) -> None:
    """Call a huddle off before it begins; whoever knew of the case by it knows no more."""
    meeting = lock_meeting(get_meeting_for(actor, meeting_id))
    item = item_of_huddle(meeting)
    require(may_sign(actor, meeting) or actor.may(Permission.BUILD_LISTS))
    if meeting.state is not MeetingState.PLANNED:
        raise Refusal("This huddle has begun: finish it in the room instead.")
    if not reason.strip():
        raise Invalid("Enter why the huddle is called off.")
    told = told_by(item.id)
    move_meeting(actor, meeting, MeetingState.CANCELLED)
    item.state, item.reason = ItemState.WITHDRAWN, reason.strip()
    end_relations(item.id, today() - timedelta(days=1))
    write_letters(meeting, LetterKind.CALLED_OFF, {account_id: [item.case.ref] for account_id in told})
    tell(actor, item.case, f"{actor.name} called the huddle off: {reason.strip()}")
    record(actor, "call_off_huddle", "case", item.case_id, ref=item.case.ref, meeting=str(meeting.id))


@follows(Happening.EXPECTED)
def let_know(actor: Actor, meeting: Meeting, line: Attendance | None) -> None:
    """Let somebody who is asked to a huddle later know of its case; those told before are left alone."""
    if meeting.kind is MeetingKind.HUDDLE and meeting.state is MeetingState.PLANNED:
        tell_audience(actor, meeting, [line_of(item_of_huddle(meeting))], LetterKind.HUDDLE)


def _refuse(actor: Actor, case: Case) -> None:
    if case.state not in CAN_HUDDLE:
        raise Refusal(f"This case is {case.state.label.lower()}: it has to be taken on before a huddle.")
    require(may_call(actor, case.id))
    if open_huddle_of(case.id) is not None:
        raise Refusal("A huddle on this case is called already. Go there, or call it off first.")
    if bars := bars_to(case):
        raise Refusal(f"{case.ref}: {bar_said(bars[0])}")


def _chosen(actor: Actor, case_id: uuid.UUID, account_ids: Sequence[uuid.UUID]) -> list[Colleague]:
    offered = {each.colleague.account_id: each.colleague for each in people_to_ask(actor, case_id)}
    if set(account_ids) - set(offered):
        raise Invalid(
            "Choose people from the list: the person does not let others know, or they cannot sign in."
        )
    return [offered[account_id] for account_id in dict.fromkeys(account_ids)]


def _new_huddle(
    actor: Actor, case: Case, reason: str, starts_at: datetime | None, place: str, link: str
) -> Meeting:
    meeting = Meeting(
        kind=MeetingKind.HUDDLE,
        name=f"Huddle on {case.ref}",
        starts_at=starts_at or now(),
        minutes=MINUTES,
        opening_minutes=0,
        closing_minutes=0,
        place=place.strip(),
        link=link.strip(),
        quorum={},
        chair_id=actor.account_id,
        chair=actor.name,
        reason=reason.strip(),
    )
    db.session.add(meeting)
    db.session.flush()
    return meeting


def _expect(actor: Actor, meeting: Meeting, others: Sequence[Colleague], *, is_now: bool) -> None:
    """Expect whoever calls, who is there already where it begins at once, and those who are asked."""
    own = [one for one in colleagues_for(actor) if one.account_id == actor.account_id]
    for one in (*own, *others):
        is_there = is_now and one.account_id == actor.account_id
        db.session.add(
            Attendance(
                meeting_id=meeting.id,
                account_id=one.account_id,
                name=one.name,
                organisation_id=one.organisation_id,
                discipline=one.discipline,
                state=AttendanceState.PRESENT if is_there else AttendanceState.EXPECTED,
            )
        )
    db.session.flush()
