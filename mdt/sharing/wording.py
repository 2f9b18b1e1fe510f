"""Sentences about sharing."""

from collections.abc import Sequence
from typing import Protocol

from mdt.sharing.rules import ObjectionScope, Reason, Relation
from network.plumbing.templating import moment
from network.vocabulary import Discipline

WHY = {
    Reason.REFERRED: "You see this because your organisation referred this person.",
    Reason.REGISTERED: "You see this because this person is registered with your practice.",
    Reason.ASKED: "You see this because your organisation is asked for its contribution.",
    Reason.MEETING: "You see this because you are invited to the meeting that discusses this person.",
    Reason.ACTION: "You see this because you have an action for this person.",
    Reason.COORDINATES: "You see this because you coordinate care in this network.",
    Reason.GUEST: "You see this because you were asked as a guest.",
    Reason.LEARNING: "You see this because you were let in to learn, and the person was told.",
    Reason.EMERGENCY: "You see this because you opened it in an emergency; the coordinators were told.",
    Reason.DANGER: (
        "You see this because you opened it since somebody was in danger; the coordinators were told."
    ),
}


class Held(Protocol):
    """An access, as far as its reason goes."""

    @property
    def relation(self) -> Relation: ...


def why_said(held: Held) -> str:
    """Say in one sentence why somebody may see a person."""
    relation = held.relation
    if relation.ends_at is not None:
        return f"{WHY[relation.reason]} Until {moment(relation.ends_at)}."
    until = f" Until {relation.ends_on.day} {relation.ends_on:%B %Y}." if relation.ends_on else ""
    return WHY[relation.reason] + until


def objection_said(
    scope: ObjectionScope, organisation: str = "", discipline: Discipline | None = None, topic: str = ""
) -> str:
    """Say what somebody does not want shared."""
    if scope is ObjectionScope.ORGANISATION:
        return f"Not to be shared with {organisation}"
    if scope is ObjectionScope.DISCIPLINE and discipline:
        return f"Not to be shared with {discipline.label.lower()}"
    if scope is ObjectionScope.TOPIC:
        return f"Not to be told: {topic}" if topic else "One topic is not to be told"
    return "Not to be discussed at all"


def told_said(told: Sequence[str]) -> str:
    """Name those who know already, so that somebody can talk with them."""
    if not told:
        return "Nobody had been told before."
    return f"Told before, and to be spoken with: {', '.join(told)}."
