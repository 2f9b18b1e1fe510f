"""Looking whether the rota still keeps what meetings need."""

from network.access.guard import require
from network.access.rules import Actor
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import current_network, take_turns
from rota.availability.queries import holds_to_look_at, standing_against
from rota.holds.commands import note_short


@command
def look_again(actor: Actor) -> int:
    """Tell of every meeting ahead whose quorum the rota can keep no longer, or again; return how many."""
    require(actor.is_system, seen=False)
    # Two who look at once would tell of the same change twice.
    take_turns("holds")
    changed = sum(note_short(hold, standing_against(hold)) for hold in holds_to_look_at())
    record(actor, "look_at_holds", "network", current_network(), changed=changed)
    return changed
