"""Looking at the meetings ahead, again and again: leave, sickness and new rotas take their people."""

import uuid

from network.access.rules import SYSTEM
from network.plumbing.database import in_network
from network.plumbing.queue import hourly, task
from rota.availability.commands import look_again
from rota.availability.queries import networks_that_changed


@hourly
@task("availability.look_again")
def look_again_everywhere(network_id: uuid.UUID | None) -> None:
    """Look at every network where something has changed; a second run finds nothing new."""
    for each in networks_that_changed():
        with in_network(each):
            look_again(SYSTEM)
