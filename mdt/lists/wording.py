"""Sentences about lists."""

from datetime import datetime

from mdt.lists.rules import ItemState


def list_said(name: str, starts_at: datetime) -> str:
    """Name a meeting and its day: 'Frailty MDT, 9 December'."""
    return f"{name}, {starts_at.day} {starts_at:%B}"


def passed_on_said(state: ItemState, meeting: str) -> str:
    """Say why a case goes on to the next list."""
    return f"{state.label} in {meeting}"
