"""Words of a list and of what waits for one."""

from typing import NamedTuple

from mdt.cases.rules import Urgency
from mdt.cases.wording import urgency_tag
from mdt.lists.rules import ItemState

S = ItemState


class Tag(NamedTuple):
    """A word, its tone, and the mark that says the same without colour."""

    text: str
    tone: str
    mark: str


OUTCOMES = {
    S.OPEN: ("warning", "▶"),
    S.DECIDED: ("done", "✓"),
    S.NOTED: ("good", "✓"),
    S.CARRIED: ("plain", "→"),
    S.NOT_REACHED: ("plain", "→"),
}


def tags_of(urgency: Urgency, carried: int, *, is_review: bool, is_for_note: bool) -> list[Tag]:
    """Say in a few tags what kind of case this is."""
    tags = []
    if urgent := urgency_tag(urgency):
        tags.append(Tag(*urgent))
    if carried:
        tags.append(Tag(f"Carried over {times_said(carried)}", "warning" if carried > 1 else "plain", "→"))
    if is_review:
        tags.append(Tag("Review", "plain", "↻"))
    if is_for_note:
        tags.append(Tag("For note", "plain", ""))
    return tags


def outcome_tag(state: ItemState) -> Tag | None:
    """Say what became of a case in the meeting; before it, nothing."""
    return Tag(state.label, *OUTCOMES[state]) if state in OUTCOMES else None


def times_said(number: int) -> str:
    """Say how often: 'once', 'twice', '3 times'."""
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def minutes_said(minutes: float) -> str:
    """Say minutes as a clock does: '4:30'."""
    whole, rest = divmod(round(minutes * 60), 60)
    return f"{whole}:{rest:02}"


def name_said(family_name: str, given_name: str, title: str) -> str:
    """Name a person as their banner does: 'SPECIMEN, Edith (Mrs)'."""
    return f"{family_name.upper()}, {given_name}" + (f" ({title})" if title else "")
