"""Putting cases on lists, taking them off, carrying them over, and publishing a list."""

import uuid
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from mdt.audience.commands import Line, tell_audience, write_letters
from mdt.audience.queries import told_by
from mdt.audience.rules import LetterKind
from mdt.cases.commands import lock_case, move_case, tell
from mdt.cases.queries import get_case_for
from mdt.cases.records import Case
from mdt.cases.rules import MOVES, CaseState, Stream
from mdt.lists.queries import discussed_before, item_of_case, items_on, times_carried, unsigned_of
from mdt.lists.records import AgendaItem
from mdt.lists.rules import (
    ITEM_MOVES,
    PASSED_ON,
    SHORTEST_MINUTES,
    ItemState,
    share_minutes,
    spans_of,
    weight_of,
)
from mdt.lists.wording import list_said, passed_on_said
from mdt.meetings.commands import lock_meeting, move_meeting, note_change
from mdt.meetings.queries import get_meeting_for, may_sign, members_expected, next_meeting_of
from mdt.meetings.records import Meeting
from mdt.meetings.rules import MeetingKind, MeetingState
from mdt.readiness.queries import bars_to, needs_of
from mdt.readiness.rules import is_chairs_choice
from mdt.readiness.wording import bar_said
from mdt.sharing.commands import end_relations
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import ENGLAND, db, now, today
from network.plumbing.refusals import Invalid, Refusal
from network.vocabulary import Discipline

S = ItemState
# A list that is out can still grow, with a reason.
OUT = frozenset({MeetingState.PUBLISHED, MeetingState.RUNNING})


class NotForThisList(Refusal):
    """The case, or the list, is not in a state in which they can come together."""


class ChairsChoice(Refusal):
    """A case was carried over so often that the chair has to choose."""


class WrongItemState(Refusal):
    """The case on the list is past the point where this could be done."""


@command
def put_on_list(actor: Actor, meeting_id: uuid.UUID, case_id: uuid.UUID, late_reason: str = "") -> uuid.UUID:
    """Put a case on a meeting's list; once that is published, with a reason why it cannot wait."""
    meeting = get_meeting_to_build(actor, meeting_id)
    case = lock_case(get_case_for(actor, case_id).case)
    item = _list(actor, meeting, case, late_reason.strip())
    if meeting.state in OUT:
        tell_audience(actor, meeting, [line_of(item)], LetterKind.ADDED)
    record(actor, "put_on_list", "case", case.id, ref=case.ref, meeting=str(meeting.id))
    return item.id


@command
def publish_list(actor: Actor, meeting_id: uuid.UUID) -> list[str]:
    """Freeze a list and let those know whom its cases need; return whom objections keep out, in sentences."""
    meeting = get_meeting_to_build(actor, meeting_id)
    items = items_on(meeting.id)
    if not items:
        raise NotForThisList("Put a case on the list before you publish it.")
    for item in items:
        _refuse_barred(item.case)
    move_meeting(actor, meeting, MeetingState.PUBLISHED)
    meeting.published_at, meeting.published_by = now(), actor.name
    shut_out = tell_audience(actor, meeting, [line_of(item) for item in items], LetterKind.PUBLISHED)
    for item in items:
        tell(actor, item.case, f"The list of {_said(meeting)} was published.")
    record(actor, "publish_list", "meeting", meeting.id, cases=len(items))
    return shut_out


def get_meeting_to_build(actor: Actor, meeting_id: uuid.UUID) -> Meeting:
    """Lock a meeting whose list the actor may build; part of a command."""
    meeting = get_meeting_for(actor, meeting_id)
    require(actor.may(Permission.BUILD_LISTS))
    if meeting.kind is not MeetingKind.MEETING:
        raise NotForThisList("A huddle has one case and no list: call it off on its own page instead.")
    return lock_meeting(meeting)


