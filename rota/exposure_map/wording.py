"""How half-days with other disciplines are said."""

from datetime import date, time

from network.organisations.rules import WEEKDAYS
from network.vocabulary import SessionKind
from rota.exposure_map.rules import ExposureMap, SeenOf


def every_said(weekday: int, kind: SessionKind, starts: time, ends: time) -> str:
    """Say when a half-day is held: 'Thursdays, AM, 09:00 to 12:30'."""
    return f"{WEEKDAYS[weekday]}s, {kind.label}, {starts:%H:%M} to {ends:%H:%M}"


def seen_said(row: SeenOf) -> str:
    """Say what was seen of a discipline: '2 half-days, 1 to come'."""
    parts = []
    if row.half_days or not row.weeks:
        parts.append(f"{row.half_days} {'half-day' if row.half_days == 1 else 'half-days'}")
    if row.weeks:
        parts.append(f"{row.weeks} {'week' if row.weeks == 1 else 'weeks'} placed")
    if row.coming:
        parts.append(f"{row.coming} to come")
    return ", ".join(parts)


def missing_said(seen: ExposureMap) -> str:
    """Name the disciplines that are still to be seen, or nothing."""
    named = ", ".join(each.label.lower() for each in seen.missing)
    return f"Still to see: {named}." if named else ""


def day_said(day: date) -> str:
    """Say a day on a list to choose from: 'Thursday 17 December'."""
    return f"{day:%A} {day.day} {day:%B}"
