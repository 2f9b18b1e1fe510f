"""What somebody means who types into a cell, and which duty of a site fits best."""

import json
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from network.plumbing.refusals import Invalid
from network.vocabulary import Activity
from rota.edits.rules import Cell

REMOTE_CODE = "REM"
MOST_CELLS = 2000


class Deed(Enum):
    """What is to happen to a cell."""

    GO = auto()
    CLEAR = auto()
    PIN = auto()
    UNPIN = auto()


@dataclass(frozen=True)
class Change:
    """A cell as somebody wants it, in the words in which cells are written, and the mark they saw there."""

    cell: Cell
    to: str
    seen: str


def as_sent(changes: Iterable[Change]) -> str:
    """Give changes as the grid sends them."""
    return json.dumps(
        [
            {
                "member": str(each.cell.member_id),
                "day": each.cell.day.isoformat(),
                "kind": each.cell.kind.value,
                "to": each.to,
                "seen": each.seen,
            }
            for each in changes
        ]
    )


@dataclass(frozen=True)
class Meant:
    """What a text in a cell means: where somebody goes (no code: remote), and to do what, if that is said."""

    deed: Deed
    site: str = ""
    activity: Activity | None = None


@dataclass(frozen=True)
class Vocabulary:
    """The words that cells are written in: sites by code, letters of activities, and codes of time away."""

    sites: Mapping[str, str]
    signs: Mapping[Activity, str]
    away: Collection[str]
    fixed: Collection[str]

    def read(self, text: str) -> Meant:
        """Say what a text means; refuse what cannot be understood, and say what to write instead."""
        words = text.split()
        if not words:
            return Meant(Deed.CLEAR)
        if len(words) == 1 and words[0].lower() in ("pin", "unpin"):
            return Meant(Deed.PIN if words[0].lower() == "pin" else Deed.UNPIN)
        self._refuse_away(" ".join(words))
        for number in range(len(words), 0, -1):
            site = self._site(" ".join(words[:number]))
            if site is not None:
                return Meant(Deed.GO, site, self._activity(site, " ".join(words[number:])))
        raise Invalid(f"“{text.strip()}” is no site. Write {self._codes}, or {REMOTE_CODE} for remote work.")

    def _site(self, text: str) -> str | None:
        """Find the site that a text names by its code or its name; an empty code is remote work."""
        if text.casefold() in (REMOTE_CODE.casefold(), "remote"):
            return ""
        for code, name in self.sites.items():
            if text.casefold() in (code.casefold(), name.casefold()):
                return code
        return None

    def _activity(self, site: str, text: str) -> Activity | None:
        if not text:
            return None
        for activity, sign in self.signs.items():
            if text.casefold() == sign.casefold():
                return activity
        found = [each for each in Activity if each.label.casefold().startswith(text.casefold())]
        if len(found) == 1:
            return found[0]
        signs = ", ".join(f"{sign} for {activity.label.lower()}" for activity, sign in self.signs.items())
        raise Invalid(
            f"“{text}” after {site or REMOTE_CODE} is no activity. Write the site alone, or {signs} after it."
        )

    def _refuse_away(self, text: str) -> None:
        if text.casefold() in {each.casefold() for each in self.away}:
            raise Invalid(f"“{text}” is leave, which has its own page: ask for it or record it there.")
        if text.casefold() in {each.casefold() for each in self.fixed}:
            raise Invalid(f"“{text}” is fixed by the working pattern: change it there.")

    @property
    def _codes(self) -> str:
        return ", ".join(sorted(self.sites)) or "the code of a site"


@dataclass(frozen=True)
class Offer:
    """A line of demand that somebody could be put on, and how many are on it without them."""

    line: uuid.UUID
    site: str
    activity: Activity
    minimum: int
    maximum: int
    have: int
    is_current: bool = False

    @property
    def is_lead(self) -> bool:
        return self.activity is Activity.DUTY

    @property
    def missing(self) -> int:
        return max(0, self.minimum - self.have)


def best_offer(offers: Iterable[Offer], meant: Meant, usual: Activity) -> Offer | None:
    """Choose a duty at the site that is meant: a short one, else one with room, None where all are full.

    Who stands there already stays on their duty. Nobody is made duty doctor unasked where anything else fits.
    """
    fitting = [
        each
        for each in offers
        if each.site == meant.site
        and meant.activity in (None, each.activity)
        and (each.is_current or each.have < each.maximum)
    ]
    return max(
        fitting,
        key=lambda each: (
            each.is_current,
            not each.is_lead,
            each.missing > 0,
            each.activity is usual,
            each.missing,
            each.maximum - each.have,
        ),
        default=None,
    )