def set_item_state(actor: Actor, item: AgendaItem, to: ItemState, reason: str = "") -> None:
    """Move a case on a list where the table of moves has it, and its case with it; part of a command.

    Carried over or not reached, the case goes on to the next date of the series; opened again, it comes
    back from there; taken off, it is ready for another list. What a decision makes of it is the room's.
    """
    if to not in ITEM_MOVES[item.state]:
        raise WrongItemState(f"Look again: “{item.state.label}” is where this case stands on the list now.")
    before, item.state = item.state, to
    if to is not S.OPEN:
        # Opened by a slip, it goes back to where it was, with why it stood there.
        item.reason = reason.strip()
    db.session.flush()
    if to in PASSED_ON:
        _pass_on(actor, item)
    elif to is S.OPEN and before in PASSED_ON:
        _call_back(actor, item)
    elif to is S.WITHDRAWN:
        _free(actor, item, f"Taken off the list of {_said(item.meeting)}")
        _let_go(item)
    elif to is S.DECIDED:
        _decided_elsewhere(actor, item)
    note_change(item.meeting)


def carry_over(actor: Actor, item: AgendaItem, reason: str) -> None:
    """Put a case off to the next date; a third time in a row only the chair may; part of a command."""
    if not reason.strip():
        raise Invalid("Enter why this case is carried over.")
    if is_chairs_choice(item.carried_before) and not may_sign(actor, item.meeting):
        raise ChairsChoice(
            f"{item.case.ref} was carried over {item.carried_before} times in a row. The chair chooses:"
            " discuss it now, take it off the list, or carry it over once more."
        )
    set_item_state(actor, item, S.CARRIED, reason)


def take_off(actor: Actor, item: AgendaItem, reason: str) -> None:
    """Take a case off a list, tell those who knew, and let them know of it no more; part of a command."""
    meeting = item.meeting
    if meeting.state in OUT and not reason.strip():
        raise Invalid("Enter why this case is taken off: the list is published.")
    told = told_by(item.id)
    set_item_state(actor, item, S.WITHDRAWN, reason)
    if meeting.state in OUT:
        write_letters(meeting, LetterKind.TAKEN_OFF, {account_id: [item.case.ref] for account_id in told})
    record(actor, "take_off", "case", item.case_id, ref=item.case.ref, meeting=str(meeting.id))


def share_out(meeting: Meeting) -> None:
    """Number a list anew, share its minutes out, and move the time slots with it; part of a command."""
    items = items_on(meeting.id)
    for position, item in enumerate(items, start=1):
        item.position = position
    if meeting.state is MeetingState.PLANNED:
        _share_minutes(meeting, items)
    _shift_slots(meeting, items)


def set_slots(meeting: Meeting, items: Sequence[AgendaItem]) -> None:
    """Ask each practice's GPs for its own cases only; who leads stays throughout; part of a command."""
    spans = spans_of([item.case.patient.practice_id for item in items])
    leading = {meeting.chair_id, meeting.minute_taker_id} - {None}
    for each in members_expected(meeting.id):
        is_slotted = each.discipline is Discipline.GENERAL_PRACTICE and each.account_id not in leading
        span = spans.get(each.organisation_id) if is_slotted else None
        each.from_position, each.to_position = span or (None, None)


def line_of(item: AgendaItem) -> Line:
    """Name a case on a list for those who are told of it."""
    return Line(item.id, item.case_id, item.case.ref, item.case.patient, tuple(item.invited))


def _list(actor: Actor, meeting: Meeting, case: Case, late_reason: str) -> AgendaItem:
    """Put a case on a list, where both may come together."""
    _refuse_full_stop(meeting, late_reason)
    _refuse_barred(case)
    _refuse_taken(case)
    late = f" after it was published: {late_reason}" if meeting.state in OUT else "."
    move_case(actor, case, CaseState.LISTED, f"Put on the list of {_said(meeting)}{late}")
    carried = times_carried([case.id]).get(case.id, 0)
    known = select(AgendaItem).where(AgendaItem.meeting_id == meeting.id, AgendaItem.case_id == case.id)
    item = db.session.scalars(known).one_or_none() or AgendaItem(
        meeting_id=meeting.id, case_id=case.id, presenter=case.referrer, planned_minutes=SHORTEST_MINUTES
    )
    item.state, item.reason, item.position = S.PLANNED, "", len(items_on(meeting.id)) + 1
    # Taken off while the room talked about it, it comes back as one that waits.
    item.opened_at = None
    item.added_by, item.added_at, item.carried_before = actor.name, now(), carried
    item.late_reason = late_reason if meeting.state in OUT else ""
    item.invited = needs_of([case])[case.id]
    db.session.add(item)
    db.session.flush()
    share_out(meeting)
    note_change(meeting)
    return item


