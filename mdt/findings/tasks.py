"""Forgetting whom no list names any more."""

import uuid

from mdt.findings.commands import forget_findings
from mdt.findings.queries import networks_with_old
from network.access.rules import SYSTEM
from network.plumbing.database import in_network
from network.plumbing.queue import nightly, task


@nightly
@task("findings.forget")
def forget_everywhere(network_id: uuid.UUID | None) -> None:
    """Forget in every network whom no list has named for a year; a second run finds nobody."""
    for each in networks_with_old():
        with in_network(each):
            forget_findings(SYSTEM)
