"""The reasons that are given on the way to publishing a rota."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

LONGEST_REASON = 200
TOO_LONG = f"Shorten this to {LONGEST_REASON} characters."


@dataclass(frozen=True)
class Reasons:
    """Reasons given on the way to publishing: one for each person who has their own, one for all the rest."""

    rest: str = ""
    own: Mapping[uuid.UUID, str] = field(default_factory=dict)

    def of(self, person_id: uuid.UUID) -> str:
        return self.own.get(person_id, "").strip() or self.rest.strip()

    @property
    def are_too_long(self) -> bool:
        return any(len(why.strip()) > LONGEST_REASON for why in (self.rest, *self.own.values()))


def wants_sentence(names: Iterable[str]) -> str:
    """Ask for the reasons that are missing."""
    first, *others = names
    more = f" and {len(others)} {'other' if len(others) == 1 else 'others'}" if others else ""
    return f"Say why the rota of {first}{more} changes: each of them reads it beside the change."
