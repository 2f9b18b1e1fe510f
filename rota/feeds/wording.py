"""A calendar as text (RFC 5545). Times are in UTC, which no change of the clocks can shift."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, timedelta

from icalendar import Calendar
from icalendar import Event as CalendarEvent

from rota.feeds.rules import Event

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


def calendar_of(placed: Iterable[Placed], page: str) -> bytes:
    """Write a calendar; `page` is where somebody sees what holds now."""
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
    text: bytes = calendar.to_ical()
    return text


def _event(placed: Placed, page: str) -> CalendarEvent:
    event, shown = placed.event, CalendarEvent()
    shown.add("uid", event.uid)
    shown.add("sequence", event.sequence)
    for name in ("dtstamp", "last-modified"):
        shown.add(name, event.changed_at.astimezone(UTC).replace(microsecond=0))
    shown.add("dtstart", event.held.starts.astimezone(UTC))
    shown.add("dtend", event.held.ends.astimezone(UTC))
    shown.add("summary", placed.summary)
    if placed.location:
        shown.add("location", placed.location)
    shown.add("description", f"{A_DAY_OLD} {page}")
    shown.add("status", "CONFIRMED")
    return shown
