"""Keeping that somebody prepared the review of a plan."""

import uuid

from mdt.sharing.queries import access_to_change
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command


@command
def note_review_opened(actor: Actor, patient_id: uuid.UUID) -> None:
    """Keep that somebody looked at what a review of a person's plan starts from."""
    access = access_to_change(actor, patient_id)
    require(actor.may_somewhere(Permission.CONTRIBUTE))
    record(actor, "open_plan_review", "patient", patient_id, reason=access.relation.reason.value)
