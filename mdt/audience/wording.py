"""The few words of a letter about a meeting."""

from datetime import datetime

from mdt.audience.rules import LetterKind

SUBJECTS = {
    LetterKind.PUBLISHED: "the list is ready",
    LetterKind.ADDED: "the list has grown",
    LetterKind.TAKEN_OFF: "a case was taken off the list",
    LetterKind.CANCELLED: "cancelled",
    LetterKind.HUDDLE: "you are asked to come",
    LetterKind.CALLED_OFF: "called off",
}


def subject_of(kind: LetterKind, name: str, starts_at: datetime) -> str:
    """Give the subject of a letter: whoever sees it over a shoulder learns that there is a meeting."""
    return f"{name}, {starts_at.day} {starts_at:%B}: {SUBJECTS[kind]}"
