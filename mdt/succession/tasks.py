"""Looking every hour for what a coordinator left behind."""

import uuid

from mdt.plans.queries import coordinators_for
from mdt.succession.commands import pass_on
from mdt.succession.queries import networks, orphaned_cases, orphaned_plans
from network.access.rules import SYSTEM
from network.plumbing.database import in_network
from network.plumbing.queue import hourly, task


@hourly
@task("succession.pass_on")
def pass_on_everywhere(network_id: uuid.UUID | None) -> None:
    """Pass on what is left behind in every network; a second run finds nothing left to do."""
    for each in networks():
        # Each network's cases are hidden from all others.
        with in_network(each):
            there = [one.account_id for one in coordinators_for(SYSTEM)]
            if there and (orphaned_cases(there) or orphaned_plans(there)):
                pass_on(SYSTEM)
