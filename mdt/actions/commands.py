"""Agreeing on actions, and what their owners answer."""

import uuid
from datetime import date

from sqlalchemy import select

from mdt.actions.queries import find_owner, get_action_for, is_for
from mdt.actions.records import Action
from mdt.actions.rules import (
    ACTION_MOVES,
    LONGEST_NOTE,
    LOOK_BACK,
    TO_DO,
    ActionState,
    NotDone,
    Owner,
    said_due,
    wrong_with_action,
)
from mdt.cases.commands import lock_case, tell
from mdt.cases.queries import get_case_for
from mdt.cases.records import Case
from mdt.cases.rules import OPEN, CaseState
from mdt.sharing.commands import end_relations, note_disclosure, relate
from mdt.sharing.rules import Reason
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, now, today
from network.plumbing.refusals import Invalid, Refusal


class WrongState(Refusal):
    """The action is past the point where this could be done."""


@command
def add_action(
    actor: Actor,
    case_id: uuid.UUID,
    words: str,
    due_on: date,
    *,
    account_id: uuid.UUID | None = None,
    organisation_id: uuid.UUID | None = None,
) -> uuid.UUID:
    """Agree on something outside a meeting: coordinators with anybody, others for themselves or their own."""
    seen = get_case_for(actor, case_id)
    require(actor.may_somewhere(Permission.ACT) and seen.access.standing.is_clinical)
    case = lock_case(seen.case)
    _refuse_over(case)
    owner = _owner(actor, case_id, account_id, organisation_id)
    action = new_action(actor, case.id, words.strip(), owner, due_on)
    if wrong := wrong_with_action(action.words, due_on, today()):
        raise Invalid(wrong)
    require(actor.may(Permission.ACT) or is_for(actor, action))
    db.session.add(action)
    db.session.flush()
    ask_owner(actor, action)
    tell(actor, case, f"{actor.name} agreed an action with {action.owner}, due on {said_due(due_on)}.")
    record(actor, "add_action", "case", case.id, action=str(action.id))
    return action.id


@command
def accept_action(actor: Actor, action_id: uuid.UUID) -> None:
    """Take an action on; what an organisation is asked is then one's own."""
    action = _action_of(actor, action_id)
    if not is_for(actor, action):
        # Else it would be taken on and still be nobody's.
        raise Refusal(f"Only {action.owner} can take this on. Hand it over instead.")
    move_action(action, ActionState.ACCEPTED)
    if action.owner_id is None:
        action.owner_id, action.owner = actor.account_id, actor.name
        _relate(actor, action)
    tell(actor, action.case, f"{action.owner} took on an action that is due on {said_due(action.due_on)}.")
    record(actor, "accept_action", "case", action.case_id, action=str(action.id))


@command
def give_back_action(actor: Actor, action_id: uuid.UUID) -> None:
    """Give what one had taken on back to the organisation that was asked."""
    action = _action_of(actor, action_id)
    if action.state is not ActionState.ACCEPTED or action.organisation is None:
        raise WrongState("Only an action that was taken on can be given back.")
    move_action(action, ActionState.OPEN)
    action.owner_id, action.owner = None, action.organisation.short_name
    _relate(actor, action)
    tell(actor, action.case, f"{actor.name} gave an action back to {action.owner}.")
    record(actor, "give_back_action", "case", action.case_id, action=str(action.id))


@command
def finish_action(actor: Actor, action_id: uuid.UUID, note: str = "") -> None:
    """Say that it is done."""
    action = _action_of(actor, action_id)
    move_action(action, ActionState.DONE)
    _answer(actor, action, note)
    tell(actor, action.case, f"{actor.name}: done, an action that was due on {said_due(action.due_on)}.")
    record(actor, "finish_action", "case", action.case_id, action=str(action.id))


@command
def leave_undone(actor: Actor, action_id: uuid.UUID, reason: NotDone, note: str = "") -> None:
    """Say that it was not done, and why."""
    action = _action_of(actor, action_id)
    move_action(action, ActionState.NOT_DONE)
    if reason is NotDone.OTHER and not note.strip():
        raise Invalid("Enter why it was not done.")
    action.not_done = reason
    _answer(actor, action, note)
    said = f"{actor.name}: not done, an action that was due on {said_due(action.due_on)}"
    tell(actor, action.case, f"{said}. {reason.label}.")
    record(actor, "leave_undone", "case", action.case_id, action=str(action.id), reason=reason.value)


@command
def reopen_action(actor: Actor, action_id: uuid.UUID) -> None:
    """Take back that it is done, or was not."""
    action = _action_of(actor, action_id)
    # Locked: nobody closes the case meanwhile.
    _refuse_over(lock_case(action.case))
    move_action(action, ActionState.OPEN)
    action.ended_at, action.ended_by, action.not_done = None, "", None
    _relate(actor, action)
    tell(actor, action.case, f"{actor.name} opened an action again: due on {said_due(action.due_on)}.")
    record(actor, "reopen_action", "case", action.case_id, action=str(action.id))


