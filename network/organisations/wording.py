"""How opening hours and rooms are put into words."""

from collections.abc import Iterable, Mapping
from datetime import time
from typing import Any, Protocol

from network.organisations.rules import WEEK_ROWS, WEEKDAYS, RoomAttribute
from network.vocabulary import SessionKind

CLOSED = "–"


class Opening(Protocol):
    """A weekly session of a site."""

    weekday: Any
    kind: Any
    starts_at: Any
    ends_at: Any


Week = list[tuple[str, list[str]]]


def week_of(openings: Iterable[Opening]) -> Week:
    """Put opening hours into rows of a day's name and its hours, column by column; empty where never open."""
    hours: Mapping[tuple[int, SessionKind], tuple[time, time]] = {
        (opening.weekday, opening.kind): (opening.starts_at, opening.ends_at) for opening in openings
    }
    rows = [
        (WEEKDAYS[weekday], [_span(hours.get((weekday, kind))) if kind else "" for kind in kinds])
        for weekday, kinds in WEEK_ROWS
    ]
    return rows if hours else []


def offers(attributes: Mapping[str, Any]) -> list[str]:
    """Name what a room offers."""
    return [attribute.label for attribute in RoomAttribute if attributes.get(attribute.value)]


def _span(times: tuple[time, time] | None) -> str:
    return f"{times[0]:%H:%M} to {times[1]:%H:%M}" if times else CLOSED
