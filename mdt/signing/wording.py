"""What the minutes of a meeting say of the meeting itself: who was there, when and where, and the quorum."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol

from mdt.meetings.rules import AttendanceState, Quorum
from mdt.meetings.wording import ENGLAND
from network.vocabulary import Discipline

A = AttendanceState


class Organised(Protocol):
    """An organisation, as far as it is named."""

    @property
    def short_name(self) -> str: ...


class Attended(Protocol):
    """Somebody expected at a meeting, as far as its minutes name them."""

    @property
    def name(self) -> str: ...

    @property
    def deputy(self) -> str: ...

    @property
    def discipline(self) -> Discipline: ...

    @property
    def state(self) -> AttendanceState: ...

    @property
    def organisation(self) -> Organised: ...


def who_said(attendances: Iterable[Attended]) -> list[tuple[str, str]]:
    """Say who was there, who sent a deputy or apologies, and who was not seen."""
    people = list(attendances)
    said = {
        state: "; ".join(_named(each) for each in people if each.state is state) for state in AttendanceState
    }
    always = [("Present", said[A.PRESENT] or "Nobody was noted")]
    others = [
        ("Deputies", said[A.DEPUTY]),
        ("Apologies", said[A.APOLOGIES]),
        ("Expected, not seen", said[A.EXPECTED]),
    ]
    return always + [(label, names) for label, names in others if names]


def hours_said(began_at: datetime | None, ended_at: datetime | None) -> str:
    """Say from when to when a meeting went: '13:02 to 13:58'."""
    if began_at is None:
        return "Not noted"
    began = f"{began_at.astimezone(ENGLAND):%H:%M}"
    return f"{began} to {ended_at.astimezone(ENGLAND):%H:%M}" if ended_at else f"{began}, not ended yet"


def quorum_was_said(required: Mapping[str, int], quorum: Quorum) -> str:
    """Say whether those were there without whom nothing is decided, or whom the meeting waited for."""
    if not (quorum.have or quorum.waiting):
        return "Not set: any number may decide"
    if quorum.is_met:
        return f"✓ Met: {_counted(required, quorum.have)}"
    return f"▲ Not met: waiting for {_counted(required, quorum.waiting)}"


def _counted(required: Mapping[str, int], disciplines: Iterable[Discipline]) -> str:
    asked = [(each.label.lower(), required[each.value]) for each in disciplines]
    return ", ".join(name if number == 1 else f"{number} of {name}" for name, number in asked)


def _named(each: Attended) -> str:
    where = f"{each.discipline.label.lower()}, {each.organisation.short_name}"
    who = f"{each.deputy} for {each.name}" if each.state is A.DEPUTY and each.deputy else each.name
    return f"{who} ({where})"