@command
def hand_over(
    actor: Actor,
    action_id: uuid.UUID,
    *,
    account_id: uuid.UUID | None = None,
    organisation_id: uuid.UUID | None = None,
    note: str = "",
) -> uuid.UUID:
    """Hand what is to be done over to somebody else, who is asked for it by the same day."""
    action = _action_of(actor, action_id)
    owner = _owner(actor, action.case_id, account_id, organisation_id)
    if (owner.account_id, owner.organisation_id) == (action.owner_id, action.organisation_id):
        raise Invalid("They have it already. Choose somebody else.")
    move_action(action, ActionState.HANDED_OVER)
    _answer(actor, action, note)
    new = new_action(actor, action.case_id, action.words, owner, max(action.due_on, today()))
    new.follows_id, new.item_id, new.decision_id = action.id, action.item_id, action.decision_id
    db.session.add(new)
    db.session.flush()
    ask_owner(actor, new)
    tell(actor, action.case, f"{actor.name} handed an action over to {new.owner}.")
    record(actor, "hand_over", "case", action.case_id, action=str(action.id), to=str(new.id))
    return new.id


@command
def change_due(actor: Actor, action_id: uuid.UUID, due_on: date) -> None:
    """Agree on another day."""
    action = _action_of(actor, action_id)
    if action.state not in TO_DO:
        raise WrongState(f"This action is {action.state.label.lower()}: its day stays as it is.")
    if wrong := wrong_with_action(action.words, due_on, today()):
        raise Invalid(wrong)
    before, action.due_on = action.due_on, due_on
    said = f"{actor.name} moved an action of {action.owner} from {said_due(before)} to {said_due(due_on)}."
    tell(actor, action.case, said)
    record(actor, "change_due", "case", action.case_id, action=str(action.id), due_on=due_on.isoformat())


@command
def cancel_action(actor: Actor, action_id: uuid.UUID, reason: str) -> None:
    """Stop what is no longer wanted: for those who coordinate."""
    action = _action_of(actor, action_id)
    require(actor.may(Permission.ACT))
    if not reason.strip():
        raise Invalid("Enter why it is not wanted any more.")
    move_action(action, ActionState.CANCELLED)
    _answer(actor, action, reason)
    tell(actor, action.case, f"{actor.name} cancelled an action of {action.owner}.")
    record(actor, "cancel_action", "case", action.case_id, action=str(action.id))


def new_action(actor: Actor, case_id: uuid.UUID, words: str, owner: Owner, due_on: date) -> Action:
    """Make an action that nobody has been asked for yet; part of a command."""
    return Action(
        case_id=case_id,
        words=words,
        owner_id=owner.account_id,
        owner=owner.name,
        organisation_id=owner.organisation_id,
        discipline=owner.discipline,
        due_on=due_on,
        made_by=actor.name,
    )


def _owner(
    actor: Actor, case_id: uuid.UUID, account_id: uuid.UUID | None, organisation_id: uuid.UUID | None
) -> Owner:
    owner = find_owner(actor, case_id, account_id, organisation_id)
    if owner is None:
        raise Invalid("Choose who does it from the list.")
    return owner


def _action_of(actor: Actor, action_id: uuid.UUID) -> Action:
    """Return an action for which somebody may answer, locked: two answers at once follow each other."""
    seen = get_action_for(actor, action_id)
    require(seen.may_act)
    locked = select(Action).where(Action.id == action_id).with_for_update()
    return db.session.scalars(locked.execution_options(populate_existing=True)).one()


def move_action(action: Action, to: ActionState) -> None:
    """Move an action on; part of a command."""
    if to not in ACTION_MOVES[action.state]:
        raise WrongState(f"This action is {action.state.label.lower()}: that cannot be done with it now.")
    action.state = to


def _answer(actor: Actor, action: Action, note: str) -> None:
    """Keep what its owner says in the end, and let them look back for a while."""
    if len(note.strip()) > LONGEST_NOTE:
        raise Invalid(f"Shorten the note to {LONGEST_NOTE} characters: it has {len(note.strip())}.")
    action.note = note.strip() or action.note
    end_action(actor, action)
    end_relations(action.id, today() + LOOK_BACK)


def end_action(actor: Actor, action: Action) -> None:
    """Keep who ended an action, and when; part of a command."""
    action.ended_at, action.ended_by = now(), actor.name


def ask_owner(actor: Actor, action: Action) -> None:
    """Let the owner know of the person, and keep that they were told."""
    _relate(actor, action)
    note_disclosure(
        action.case.patient_id,
        action.owner,
        "an action",
        organisation_id=action.organisation_id,
        account_id=action.owner_id,
    )


def _relate(actor: Actor, action: Action) -> None:
    is_one = action.owner_id is not None
    relate(
        actor,
        action.case.patient,
        Reason.ACTION,
        organisation_id=None if is_one else action.organisation_id,
        account_id=action.owner_id,
        # What an organisation has to do is for all of it to see.
        discipline=action.discipline if is_one else None,
        case_id=action.case_id,
        from_id=action.id,
    )


def _refuse_over(case: Case) -> None:
    if case.state not in OPEN or case.state in (CaseState.SUBMITTED, CaseState.RETURNED):
        raise Refusal(f"This case is {case.state.label.lower()}: nothing can be agreed in it now.")
