"""Giving free places to whoever waits, every night: a clinic under change may have been left out."""

import uuid

from network.access.rules import SYSTEM
from network.plumbing.database import in_network
from network.plumbing.queue import nightly, task
from rota.slots.commands import fill_free_places
from rota.slots.queries import networks_that_wait


@nightly
@task("slots.fill_free_places")
def fill_everywhere(network_id: uuid.UUID | None) -> None:
    """Fill the free places of every network in which somebody waits; a second run finds nothing to give."""
    for each in networks_that_wait():
        with in_network(each):
            fill_free_places(SYSTEM)
