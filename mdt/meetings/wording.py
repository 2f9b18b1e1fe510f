"""Words and colours of meetings."""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

from icalendar import Calendar
from icalendar import Event as CalendarEvent

from mdt.meetings.rules import AttendanceState, MeetingState, Quorum
from network.vocabulary import Discipline

ENGLAND = ZoneInfo("Europe/London")
M, A = MeetingState, AttendanceState


class Tag(NamedTuple):
    """How a state is shown: never by colour alone."""

    text: str
    tone: str
    mark: str


class Answered(Protocol):
    """Somebody expected, as far as their answer asks."""

    @property
    def state(self) -> AttendanceState: ...

    @property
    def deputy(self) -> str: ...

    @property
    def answered_at(self) -> datetime | None: ...


class Dated(Protocol):
    """A meeting, as far as a calendar asks."""

    @property
    def id(self) -> uuid.UUID: ...

    @property
    def name(self) -> str: ...

    @property
    def starts_at(self) -> datetime: ...

    @property
    def minutes(self) -> int: ...

    @property
    def place(self) -> str: ...

    @property
    def state(self) -> MeetingState: ...

    @property
    def row_version(self) -> int: ...


MEETING_TONES = {
    M.PLANNED: ("draft", ""),
    M.PUBLISHED: ("good", "✓"),
    M.RUNNING: ("warning", "▶"),
    M.MINUTES_DRAFT: ("warning", "▲"),
    M.SIGNED: ("done", "✓"),
    M.CANCELLED: ("bad", "✕"),
}


def meeting_tag(state: MeetingState) -> Tag:
    return Tag(state.label, *MEETING_TONES[state])


def answer_tag(attendance: Answered) -> Tag:
    """Say whether somebody comes, or came."""
    if attendance.state is A.PRESENT:
        return Tag("Present", "good", "✓")
    if attendance.state is A.APOLOGIES:
        return Tag("Apologies", "bad", "✕")
    if attendance.state is A.DEPUTY:
        return Tag(f"Deputy came: {attendance.deputy}", "good", "✓")
    if attendance.deputy:
        return Tag(f"Deputy comes: {attendance.deputy}", "good", "✓")
    return Tag("Coming", "good", "✓") if attendance.answered_at else Tag("Not answered yet", "plain", "?")


def counts_said(attendances: Iterable[Answered]) -> str:
    """Say how many come, do not come and have not answered: '3 coming, 1 with apologies, 2 not answered'."""
    counts = Counter(
        "with apologies"
        if each.state is A.APOLOGIES
        else "coming"
        if each.answered_at or each.deputy or each.state is not A.EXPECTED
        else "not answered yet"
        for each in attendances
    )
    order = ("coming", "with apologies", "not answered yet")
    return ", ".join(f"{counts[kind]} {kind}" for kind in order if counts[kind])


def when_said(starts_at: datetime) -> str:
    """Say when a meeting is: 'Thursday 10 December 2026, 13:00'."""
    local = starts_at.astimezone(ENGLAND)
    return f"{local:%A} {local.day} {local:%B %Y}, {local:%H:%M}"


def quorum_said(required: Mapping[str, int]) -> str:
    """Say what makes a quorum: 'Pharmacy, 2 of nursing', or that nothing does."""
    asked = [(each, required[each.value]) for each in Discipline if required.get(each.value)]
    said = [one.label if number == 1 else f"{number} of {one.label.lower()}" for one, number in asked]
    return ", ".join(said) or "Not set: any number may decide"


def likely_said(quorum: Quorum) -> str:
    """Say whether the quorum will be there if all come who have not said otherwise."""
    if quorum.is_met:
        return "The quorum will be there if all come who have not said otherwise."
    missing = ", ".join(each.label.lower() for each in quorum.waiting)
    return f"The quorum is not there yet. Nobody is coming, or too few are, for: {missing}."


def calendar_of(meeting: Dated, page: str, written_at: datetime) -> bytes:
    """Write one date as a calendar (RFC 5545): its name, time and place, and no word about any patient."""
    calendar, event = Calendar(), CalendarEvent()
    calendar.add("prodid", "-//Quorate//Meeting//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    event.add("uid", f"{meeting.id}@quorate")
    event.add("sequence", meeting.row_version)
    event.add("dtstamp", written_at.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", meeting.starts_at.astimezone(UTC))
    event.add("dtend", (meeting.starts_at + timedelta(minutes=meeting.minutes)).astimezone(UTC))
    event.add("summary", meeting.name)
    if meeting.place:
        event.add("location", meeting.place)
    event.add("description", page)
    event.add("status", "CANCELLED" if meeting.state is M.CANCELLED else "CONFIRMED")
    calendar.add_component(event)
    text: bytes = calendar.to_ical()
    return text
