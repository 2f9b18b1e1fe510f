"""How a case ends in the room: read back, noted, carried over, not reached; and who does what by when."""

import uuid

from mdt.actions.queries import actions_of_item, owners_for
from mdt.actions.records import Action
from mdt.actions.rules import ActionState, read_action
from mdt.bookings.commands import bind_bookings
from mdt.bookings.queries import in_the_room
from mdt.bookings.rules import BookingState
from mdt.cases.commands import lock_case, move_case, tell
from mdt.cases.rules import MOVES, CaseState, Stream
from mdt.decisions.commands import write_decision
from mdt.decisions.queries import decision_of_item
from mdt.lists.commands import carry_over, set_item_state
from mdt.lists.records import AgendaItem
from mdt.lists.rules import ItemState
from mdt.lists.wording import list_said
from mdt.meetings.commands import note_change
from mdt.meetings.queries import members_expected
from mdt.meetings.rules import IN_THE_ROOM, MeetingKind
from mdt.minutes.commands import NotNow, item_to_change, item_to_minute
from mdt.minutes.queries import blocks_of, written_of
from mdt.minutes.rules import ENDED, Missing, Written, missing_to_confirm, review_ahead, ticked
from mdt.minutes.wording import ended_said
from mdt.proposals.commands import bind_actions, drop_action, propose_action
from mdt.readback.rules import action_id_of, seconds_taken, state_when_left
from mdt.readback.wording import discussed_said, noted_said, put_right_said
from network.access.rules import Actor
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import ENGLAND, db, now, today
from network.plumbing.refusals import Invalid, NotFound

S = ItemState


class NotReady(Invalid):
    """A decision lacks something before it can be read back; `missing` says what."""

    def __init__(self, missing: list[Missing]) -> None:
        super().__init__(" ".join(each.sentence for each in missing))
        self.missing = missing


@command
def confirm_item(actor: Actor, item_id: uuid.UUID) -> None:
    """Keep as decided what was read back, and ask those who have something to do."""
    item = item_to_minute(actor, item_id)
    record(actor, "read_back", "case", item.case_id, item=str(item.id))
    written, actions = written_of(item.id), actions_of_item(item.id)
    if item.state in ENDED:
        raise NotNow(ended_said(item.case.ref, item.state))
    if missing := missing_to_confirm(written.words, has_view=item.view_heard is not None):
        raise NotReady(missing)
    stop_clock(item)
    if item.state is S.PLANNED:
        set_item_state(actor, item, S.OPEN)
    if item.state is not S.DECIDED:
        set_item_state(actor, item, S.DECIDED)
    if not _is_read_back(item, written):
        _decide(actor, item, written)
    has_review = review_ahead(item.case.review_due, today()) is not None
    item.checklist = ticked(item.checklist, True, len(actions), has_review, item.goal_id is not None)


@command
def carry_item(actor: Actor, item_id: uuid.UUID, reason: str) -> None:
    """Put a case off to the next meeting, and say why."""
    item = _item_to_end(actor, item_id, "carry_item")
    if item.state is not S.CARRIED:
        _refuse_booked(item)
        carry_over(actor, item, reason)
        # What somebody does until it comes back binds them from now.
        bind_actions(actor, item, None)


@command
def mark_not_reached(actor: Actor, item_id: uuid.UUID) -> None:
    """Say that there was no time for a case: it goes on to the next meeting."""
    item = _item_to_end(actor, item_id, "mark_not_reached")
    if item.state is not S.NOT_REACHED:
        if has_minutes(item):
            raise NotNow(f"{item.case.ref} has minutes: read them back, or carry the case over.")
        set_item_state(actor, item, S.NOT_REACHED)


@command
def note_item(actor: Actor, item_id: uuid.UUID, reason: str = "") -> None:
    """Take note of a case that needs no decision: an agreed pathway applies, or somebody says why."""
    item = _item_to_end(actor, item_id, "note_item")
    if item.state is S.NOTED:
        return
    if not reason.strip() and item.case.stream is not Stream.FOR_NOTE:
        raise Invalid("Enter why this case needs no decision.")
    _refuse_booked(item)
    set_item_state(actor, item, S.NOTED, reason)
    bind_actions(actor, item, None)
    _discussed(actor, item, noted_said(_where(item)))


