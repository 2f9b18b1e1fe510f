"""Proposing whom to remove, agreeing to it, and dropping it: nobody removes anybody alone."""

import uuid
from collections.abc import Collection

from sqlalchemy import select

from mdt.retention.queries import Due, due_for, get_removal_for, waiting_for
from mdt.retention.records import Removal, RemovalLine
from mdt.retention.rules import MOST_AT_ONCE, may_agree
from mdt.retention.tasks import remove_agreed
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.accounts.queries import own_account_ids
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import current_network, db, now, take_turns
from network.plumbing.queue import enqueue
from network.plumbing.refusals import Invalid, NotAllowed, Refusal


class TooLate(Refusal):
    """It has been agreed to, or dropped, before."""


@command
def propose_removal(actor: Actor, keys: Collection[uuid.UUID]) -> uuid.UUID:
    """Propose to remove people and drafts whose time is over; nothing goes before somebody else agrees."""
    require(actor.may(Permission.EDIT_SHARING) and actor.may(Permission.REMOVE_PEOPLE))
    # Two who propose at the same moment would not see each other's.
    take_turns("removals")
    chosen = _chosen(actor, keys)
    if waiting_for(actor):
        raise TooLate("Another removal waits for agreement. Have it agreed to, or drop it, first.")
    removal = Removal(proposed_by=actor.name, proposed_by_id=actor.account_id)
    removal.lines = [
        RemovalLine(
            patient_id=due.patient_id,
            draft_id=due.draft_id,
            refs=due.refs,
            why=due.why,
            last_on=due.last_on,
        )
        for due in chosen
    ]
    db.session.add(removal)
    db.session.flush()
    record(actor, "propose_removal", "removal", removal.id, lines=len(removal.lines))
    return removal.id


@command
def agree_to_removal(actor: Actor, removal_id: uuid.UUID, *, has_looked: bool) -> None:
    """Agree to what somebody else proposed: a worker removes it then, one person after the other."""
    removal = _waiting(actor, removal_id)
    if not may_agree(removal.proposed_by_id, own_account_ids(actor)):
        raise NotAllowed("You proposed this removal. Somebody else has to agree to it.")
    if not has_looked:
        raise Invalid("Look at every line, then tick that you have.")
    removal.agreed_by, removal.agreed_at = actor.name, now()
    enqueue(remove_agreed, network_id=current_network(), removal_id=removal.id)
    record(actor, "agree_to_removal", "removal", removal.id, lines=len(removal.lines))


@command
def drop_removal(actor: Actor, removal_id: uuid.UUID) -> None:
    """Drop a removal before anybody agrees to it: everything stays."""
    removal = _waiting(actor, removal_id)
    removal.dropped_at = now()
    record(actor, "drop_removal", "removal", removal.id)


def _chosen(actor: Actor, keys: Collection[uuid.UUID]) -> list[Due]:
    wanted = set(keys)
    if not wanted:
        raise Invalid("Tick whom to remove.")
    if len(wanted) > MOST_AT_ONCE:
        raise Invalid(f"Tick at most {MOST_AT_ONCE} at a time, so that somebody can look at each.")
    chosen = [due for due in due_for(actor) if due.key in wanted]
    if len(chosen) < len(wanted):
        raise Refusal("Something has changed since you looked. Go back, look again, then propose it.")
    if any(due.held_because for due in chosen):
        raise Invalid("Leave out who is held: nothing of them may be removed now.")
    return chosen


def _waiting(actor: Actor, removal_id: uuid.UUID) -> Removal:
    require(actor.may(Permission.REMOVE_PEOPLE))
    get_removal_for(actor, removal_id)
    locked = select(Removal).where(Removal.id == removal_id).with_for_update()
    removal = db.session.scalars(locked.execution_options(populate_existing=True)).one()
    if removal.dropped_at is not None:
        raise TooLate("This removal was dropped. Propose it again if it is still wanted.")
    if removal.agreed_at is not None:
        raise TooLate(f"{removal.agreed_by} has agreed to this removal already.")
    return removal
