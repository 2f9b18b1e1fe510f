"""Who may change a cell of the grid, and what of it is printed."""

import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from network.vocabulary import Word
from rota.views.rules import Rows


def may_change(
    may: Callable[[uuid.UUID], bool], employer_id: uuid.UUID, places: Collection[uuid.UUID | None]
) -> bool:
    """Say whether a cell may be changed by someone who may edit the rotas of some organisations.

    They may move their own people anywhere, and others between places that are all theirs. Remote work (None)
    is at nobody's place: only an employer gives it or takes somebody off it.
    """
    return may(employer_id) or (bool(places) and all(place is not None and may(place) for place in places))


class PaperSize(Word):
    A4 = "a4", "A4"
    A3 = "a3", "A3"


@dataclass(frozen=True)
class Paper:
    """How a rota is printed, as the address of the page says it."""

    size: PaperSize = PaperSize.A4
    by: Rows = Rows.PERSON
    has_cover: bool = False

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Paper":
        """Read an address; what makes no sense there is left out."""
        return cls(
            size=PaperSize.A3 if asked.get("paper") == PaperSize.A3 else PaperSize.A4,
            by=Rows.SITE if asked.get("by") == Rows.SITE else Rows.PERSON,
            has_cover=asked.get("cover") == "1",
        )

    def but(self, **changes: Any) -> dict[str, str]:
        """Give the address of this with something changed."""
        wanted = replace(self, **changes)
        words = {"paper": wanted.size.value, "by": wanted.by.value, "cover": "1" if wanted.has_cover else ""}
        return {name: word for name, word in words.items() if word}
