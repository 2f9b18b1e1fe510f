"""What may stand on a person's own page, and in which order. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from mdt.texts.rules import safeguarding_in, topics_in

# How a person is named by who writes down their words, where it is not by name.
THEMSELVES = frozenset({"patient", "person", "the patient", "the person", "herself", "himself", "themselves"})


@dataclass(frozen=True)
class Doing:
    """Something that is done for the person: by whom, by when, and whether it is done."""

    words: str
    who: str
    due_on: date
    is_done: bool = False
    is_undone: bool = False
    is_own: bool = False


def may_be_read(words: str, topics: Collection[str] = ()) -> bool:
    """Say whether words may stand on a page that others in the house may read, or that a carer reads."""
    return not safeguarding_in(words) and not topics_in(words, topics)


def is_own_word(said_by: str) -> bool:
    """Say whether somebody's words were put down as the person's, without their name."""
    return said_by.strip().lower() in THEMSELVES


def in_turn(doings: Iterable[Doing]) -> list[Doing]:
    """Put what is still to be done first, the next due on top; then what is over, the latest on top."""
    to_do = [each for each in doings if not each.is_done and not each.is_undone]
    over = [each for each in doings if each.is_done or each.is_undone]
    return sorted(to_do, key=lambda each: each.due_on) + sorted(
        over, key=lambda each: each.due_on, reverse=True
    )
