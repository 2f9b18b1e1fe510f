"""What whoever stands at the door is told of, and nothing more: plain facts, without a word about anybody."""

import uuid
from dataclasses import dataclass

from network.vocabulary import Word


class News(Word):
    """What became of a place that was asked for, or of a meeting whose time is kept."""

    PLACE_PLANNED = "place_planned", "A place is planned"
    PLACE_MOVED = "place_moved", "The clinic of a place is at another time or site"
    PLACE_LOST = "place_lost", "The clinic of a place is closed: the place waits again"
    QUORUM_SHORT = "quorum_short", "The rota cannot keep the quorum of a meeting"
    QUORUM_KEPT = "quorum_kept", "The rota keeps the quorum of a meeting again"


@dataclass(frozen=True)
class Change:
    """Something that changed: the token of a place or the key of a meeting, and where to read on from."""

    cursor: int
    key: uuid.UUID
    what: News
