"""Keeping that a rota was taken out of Quorate."""

import uuid

from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from rota.rotas.queries import get_version_for


@command
def note_taken_out(actor: Actor, version_id: uuid.UUID) -> None:
    """Keep that somebody took a rota out as a workbook."""
    require(actor.may_somewhere(Permission.SEE_ROTA))
    version = get_version_for(actor, version_id)
    record(actor, "export_rota", "rota_version", version_id, number=version.number)
