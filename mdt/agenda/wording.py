"""Words of a list and of what waits for one."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from mdt.cases.rules import Urgency
from mdt.cases.wording import urgency_tag
from mdt.lists.rules import ItemState
from mdt.readiness.rules import Concern

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


def _counted(one: str, many: str, rest: str = "") -> Callable[[int], str]:
    return lambda number: f"1 case {one}{rest}." if number == 1 else f"{number} cases {many}{rest}."


# What is to be warned of before a list goes out, the gravest first.
WARNED: dict[Concern, Callable[[int], str]] = {
    Concern.WITHDRAWN: _counted("was withdrawn", "were withdrawn"),
    Concern.DIED: _counted("is of somebody who has died", "are of people who have died"),
    Concern.REFUSED: _counted(
        "is of somebody who does not want to be discussed", "are of people who do not want to be discussed"
    ),
    Concern.CHOICE: _counted("was carried over again and again", "were carried over again and again"),
    Concern.QUESTION: _counted("has no question", "have no question"),
    Concern.AWAY: _counted("needs a discipline that is not coming", "need a discipline that is not coming"),
    Concern.OBJECTION: _counted("has an objection", "have objections"),
    Concern.NOT_MET: _counted(
        "has no answer of anybody", "have no answer of anybody", " who has met the person"
    ),
    Concern.SILENT: _counted("has no contribution yet", "have no contribution yet"),
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


def publish_asked(
    found: Sequence[Concern], cases: Sequence[tuple[str, Urgency]], minutes_over: float = 0
) -> str:
    """Ask whether a list goes out: a question, what is still to be warned of, and what follows, in lines."""
    counts = Counter(found)
    warned = [sentence_of(counts[each]) for each, sentence_of in WARNED.items() if counts[each]]
    if behind := _behind_routine(cases):
        rest = f" behind routine ones: {', '.join(behind)}"
        warned.append(_counted("for this week stands", "for this week stand", rest)(len(behind)))
    if minutes_over:
        warned.append(f"The list is {minutes_said(minutes_over)} minutes too long.")
    follows = "Those who come are written to, by case number alone, and its order stays."
    return "\n".join(["Publish this list?", *(f"▲ {each}" for each in warned), follows])


def _behind_routine(cases: Sequence[tuple[str, Urgency]]) -> list[str]:
    """Return the references of those for this week that come after a routine one."""
    routine = [place for place, (_, urgency) in enumerate(cases) if urgency is Urgency.ROUTINE]
    first = min(routine, default=len(cases))
    return [ref for ref, urgency in cases[first:] if urgency is Urgency.THIS_WEEK]


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
