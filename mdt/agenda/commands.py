"""Building a list: its order, minutes and time slots; taking cases off; cancelling the meeting."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import timedelta

from mdt.agenda.rules import Arranged, wrong_with
from mdt.audience.commands import tell_audience, write_letters
from mdt.audience.queries import audience_of
from mdt.audience.rules import LetterKind
from mdt.lists.commands import (
    OUT,
    get_meeting_to_build,
    line_of,
    put_on_list,
    set_item_state,
    set_slots,
    share_out,
    take_off,
)
from mdt.lists.queries import get_item_for, items_for, items_on
from mdt.lists.records import AgendaItem
from mdt.lists.rules import TO_COME, ItemState, grouped, moved
from mdt.meetings.commands import move_meeting, note_change
from mdt.meetings.queries import members_expected
from mdt.meetings.records import Meeting
from mdt.meetings.rules import STILL_COMING, MeetingState
from mdt.sharing.commands import end_relations
from network.access.rules import Actor
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, today
from network.plumbing.refusals import Invalid, Refusal
from network.vocabulary import Discipline


class ListIsOut(Refusal):
    """The list is published, and people were told when they are needed."""


@command
def put_all_on_list(
    actor: Actor, meeting_id: uuid.UUID, case_ids: Iterable[uuid.UUID], late_reason: str = ""
) -> int:
    """Put the cases that were ticked on a list, in the order in which they stood."""
    get_meeting_to_build(actor, meeting_id)
    ticked = list(case_ids)
    if not ticked:
        raise Invalid("Tick the cases that go on the list.")
    for case_id in ticked:
        put_on_list(actor, meeting_id, case_id, late_reason)
    return len(ticked)


@command
def withdraw_from_list(actor: Actor, item_id: uuid.UUID, reason: str = "") -> None:
    """Take a case off a list; once that is published, with a reason."""
    item, _ = _item_to_build(actor, item_id)
    take_off(actor, item, reason)


@command
def move_item(actor: Actor, item_id: uuid.UUID, position: int) -> None:
    """Put a case at another place of a list that is still being built."""
    item, meeting = _item_to_build(actor, item_id)
    _refuse_out(meeting)
    _put_in_order(meeting, moved(items_on(meeting.id), item, position))
    record(actor, "move_item", "meeting", meeting.id, case=str(item.case_id), position=item.position)


@command
def arrange_item(actor: Actor, item_id: uuid.UUID, arranged: Arranged) -> None:
    """Say how long a case takes, who presents it, and which disciplines it needs."""
    item, meeting = _item_to_build(actor, item_id)
    is_out = meeting.state in OUT
    if wrong := wrong_with(arranged, item.invited if is_out else None):
        raise Invalid(wrong)
    item.presenter = arranged.presenter.strip()
    item.invited = sorted(arranged.invited)
    item.minutes_fixed = arranged.minutes is not None
    if arranged.minutes is not None:
        item.planned_minutes = arranged.minutes
    share_out(meeting)
    if is_out:
        tell_audience(actor, meeting, [line_of(item)], LetterKind.ADDED)
    note_change(meeting)
    record(actor, "arrange_item", "meeting", meeting.id, case=str(item.case_id), invited=item.invited)


@command
def plan_minutes(actor: Actor, meeting_id: uuid.UUID) -> None:
    """Share the minutes of a meeting out again, those that were set by hand too."""
    meeting = get_meeting_to_build(actor, meeting_id)
    _refuse_out(meeting)
    for item in items_on(meeting.id):
        item.minutes_fixed = False
    share_out(meeting)
    note_change(meeting)
    record(actor, "plan_minutes", "meeting", meeting.id)


@command
def group_by_practice(actor: Actor, meeting_id: uuid.UUID) -> None:
    """Let the cases of each practice that sends its GP stand together, and ask the GPs for those only."""
    meeting = get_meeting_to_build(actor, meeting_id)
    _refuse_out(meeting)
    items = items_on(meeting.id)
    sending = {
        each.organisation_id
        for each in members_expected(meeting.id)
        if each.discipline is Discipline.GENERAL_PRACTICE and each.state in STILL_COMING
    }
    practices = [item.case.patient.practice_id for item in items]
    ordered = grouped(items, [each if each in sending else None for each in practices])
    _put_in_order(meeting, ordered)
    set_slots(meeting, ordered)
    record(actor, "group_by_practice", "meeting", meeting.id)


@command
def end_slots(actor: Actor, meeting_id: uuid.UUID) -> None:
    """Ask everybody for the whole meeting again."""
    meeting = get_meeting_to_build(actor, meeting_id)
    _refuse_out(meeting)
    for each in members_expected(meeting.id):
        each.from_position = each.to_position = None
    note_change(meeting)
    record(actor, "end_slots", "meeting", meeting.id)


@command
def tell_those_added(actor: Actor, meeting_id: uuid.UUID) -> list[str]:
    """Let those know of a published list who were asked to the meeting after that."""
    meeting = get_meeting_to_build(actor, meeting_id)
    if meeting.state not in OUT:
        raise ListIsOut("Publish the list first: that tells everybody who comes.")
    lines = [line_of(item) for item in items_on(meeting.id)]
    shut_out = tell_audience(actor, meeting, lines, LetterKind.PUBLISHED)
    record(actor, "tell_those_added", "meeting", meeting.id)
    return shut_out


@command
def cancel_meeting(actor: Actor, meeting_id: uuid.UUID, reason: str) -> None:
    """Cancel a meeting: its cases move on to the next date, and those who were to come are told."""
    meeting = get_meeting_to_build(actor, meeting_id)
    if not reason.strip():
        raise Invalid("Enter why the meeting is cancelled.")
    audience = audience_of(meeting)
    move_meeting(actor, meeting, MeetingState.CANCELLED)
    meeting.reason = reason.strip()
    items = [item for item in items_on(meeting.id) if item.state in TO_COME]
    for item in items:
        set_item_state(actor, item, ItemState.CARRIED, "the meeting was cancelled")
        end_relations(item.id, today() - timedelta(days=1))
    write_letters(meeting, LetterKind.CANCELLED, {each.account_id: [] for each in audience})
    record(actor, "cancel_meeting", "meeting", meeting.id, cases=len(items))


@command
def note_list_opened(actor: Actor, meeting_id: uuid.UUID, is_printed: bool = False) -> None:
    """Keep that somebody looked at a list with names, or took it on paper."""
    verb = "print_list" if is_printed else "open_list"
    items = items_for(actor, meeting_id)
    people = sorted({str(each.case.patient_id) for each in items})
    record(actor, verb, "meeting", meeting_id, cases=[each.case.ref for each in items], people=people)


def _item_to_build(actor: Actor, item_id: uuid.UUID) -> tuple[AgendaItem, Meeting]:
    item = get_item_for(actor, item_id).item
    meeting = get_meeting_to_build(actor, item.meeting_id)
    # Somebody else may have moved it, or taken it off, while the lock was waited for.
    db.session.refresh(item, AgendaItem.__mapper__.column_attrs.keys())
    return item, meeting


def _refuse_out(meeting: Meeting) -> None:
    if meeting.state is not MeetingState.PLANNED:
        raise ListIsOut(
            "This list is published: its order and times stay as people were told. Put a case on it, or take"
            " one off, with a reason."
        )


def _put_in_order(meeting: Meeting, items: Sequence[AgendaItem]) -> None:
    for position, item in enumerate(items, start=1):
        item.position = position
    share_out(meeting)
    note_change(meeting)
