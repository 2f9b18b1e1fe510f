"""Rooms and supervision in words."""

from collections.abc import Sequence

from network.vocabulary import RoomKind
from rota.capacity.rules import Guidance, Rooms


def number_text(free: int) -> str:
    """Write what is left, with a true minus where it is less than nothing."""
    return f"−{-free}" if free < 0 else str(free)


def rooms_said(site: str, rooms: Sequence[Rooms]) -> str:
    """Say what rooms are left: 'ELM: 2 of 6 consulting rooms free, 1 treatment room too few'."""
    return f"{site}: " + ", ".join(_kind_said(each) for each in rooms)


def _kind_said(rooms: Rooms) -> str:
    kind = RoomKind(rooms.kind).label.lower()
    if rooms.free < 0:
        return f"{-rooms.free} {kind}{'' if rooms.free == -1 else 's'} too few"
    return f"{rooms.free} of {rooms.there} {kind}{'' if rooms.there == 1 else 's'} free"


def guidance_said(site: str, guidance: Guidance) -> str:
    """Say how supervision stands: 'ELM: learners need 60 of 90 minutes of supervision, 30 free'."""
    if not guidance.needed:
        return f"{site}: no learners, {guidance.given} minutes of supervision free"
    left = f"{guidance.free} free" if guidance.free >= 0 else f"{-guidance.free} too few"
    return f"{site}: learners need {guidance.needed} of {guidance.given} minutes of supervision, {left}"
