"""What publishing a rota changes for people."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from network.vocabulary import SessionKind

Slot = tuple[uuid.UUID, date, SessionKind]


@dataclass(frozen=True)
class Duty:
    """What somebody does in a session, as far as a change of it matters to them."""

    site: str
    activity: str
    hours: str

    @property
    def said(self) -> str:
        return f"{self.activity} at {self.site}" if self.site else f"{self.activity}, remote"


@dataclass(frozen=True)
class Change:
    """One session of one person that will differ from what they were told."""

    slot: Slot
    before: Duty | None
    after: Duty | None
    why: str = ""

    @property
    def said(self) -> str:
        if self.before is None and self.after is not None:
            return f"new: {self.after.said}"
        if self.after is None and self.before is not None:
            return f"no longer: {self.before.said}"
        if self.before is None or self.after is None:
            return ""
        if (self.before.site, self.before.activity) == (self.after.site, self.after.activity):
            return f"{self.after.said}: now {self.after.hours} instead of {self.before.hours}"
        return f"{self.after.said} instead of {self.before.said}"


def changes_between(
    told: Mapping[Slot, Duty], draft: Mapping[Slot, Duty], reasons: Mapping[Slot, str]
) -> list[Change]:
    """List what differs between two rotas, in order of day."""
    slots: Iterable[Slot] = sorted(told.keys() | draft.keys(), key=lambda slot: (slot[1], slot[2], slot[0]))
    return [
        Change(slot, told.get(slot), draft.get(slot), reasons.get(slot, ""))
        for slot in slots
        if told.get(slot) != draft.get(slot)
    ]
