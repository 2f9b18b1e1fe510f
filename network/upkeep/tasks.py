"""What is done every night."""

import uuid

from network.access.rules import SYSTEM
from network.plumbing.database import in_network
from network.plumbing.queue import nightly, task
from network.upkeep.commands import check_trail
from network.upkeep.queries import chains


@nightly
@task("upkeep.check_trail")
def check_every_chain(network_id: uuid.UUID | None) -> None:
    """Check the whole trail, chain by chain; a second run only checks again."""
    for chain in chains():
        with in_network(chain):
            check_trail(SYSTEM)
