"""What a list-builder is told of how a case is prepared."""

from mdt.readiness.rules import Concern, Prepared
from network.vocabulary import Discipline

BARS_SAID = {
    Concern.WITHDRAWN: "This case was withdrawn: take it off the list.",
    Concern.DIED: "This person has died.",
    Concern.REFUSED: "This person does not want to be discussed.",
    Concern.QUESTION: "This case has no question for the meeting.",
}


def bar_said(concern: Concern) -> str:
    """Say what keeps a case off a list."""
    return BARS_SAID[concern]


def concern_said(concern: Concern, prepared: Prepared) -> str:
    """Say what a list-builder should know, and what to do about it."""
    if concern is Concern.CHOICE:
        return f"Carried over {prepared.carried} times in a row: the chair chooses what becomes of it."
    if concern is Concern.AWAY:
        away = " or ".join(Discipline(word).label.lower() for word in sorted(prepared.away))
        return f"Nobody from {away} is coming."
    if concern is Concern.OBJECTION:
        return f"{'. '.join(prepared.objections)}."
    if concern is Concern.NOT_MET:
        return "Nobody who answered has met this person: call or visit them first."
    if concern is Concern.SILENT:
        return "No contribution yet, and nobody is known to have met this person."
    return bar_said(concern)