@command
def take_action(actor: Actor, item_id: uuid.UUID, text: str, key: str) -> Action:
    """Put down who does what by when, as it was typed; what is sent twice is put down once."""
    item = item_to_change(actor, item_id)
    action_id = action_id_of(item.id, key)
    record(actor, "take_action", "case", item.case_id, item=str(item.id))
    if (known := db.session.get(Action, action_id)) is not None:
        return known
    owners = owners_for(actor, item.meeting_id, item.case_id)
    action = propose_action(actor, item, read_action(text, owners, today()), action_id)
    note_change(item.meeting)
    return action


@command
def drop_proposed(actor: Actor, action_id: uuid.UUID) -> None:
    """Take back what was put down in the room."""
    action = db.session.get(Action, action_id)
    if action is None or action.item_id is None:
        raise NotFound
    item = item_to_change(actor, action.item_id)
    record(actor, "drop_proposed", "case", item.case_id, action=str(action.id))
    if action.state is not ActionState.CANCELLED:
        drop_action(actor, action)
        note_change(item.meeting)


def leave_item(actor: Actor, item: AgendaItem) -> None:
    """Leave the case that the room talks about: to be talked about again, unless it was read back."""
    stop_clock(item)
    written = written_of(item.id)
    # On a list, only what was noted is discussed and has nothing decided; in a huddle any case may be.
    is_discussed = item.case.state is CaseState.DISCUSSED and item.meeting.kind is MeetingKind.MEETING
    was_noted = is_discussed and not written.words
    to = state_when_left(_is_read_back(item, written), was_noted)
    set_item_state(actor, item, to, item.reason if to is S.NOTED else "")


def stop_clock(item: AgendaItem) -> None:
    """Count the time a case was talked about until now; part of a command."""
    item.seconds_taken = seconds_taken(item.seconds_taken, item.opened_at, now())
    item.opened_at = None


def has_minutes(item: AgendaItem) -> bool:
    """Say whether anything was written of a case, or put down to be done or booked."""
    is_written = any(each.words.strip() for each in blocks_of(item.id).values())
    return is_written or _has_proposed(item) or bool(in_the_room(item.id))


def _item_to_end(actor: Actor, item_id: uuid.UUID, verb: str) -> AgendaItem:
    """Return a case that is to end without a decision; its clock stops."""
    item = item_to_minute(actor, item_id)
    record(actor, verb, "case", item.case_id, item=str(item.id))
    if decision_of_item(item.id) is not None:
        raise NotNow(f"{item.case.ref} has a decision: read it back again once it is put right.")
    stop_clock(item)
    return item


def _is_read_back(item: AgendaItem, written: Written) -> bool:
    """Say whether all that is written now stands in the decision, and all that was put down was read back."""
    decision = decision_of_item(item.id)
    if decision is None or _has_proposed(item) or decision.goal_id != item.goal_id:
        return False
    return written == Written(decision.words, decision.rationale, decision.put_aside, decision.dissent)


def _has_proposed(item: AgendaItem) -> bool:
    return any(each.state is ActionState.PROPOSED for each in actions_of_item(item.id)) or any(
        each.state is BookingState.PROPOSED for each in in_the_room(item.id)
    )


def _refuse_booked(item: AgendaItem) -> None:
    """Refuse to end a case without a decision that books its person into a clinic: nobody would sign it."""
    if booked := in_the_room(item.id):
        raise NotNow(
            f"{item.case.ref} is booked into {booked[0].clinic}: read that back as a decision, or drop it."
        )


def _decide(actor: Actor, item: AgendaItem, written: Written) -> None:
    is_first = decision_of_item(item.id) is None
    here = {each.discipline for each in members_expected(item.meeting_id) if each.state in IN_THE_ROOM}
    decision = write_decision(
        actor,
        item,
        written.words,
        written.rationale,
        written.put_aside,
        written.dissent,
        sorted(each.value for each in here),
        item.goal_id,
    )
    bind_actions(actor, item, decision)
    bind_bookings(actor, item, decision)
    _discussed(actor, item, discussed_said(_where(item)) if is_first else put_right_said(_where(item)))


def _discussed(actor: Actor, item: AgendaItem, said: str) -> None:
    case = lock_case(item.case)
    # A review that was due has been held now: without a new day the case does not come back.
    case.review_due = review_ahead(case.review_due, today())
    if CaseState.DISCUSSED in MOVES[case.state]:
        move_case(actor, case, CaseState.DISCUSSED, said)
    else:
        tell(actor, case, said)


def _where(item: AgendaItem) -> str:
    return list_said(item.meeting.name, item.meeting.starts_at.astimezone(ENGLAND))
