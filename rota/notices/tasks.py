"""Letters about rotas, sent in the background."""

import uuid

from network.access.rules import SYSTEM
from network.plumbing.queue import task
from rota.notices.commands import send_letters


@task("notices.send")
def send(network_id: uuid.UUID | None, version_id: str) -> None:
    """Send the letters of a version that wait; a second run finds none."""
    send_letters(SYSTEM, uuid.UUID(version_id))
