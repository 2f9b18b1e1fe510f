"""What an installation does for itself, noted in the trail of the platform."""

from network.access.guard import require
from network.access.rules import Actor
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import in_network


@command
def note_rotation(actor: Actor, how: str, texts: int) -> None:
    """Note that sealing with a new key was begun, done or stopped, and how many texts it changed."""
    require(actor.is_system, seen=False)
    with in_network(None):
        record(actor, "rotate_keys", "installation", how=how, texts=texts)
