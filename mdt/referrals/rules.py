"""A referral as it is typed: at most twelve questions, and what was pasted stays as it came. Pure."""

from dataclasses import dataclass
from datetime import date

from mdt.cases.rules import Urgency
from mdt.sharing.rules import SharingBasis

LONGEST_PASTE = 60_000


@dataclass(frozen=True)
class Referral:
    """What somebody asks of the team, and on what basis they tell it."""

    question: str
    wants: str = ""
    why_not_asked: str = ""
    urgency: Urgency = Urgency.ROUTINE
    pasted: str = ""
    basis: SharingBasis | None = None
    how_informed: str = ""
    informed_on: date | None = None


def wrong_with_paste(pasted: str) -> str:
    """Say what is wrong with what was pasted, or nothing."""
    if len(pasted) > LONGEST_PASTE:
        return f"Paste at most {LONGEST_PASTE:,} characters: this has {len(pasted):,}."
    return ""
