"""What is written in the room, when a save is too late, and what a decision needs to be confirmed. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mdt.lists.rules import ItemState
from network.vocabulary import Word

# Ended without a decision: it is opened again before anything is decided.
ENDED = frozenset({ItemState.NOTED, ItemState.CARRIED, ItemState.NOT_REACHED})

LONGEST_BLOCK = 10_000
# A save is sent again within minutes, not after twenty others.
KEYS_KEPT = 20
LONGEST_KEY = 64
# Everybody's plan is looked at once a year.
LONGEST_REVIEW = timedelta(days=366)


class BlockName(Word):
    """A part of the minutes of one case."""

    DISCUSSION = "discussion", "What was said"
    DECISION = "decision", "Decision"
    RATIONALE = "rationale", "Why"
    PUT_ASIDE = "put_aside", "Put aside"
    DISSENT = "dissent", "Who thought otherwise"


class CheckLine(Word):
    """What is asked before a decision is confirmed.

    Source: discussion checklists raised decisions reached from 82% to 93% (BMC Cancer 2022, 22:369).
    """

    ANSWERED = "answered", "Question answered"
    VIEW_HEARD = "view_heard", "Their view heard"
    GOAL_LINKED = "goal_linked", "Linked to what matters to them"
    OWNED = "owned", "Somebody owns each action"
    CARER = "carer", "Carer considered"
    REVIEW = "review", "Review date set"


# These follow from what is on the screen; nobody ticks them.
FOLLOWING = frozenset({CheckLine.VIEW_HEARD, CheckLine.OWNED, CheckLine.REVIEW})


@dataclass(frozen=True)
class Written:
    """What the boxes of a case hold that is read back as its decision."""

    words: str = ""
    rationale: str = ""
    put_aside: str = ""
    dissent: str = ""


@dataclass(frozen=True)
class Missing:
    """What a decision still needs to be confirmed: which box, and what to do."""

    box: str
    sentence: str


def missing_to_confirm(decision: str, has_view: bool) -> list[Missing]:
    """Name what is missing before a decision can be read back; the rest of the checklist reminds only."""
    missing = []
    if not decision.strip():
        missing.append(Missing("decision", "Write down the decision."))
    if not has_view:
        missing.append(Missing("view_heard", "Say how the person's own view came into the room."))
    return missing


def ticked(
    by_hand: Collection[str], has_view: bool, actions: int, has_review: bool, has_goal: bool
) -> list[str]:
    """Return the lines of the checklist that are ticked, by hand or by what is on the screen."""
    follows = {
        CheckLine.VIEW_HEARD: has_view,
        # Every action has an owner from the start: the line asks whether there is one.
        CheckLine.OWNED: actions > 0,
        CheckLine.REVIEW: has_review,
        # What matters to somebody is more than their goals: the line is ticked by hand, too.
        CheckLine.GOAL_LINKED: has_goal or CheckLine.GOAL_LINKED.value in by_hand,
    }
    return [line.value for line in CheckLine if follows.get(line, line.value in by_hand)]


def number_of_save(keys: Sequence[str], number: int, key: str) -> int | None:
    """Return the number that a save with this key was given, None where it is new."""
    return number - keys.index(key) if key in keys else None


def keys_after(keys: Sequence[str], key: str) -> list[str]:
    """Return the keys to keep after one more save, the newest first."""
    return [key, *keys][:KEYS_KEPT]


def wrong_with_block(words: str) -> str:
    """Say what is wrong with the words of a block, or nothing."""
    if len(words) > LONGEST_BLOCK:
        return f"Shorten this box to {LONGEST_BLOCK:,} characters: it has {len(words):,}."
    return ""


def wrong_with_key(key: str) -> str:
    """Say what is wrong with the key of a save, or nothing."""
    return "" if 0 < len(key) <= LONGEST_KEY else "Load the page again: it sent something we cannot read."


def review_ahead(due: date | None, today: date) -> date | None:
    """Return the day of a review that is still to come: the one for which a case is looked at now is none."""
    return due if due is not None and due > today else None


def wrong_with_review(due: date, today: date) -> str:
    """Say what is wrong with the day of a review, or nothing."""
    if due <= today:
        return "Enter a day after today for the review."
    if due > today + LONGEST_REVIEW:
        return "Enter a day within a year for the review."
    return ""
