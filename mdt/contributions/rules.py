"""States of a contribution, what is given with it, and who may read it. Pure."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from mdt.panels.rules import Answer, Panel
from mdt.sharing.rules import Standing
from network.vocabulary import Discipline, Word

LONGEST_WORDS = 4000
LONGEST_LINE = 500
ANSWER_WITHIN = timedelta(days=7)
# A year mistyped would let a guest know of somebody for as long.
LONGEST_WAIT = timedelta(days=92)
# A guest knows of somebody for as long as the answer and the meeting take, and no longer.
GUEST_STAYS = timedelta(days=28)
# Whoever was asked sees what became of it, and then no more.
LOOK_BACK = timedelta(days=14)


class ContributionState(Word):
    REQUESTED = "requested", "Asked"
    GIVEN = "given", "Given"
    NOTHING_TO_ADD = "nothing_to_add", "Nothing to add"
    NOT_KNOWN = "not_known_to_us", "Not known to us"
    CANNOT_SHARE = "cannot_share", "Cannot share"
    WITHDRAWN = "withdrawn", "Asked no more"


C = ContributionState

ANSWERED = frozenset({C.GIVEN, C.NOTHING_TO_ADD, C.NOT_KNOWN, C.CANNOT_SHARE})

MOVES: dict[ContributionState, frozenset[ContributionState]] = {
    C.REQUESTED: ANSWERED | {C.WITHDRAWN},
    # What was given stays as it was given: changed, it is a new row.
    C.GIVEN: frozenset(),
    # A slip of the finger is taken back.
    C.NOTHING_TO_ADD: frozenset({C.REQUESTED}),
    C.NOT_KNOWN: frozenset({C.REQUESTED}),
    C.CANNOT_SHARE: frozenset({C.REQUESTED}),
    C.WITHDRAWN: frozenset({C.REQUESTED}),
}


class Visibility(Word):
    ALL = "all", "Everybody on the case"
    CLINICAL = "clinical", "Clinical and social care members"
    NAMED = "named", "Named disciplines only"


@dataclass(frozen=True)
class Given:
    """What somebody says for their discipline."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    words: str = ""
    offer: str = ""
    need: str = ""
    has_met: bool | None = None
    last_seen_on: date | None = None
    visibility: Visibility = Visibility.CLINICAL
    named: tuple[Discipline, ...] = ()


def wrong_with_given(given: Given, panel: Panel, today: date) -> str:
    """Say what is wrong with a contribution, or nothing."""
    if not (given.answers or given.words.strip() or given.offer.strip() or given.need.strip()):
        return "Answer at least one question. If there is nothing to say, choose 'Nothing to add'."
    fields = {each.name: each for each in panel.fields}
    for name, answer in given.answers.items():
        if name not in fields:
            return "One of these questions is asked no more. Look at the questions again, then send."
        if wrong := fields[name].wrong_with(answer.value, today):
            return wrong
        if answer.as_at > today:
            return f"{fields[name].label}: enter a day up to today for when this was known."
    if given.last_seen_on is not None and given.last_seen_on > today:
        return "Last seen: enter a day up to today."
    if len(given.words) > LONGEST_WORDS:
        return f"Shorten what you know to {LONGEST_WORDS:,} characters."
    if max(len(given.offer), len(given.need)) > LONGEST_LINE:
        return f"Shorten what you offer and what you need to {LONGEST_LINE} characters each."
    if given.visibility is Visibility.NAMED and not given.named:
        return "Choose the disciplines that may read this."
    return ""


def may_read(visibility: Visibility, named: Collection[str], standing: Standing) -> bool:
    """Say whether somebody who may know of the person may also read what a discipline said."""
    if visibility is Visibility.ALL:
        return True
    if visibility is Visibility.CLINICAL:
        return standing.is_clinical
    return bool(set(named) & {each.value for each in standing.disciplines})


def wrong_with_due(due_on: date, today: date) -> str:
    """Say what is wrong with the day by which an answer is needed, or nothing."""
    if due_on < today:
        return "Enter a day from today on by which the answer is needed."
    if due_on > today + LONGEST_WAIT:
        return "Enter a day within the next three months by which the answer is needed."
    return ""


def guest_until(today: date, due_on: date | None) -> date:
    """Return the last day on which a guest may know of somebody."""
    return max(today, due_on or today) + GUEST_STAYS


def is_late(due_on: date | None, today: date) -> bool:
    return due_on is not None and due_on < today


def as_kept(answers: Mapping[str, Answer]) -> str:
    """Write answers down as they are kept."""
    return json.dumps(
        {name: {"value": each.value, "as_at": each.as_at.isoformat()} for name, each in answers.items()}
    )


def as_answers(kept: str) -> dict[str, Answer]:
    """Read answers as they were kept."""
    return {
        name: Answer(each["value"], date.fromisoformat(each["as_at"]))
        for name, each in json.loads(kept or "{}").items()
    }
