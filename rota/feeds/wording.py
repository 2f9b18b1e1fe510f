"""A calendar as text (RFC 5545). Times are in UTC, which no change of the clocks can shift."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Calendar
from icalendar import Event as CalendarEvent

from rota.feeds.rules import Event, HalfDay, StayEvent

REFRESH = timedelta(hours=1)
A_DAY_OLD = "Calendars may show this a day late. What counts is your page in Quorate:"


@dataclass(frozen=True)
class Placed:
    """An event with the words for its place."""

    event: Event
    site: str
    address: str

    @property
    def summary(self) -> str:
        activity = self.event.held.activity
        return f"{activity}, {self.site}" if self.site else f"{activity}, remote"

    @property
    def location(self) -> str:
        return ", ".join(part for part in (self.site, self.address) if part)


def calendar_of(
    placed: Iterable[Placed],
    page: str,
    stays: Iterable[StayEvent] = (),
    half_days: Iterable[HalfDay] = (),
    training_page: str = "",
) -> bytes:
    """Write a calendar; the pages are where somebody sees what holds now."""
    calendar = Calendar()
    calendar.add("prodid", "-//Quorate//My rota//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "My rota")
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for each in placed:
        calendar.add_component(_event(each, page))
    for stay in stays:
        calendar.add_component(_stay(stay, training_page))
    for half_day in half_days:
        calendar.add_component(_half_day(half_day, training_page))
    text: bytes = calendar.to_ical()
    return text


def _event(placed: Placed, page: str) -> CalendarEvent:
    event = placed.event
    shown = _begun(event.uid, event.sequence, event.changed_at)
    shown.add("dtstart", event.held.starts.astimezone(UTC))
    shown.add("dtend", event.held.ends.astimezone(UTC))
    shown.add("summary", placed.summary)
    if placed.location:
        shown.add("location", placed.location)
    shown.add("description", f"{A_DAY_OLD} {page}")
    shown.add("status", "CONFIRMED")
    return shown


def _stay(event: StayEvent, page: str) -> CalendarEvent:
    """Write a placement as whole days, which keep no hour of theirs busy."""
    stay = event.stay
    shown = _begun(event.uid, event.sequence, event.changed_at)
    shown.add("dtstart", stay.starts_on)
    # A calendar ends whole days on the morning after.
    shown.add("dtend", stay.ends_on + timedelta(1))
    shown.add("summary", stay.summary)
    shown.add("location", stay.location)
    shown.add("description", "\n".join((*stay.known, f"{A_DAY_OLD} {page}")))
    shown.add("transp", "TRANSPARENT")
    shown.add("status", "CONFIRMED")
    return shown


def _half_day(half_day: HalfDay, page: str) -> CalendarEvent:
    shown = _begun(half_day.uid, 0, half_day.made_at)
    shown.add("dtstart", half_day.starts.astimezone(UTC))
    shown.add("dtend", half_day.ends.astimezone(UTC))
    shown.add("summary", half_day.summary)
    shown.add("location", half_day.location)
    shown.add("description", f"{A_DAY_OLD} {page}")
    shown.add("status", "CONFIRMED")
    return shown


def _begun(uid: str, sequence: int, changed_at: datetime) -> CalendarEvent:
    """Begin an event with its name, and with how often and when it changed."""
    shown = CalendarEvent()
    shown.add("uid", uid)
    shown.add("sequence", sequence)
    for name in ("dtstamp", "last-modified"):
        shown.add(name, changed_at.astimezone(UTC).replace(microsecond=0))
    return shown
