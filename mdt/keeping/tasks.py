"""Noticing what new rotas, leave and sickness do to the meetings ahead."""

import uuid

from mdt.keeping.commands import notice_rota
from mdt.keeping.queries import networks_with_meetings
from network.access.rules import SYSTEM
from network.plumbing.database import in_network
from network.plumbing.queue import hourly, task


@hourly
@task("keeping.notice_rota")
def notice_rota_everywhere(network_id: uuid.UUID | None) -> None:
    """Look at every network with a meeting ahead; a second run finds nothing new."""
    for each in networks_with_meetings():
        with in_network(each):
            notice_rota(SYSTEM)
