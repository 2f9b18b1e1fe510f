"""How the room says things."""

from datetime import date


def said_due(day: date) -> str:
    return f"{day.day} {day:%b}"