def _refuse_full_stop(meeting: Meeting, late_reason: str) -> None:
    if meeting.state not in {MeetingState.PLANNED, *OUT}:
        raise NotForThisList("Choose a meeting that is still to come: this one takes no more cases.")
    if meeting.state in OUT and not late_reason:
        raise Invalid("Enter why this case cannot wait for the next list: this one is published.")


def _refuse_barred(case: Case) -> None:
    if bars := bars_to(case):
        raise NotForThisList(f"{case.ref}: {bar_said(bars[0])}")


def _refuse_taken(case: Case) -> None:
    if (other := item_of_case(case.id)) is not None:
        raise NotForThisList(f"{case.ref} is on the list of {_said(other.meeting)}. Take it off there first.")
    if unsigned_of([case.id]):
        raise NotForThisList(
            f"{case.ref} was discussed in a meeting whose minutes are not signed yet. Have them signed first."
        )
    if case.coordinator_id is None:
        raise NotForThisList(f"Name who coordinates {case.ref} before it goes on a list.")


def _pass_on(actor: Actor, item: AgendaItem) -> None:
    """Put a case on the next list of its series, or back to those that wait."""
    case = _free(actor, item, passed_on_said(item.state, _said(item.meeting)))
    upcoming = next_meeting_of(item.meeting)
    if upcoming is None or CaseState.LISTED not in MOVES[case.state] or bars_to(case):
        return
    _list(actor, lock_meeting(upcoming), case, "")


def _free(actor: Actor, item: AgendaItem, said: str) -> Case:
    """Take a case back among those that wait, unless it stands on another list."""
    case = lock_case(item.case)
    said = f"{said}: {item.reason}" if item.reason else f"{said}."
    movable = {CaseState.LISTED, CaseState.DISCUSSED}
    if case.state in movable and item_of_case(case.id) is None:
        move_case(actor, case, CaseState.TRIAGED, said)
    else:
        tell(actor, case, said)
    return case


def _call_back(actor: Actor, item: AgendaItem) -> None:
    """Bring a case back from the list to which it was passed on."""
    case, said = lock_case(item.case), f"Opened again in {_said(item.meeting)}."
    if item.meeting.kind is not MeetingKind.MEETING:
        tell(actor, case, said)
        return
    elsewhere = item_of_case(case.id, other_than=item.id)
    if elsewhere is not None:
        _refuse_published(case, elsewhere.meeting)
        # It stood there because it was passed on, and that is no longer so.
        db.session.delete(elsewhere)
        db.session.flush()
        share_out(elsewhere.meeting)
    if CaseState.LISTED in MOVES[case.state]:
        move_case(actor, case, CaseState.LISTED, said)
    else:
        tell(actor, case, said)


def _refuse_published(case: Case, meeting: Meeting) -> None:
    if meeting.state is not MeetingState.PLANNED:
        raise NotForThisList(
            f"{case.ref} is on the published list of {_said(meeting)}: take it off there first."
        )


def _decided_elsewhere(actor: Actor, item: AgendaItem) -> None:
    """Take a case that a huddle has decided off the list on which it was waiting."""
    waiting = item_of_case(item.case_id, other_than=item.id)
    if waiting is not None:
        take_off(actor, waiting, f"decided in {_said(item.meeting)}.")


def _let_go(item: AgendaItem) -> None:
    db.session.flush()
    # From this moment, not from tomorrow: what is not on the list is nobody's business at the meeting.
    end_relations(item.id, today() - timedelta(days=1))
    share_out(item.meeting)


def _share_minutes(meeting: Meeting, items: Sequence[AgendaItem]) -> None:
    reviews = discussed_before([item.case_id for item in items], meeting.id)
    free = [item for item in items if not item.minutes_fixed]
    taken = sum(item.planned_minutes for item in items if item.minutes_fixed)
    weights = [weight_of(item.case.stream is Stream.FOR_NOTE, item.case_id in reviews) for item in free]
    room = meeting.minutes - meeting.opening_minutes - meeting.closing_minutes - taken
    for item, minutes in zip(free, share_minutes(weights, max(room, 0.0)), strict=True):
        item.planned_minutes = minutes


def _shift_slots(meeting: Meeting, items: Sequence[AgendaItem]) -> None:
    if any(each.from_position for each in members_expected(meeting.id)):
        set_slots(meeting, items)


def _said(meeting: Meeting) -> str:
    return list_said(meeting.name, meeting.starts_at.astimezone(ENGLAND))
