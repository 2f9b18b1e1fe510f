"""Bringing cases back when their day has come."""

import uuid

from mdt.closing.commands import call_reviews
from mdt.closing.queries import networks_with_reviews
from network.access.rules import SYSTEM
from network.plumbing.database import in_network
from network.plumbing.queue import hourly, task


@hourly
@task("closing.call_reviews")
def call_reviews_everywhere(network_id: uuid.UUID | None) -> None:
    """Bring back what is due in every network; a second run finds nothing left to do."""
    for each in networks_with_reviews():
        with in_network(each):
            call_reviews(SYSTEM)
