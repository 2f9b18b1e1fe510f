"""Planning to ask, where cases came on a list."""

import uuid

from mdt.outcomes.commands import plan_measures
from mdt.outcomes.queries import networks_to_plan
from network.access.rules import SYSTEM
from network.plumbing.database import in_network
from network.plumbing.queue import hourly, task


@hourly
@task("outcomes.plan_measures")
def plan_measures_everywhere(network_id: uuid.UUID | None) -> None:
    """Plan in every network; a second run finds nothing left to do."""
    for each in networks_to_plan():
        with in_network(each):
            plan_measures(SYSTEM)
