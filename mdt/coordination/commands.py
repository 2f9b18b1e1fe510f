"""Reminding those who are late, without a word about the person."""

import uuid

from flask import render_template

from mdt.actions.queries import get_action_for
from mdt.actions.records import Action
from mdt.actions.rules import TO_DO, said_due
from mdt.audience.queries import accounts_of, shut_out_of
from mdt.cases.commands import tell
from mdt.meetings.queries import colleagues_for
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.mail import address_of, post
from network.plumbing.refusals import Refusal
from network.vocabulary import Discipline


@command
def remind_owner(actor: Actor, action_id: uuid.UUID) -> int:
    """Write to whoever is to do something, and keep that they were reminded; return to how many."""
    action = get_action_for(actor, action_id).action
    require(actor.may(Permission.BUILD_LISTS))
    if action.state not in TO_DO:
        raise Refusal(f"This action is {action.state.label.lower()}: nobody has to be reminded.")
    asked = _asked(actor, action)
    owners = accounts_of(asked.keys() - shut_out_of(action.case.patient_id, asked))
    if not owners:
        raise Refusal("Nobody who is asked can be reached, or may still know. Hand it over to somebody else.")
    letter = render_template(
        "mdt/coordination/reminder.txt",
        action=action,
        link=address_of("actions.show", action_id=action.id),
        by=actor.name,
    )
    for owner in owners:
        post(owner.email, f"An action for {action.case.ref}, due on {said_due(action.due_on)}", letter)
    tell(actor, action.case, f"{actor.name} reminded {action.owner}: due on {said_due(action.due_on)}.")
    record(actor, "remind_owner", "case", action.case_id, action=str(action.id), letters=len(owners))
    return len(owners)


def _asked(actor: Actor, action: Action) -> dict[uuid.UUID, Discipline | None]:
    if action.owner_id is not None:
        return {action.owner_id: action.discipline}
    everybody = colleagues_for(actor)
    return {
        one.account_id: one.discipline for one in everybody if one.organisation_id == action.organisation_id
    }
