"""How notices are told: states, and the few words of a letter."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from rota.notices.rules import LetterKind, NoticeState


class StateTag(NamedTuple):
    """A state's word, its tone, and the mark that says the same without colour."""

    text: str
    tone: str
    mark: str


TAGS = {
    NoticeState.UNSEEN: ("warning", "!"),
    NoticeState.SEEN: ("plain", "\N{EN DASH}"),
    NoticeState.IN_PERSON: ("good", "\N{CHECK MARK}"),
    NoticeState.CONFIRMED: ("good", "\N{CHECK MARK}"),
}


def state_tag(state: NoticeState) -> StateTag:
    return StateTag(state.label, *TAGS[state])


def subject_of(kind: LetterKind, is_first: bool, starts_on: date) -> str:
    """Give the subject of a letter: whoever sees it over a shoulder learns no more than that there is one."""
    said = (
        f"Your rota from {starts_on.day} {starts_on:%B}"
        if is_first
        else f"Your rota from {starts_on.day} {starts_on:%B} has changed"
    )
    return f"Reminder: {said[0].lower()}{said[1:]}" if kind is LetterKind.REMINDER else said


def dates_said(days: Iterable[date]) -> list[str]:
    """List days once each, in order: 'Monday 7 December'."""
    return [f"{day:%A} {day.day} {day:%B}" for day in sorted(set(days))]
