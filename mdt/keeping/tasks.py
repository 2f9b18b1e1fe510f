"""Noticing what the rota does to the meetings ahead, and telling it which cases learners followed."""

import uuid

from mdt.keeping.commands import count_visits, notice_rota
from mdt.keeping.queries import networks_with_meetings, networks_with_visits
from network.access.rules import SYSTEM
from network.plumbing.database import in_network
from network.plumbing.queue import hourly, nightly, task


@hourly
@task("keeping.notice_rota")
def notice_rota_everywhere(network_id: uuid.UUID | None) -> None:
    """Look at every network with a meeting ahead; a second run finds nothing new."""
    for each in networks_with_meetings():
        with in_network(each):
            notice_rota(SYSTEM)


@nightly
@task("keeping.count_visits")
def count_visits_everywhere(network_id: uuid.UUID | None) -> None:
    """Count what learners followed in every network; a second run counts nothing twice."""
    for each in networks_with_visits():
        with in_network(each):
            count_visits(SYSTEM)
