"""What the list of those who were told asks: whom somebody has told by word of mouth."""

import uuid
from collections.abc import Iterable

from network.plumbing.refusals import Invalid


def ids_in(sent: Iterable[str]) -> list[uuid.UUID]:
    """Read the ids of notices that a page sent."""
    try:
        return [uuid.UUID(each) for each in sent]
    except ValueError:
        raise Invalid("We could not read what the browser sent. Go back and try again.") from None
