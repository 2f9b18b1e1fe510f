"""Who hears of a case before a meeting: those whose discipline it needs, and those who lead. Pure."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from network.vocabulary import Discipline, Word

# After this many days those who were invited to a meeting know no more of those it discussed.
KNOWS_FOR_DAYS = 14


class LetterKind(Word):
    """What a letter about a meeting tells."""

    PUBLISHED = "published", "The list is published"
    ADDED = "added", "Cases were added to the list"
    TAKEN_OFF = "taken_off", "A case was taken off the list"
    CANCELLED = "cancelled", "The meeting is cancelled"
    HUDDLE = "huddle", "A huddle is called"
    CALLED_OFF = "called_off", "A huddle is called off"


@dataclass(frozen=True)
class Listener:
    """Somebody who comes to a meeting with an account, and whether they lead or minute it."""

    account_id: uuid.UUID
    name: str
    organisation_id: uuid.UUID | None = None
    discipline: Discipline | None = None
    leads: bool = False

    def hears_of(self, invited: Collection[str]) -> bool:
        """Say whether a case concerns them that needs some disciplines; one that names none needs all."""
        return self.leads or not invited or (self.discipline is not None and self.discipline.value in invited)
