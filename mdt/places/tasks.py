"""Noticing what the rota made of the places that meetings asked for."""

import uuid

from mdt.bookings.queries import networks_with_changes
from mdt.places.commands import notice_changes
from network.access.rules import SYSTEM
from network.plumbing.database import in_network
from network.plumbing.queue import hourly, task


@hourly
@task("places.notice_changes")
def notice_changes_everywhere(network_id: uuid.UUID | None) -> None:
    """Keep what changed in every network; a second run finds nothing new."""
    for each in networks_with_changes():
        with in_network(each):
            notice_changes(SYSTEM)
