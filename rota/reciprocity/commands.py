"""Taking the balance between employers out as a file."""

import uuid

from network.access.rules import Actor
from network.audit.commands import record
from network.plumbing.comma_separated import write_comma_separated
from network.plumbing.commands import command
from rota.reciprocity.queries import exchange_for

HEADINGS = (
    "Employer",
    "Weeks lent",
    "Weeks borrowed",
    "Full-time weeks lent",
    "Full-time weeks borrowed",
    "Balance in full-time weeks",
)


@command
def export_exchange(actor: Actor, version_id: uuid.UUID | None = None) -> bytes:
    """Write the balance of each employer to a comma-separated file."""
    exchange = exchange_for(actor, version_id)
    rows = [
        (each.employer, each.lent, each.borrowed, each.lent_whole, each.borrowed_whole, round(each.left, 1))
        for each in exchange.balances
    ]
    about = exchange.version.id if exchange.version else None
    record(actor, "export_exchange", "rotation_version", about, employers=len(rows))
    return write_comma_separated(HEADINGS, rows)
