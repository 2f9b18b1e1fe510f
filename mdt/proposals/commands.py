"""What is put down in the room to be done, and binds once the decision is read back."""

import uuid

from mdt.actions.commands import ask_owner, end_action, move_action, new_action
from mdt.actions.queries import actions_of_items
from mdt.actions.records import Action
from mdt.actions.rules import ActionState, ReadAction
from mdt.decisions.records import Decision
from mdt.lists.records import AgendaItem
from mdt.sharing.commands import end_relations
from network.access.rules import Actor
from network.audit.commands import record
from network.plumbing.database import db, today
from network.plumbing.refusals import Invalid


def propose_action(
    actor: Actor, item: AgendaItem, read: ReadAction, action_id: uuid.UUID | None = None
) -> Action:
    """Put down what was said in the room; it binds once the decision is read back. Part of a command.

    With an id of its own, what is sent twice can be found again.
    """
    if read.wrong or read.owner is None or read.due_on is None:
        raise Invalid(read.wrong or "Say who does what, by when.")
    action = new_action(actor, item.case_id, read.words, read.owner, read.due_on)
    action.id = action_id or uuid.uuid4()
    action.item_id, action.state = item.id, ActionState.PROPOSED
    db.session.add(action)
    db.session.flush()
    record(actor, "propose_action", "case", item.case_id, action=str(action.id))
    return action


def drop_action(actor: Actor, action: Action) -> None:
    """Take back what was put down in the room; part of a command."""
    move_action(action, ActionState.CANCELLED)
    end_action(actor, action)
    end_relations(action.id, today())
    record(actor, "drop_action", "case", action.case_id, action=str(action.id))


def bind_actions(actor: Actor, item: AgendaItem, decision: Decision | None) -> list[Action]:
    """Ask the owners of what was put down, now that it was read back; part of a command.

    Those that bind already from an earlier reading go over to the decision that replaces it. A case that is
    put off has no decision: what is to be done until it comes back binds without one.
    """
    bound = []
    for action in actions_of_items([item.id]).get(item.id, []):
        action.decision_id = decision.id if decision else None
        if action.state is ActionState.PROPOSED:
            move_action(action, ActionState.OPEN)
            ask_owner(actor, action)
            bound.append(action)
    record(actor, "bind_actions", "case", item.case_id, actions=[str(action.id) for action in bound])
    return bound
