"""Writing minutes in the room: words block by block, the checklist, whose view was heard, the review."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from mdt.cases.commands import lock_case
from mdt.goals.queries import goals_of
from mdt.lists.queries import get_item_for
from mdt.lists.records import AgendaItem
from mdt.lists.rules import TO_COME, ItemState, ViewHeard
from mdt.meetings.commands import lock_meeting, note_change
from mdt.meetings.queries import may_minute
from mdt.minutes.queries import blocks_of
from mdt.minutes.records import MinuteBlock
from mdt.minutes.rules import (
    FOLLOWING,
    BlockName,
    CheckLine,
    keys_after,
    number_of_save,
    wrong_with_block,
    wrong_with_key,
    wrong_with_review,
)
from mdt.minutes.wording import ended_said, not_now, read_back_said
from network.access.guard import require
from network.access.rules import Actor
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, now, today
from network.plumbing.refusals import Invalid, Refusal


@dataclass(frozen=True)
class Saved:
    """What a save was given: its number, when it was kept, and under whose name."""

    number: int
    at: datetime
    by: str


class NotNow(Refusal):
    """The meeting, or the case in it, is not at the point where this could be done."""


class Clash(Refusal):
    """Somebody else wrote there meanwhile: both versions go to whoever saves, who chooses."""

    def __init__(self, sentence: str, theirs: MinuteBlock) -> None:
        super().__init__(sentence)
        self.theirs = theirs


@command
def save_block(
    actor: Actor, item_id: uuid.UUID, name: BlockName, words: str, *, seen: int, key: str
) -> Saved:
    """Keep the words of a block where nobody else wrote since; a save that comes twice is kept once."""
    if wrong := wrong_with_block(words) or wrong_with_key(key):
        raise Invalid(wrong)
    item = item_to_minute(actor, item_id)
    block = blocks_of(item.id).get(name) or MinuteBlock(
        item_id=item.id, name=name, words="", number=0, keys=[], by=actor.name, at=now()
    )
    record(actor, "write_minutes", "case", item.case_id, item=str(item.id), block=name.value)
    earlier = number_of_save(block.keys, block.number, key)
    if earlier is not None:
        return Saved(earlier, block.at, block.by)
    _refuse_decided(item, block)
    if block.words != words:
        _refuse_unseen(block, seen)
        block.words, block.number, block.keys = words, block.number + 1, keys_after(block.keys, key)
        block.by, block.at = actor.name, now()
        db.session.add(block)
        note_change(item.meeting)
    return Saved(block.number, block.at, block.by)


@command
def tick_line(actor: Actor, item_id: uuid.UUID, line: CheckLine, is_on: bool) -> int:
    """Tick a line of the checklist, or take the tick away."""
    item = item_to_change(actor, item_id)
    if line in FOLLOWING:
        raise Invalid(f"“{line.label}” follows from what is on the screen: nobody ticks it by hand.")
    others = [each for each in item.checklist if each != line.value]
    item.checklist = [*others, line.value] if is_on else others
    return _noted(actor, item, "tick_line", line=line.value, on=is_on)


@command
def note_view(actor: Actor, item_id: uuid.UUID, how: ViewHeard) -> int:
    """Note how the person's own view came into the room."""
    item = item_to_change(actor, item_id)
    item.view_heard = how
    return _noted(actor, item, "note_view", how=how.value)


@command
def set_review(actor: Actor, item_id: uuid.UUID, due: date | None) -> int:
    """Agree on when the case comes back, or that it does not."""
    item = item_to_change(actor, item_id)
    if due is not None and (wrong := wrong_with_review(due, today())):
        raise Invalid(wrong)
    lock_case(item.case).review_due = due
    return _noted(actor, item, "set_review", due=due.isoformat() if due else "")


@command
def link_goal(actor: Actor, item_id: uuid.UUID, goal_id: uuid.UUID | None) -> int:
    """Say which of the person's goals the decision is to serve, or that it serves none of them."""
    item = item_to_change(actor, item_id)
    if goal_id is not None and goal_id not in {each.goal_id for each in goals_of(item.case.patient_id)}:
        raise Invalid("Choose one of the goals that this person is working on.")
    if goal_id is None:
        # The tick that came with it goes with it.
        item.checklist = [each for each in item.checklist if each != CheckLine.GOAL_LINKED.value]
    item.goal_id = goal_id
    return _noted(actor, item, "link_goal", goal=str(goal_id) if goal_id else "")


def item_to_minute(actor: Actor, item_id: uuid.UUID) -> AgendaItem:
    """Return a case whose minutes the actor may write now; others wait until they have. Part of a command."""
    item = get_item_for(actor, item_id).item
    require(may_minute(actor, item.meeting))
    meeting = lock_meeting(item.meeting)
    # It may have changed while the lock was waited for; its meeting and its case stay at hand.
    db.session.refresh(item, AgendaItem.__mapper__.column_attrs.keys())
    if refused := not_now(meeting.state, item.state):
        raise NotNow(refused)
    return item


def item_to_change(actor: Actor, item_id: uuid.UUID) -> AgendaItem:
    """Return a case whose minutes the actor may write and that has no outcome yet; part of a command."""
    item = item_to_minute(actor, item_id)
    if item.state not in TO_COME:
        raise NotNow(ended_said(item.case.ref, item.state))
    return item


def _refuse_decided(item: AgendaItem, block: MinuteBlock) -> None:
    if item.state is ItemState.DECIDED:
        raise Clash(read_back_said(item.case.ref), block)


def _refuse_unseen(block: MinuteBlock, seen: int) -> None:
    if seen != block.number:
        raise Clash(f"{block.by} wrote here meanwhile. Choose whose words stay, or put them together.", block)


def _noted(actor: Actor, item: AgendaItem, verb: str, **details: object) -> int:
    record(actor, verb, "case", item.case_id, item=str(item.id), **details)
    return note_change(item.meeting)
