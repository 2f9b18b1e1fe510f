"""What can be said of one case on a list: its minutes, who presents it, whom it needs. Pure."""

from collections.abc import Collection
from dataclasses import dataclass

from mdt.lists.rules import STEP

LONGEST_MINUTES = 60.0


@dataclass(frozen=True)
class Arranged:
    """How a case is to be discussed; without minutes of its own it shares those of the others."""

    minutes: float | None = None
    presenter: str = ""
    invited: frozenset[str] = frozenset()


def wrong_with(arranged: Arranged, told: Collection[str] | None = None) -> str:
    """Say what is wrong with how a case is to be discussed, or nothing; `told` are those who know already."""
    minutes = arranged.minutes
    if minutes is not None and not STEP <= minutes <= LONGEST_MINUTES:
        return f"Enter between half a minute and {LONGEST_MINUTES:.0f} minutes."
    if minutes is not None and minutes % STEP:
        return "Enter whole or half minutes, such as 4.5."
    if told is not None and arranged.invited and not (told and arranged.invited >= set(told)):
        return "Keep the disciplines that were told already: the list is published."
    return ""
