"""Kinds of clinic for a network to begin from, and what can be wrong with a pack of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from network.vocabulary import EquipmentKind, FundingStream, RoleGroup, RoomKind
from rota.clinics.rules import (
    Design,
    SeatDesign,
    pair_read,
    troubles_of,
    wrong_with_design,
    wrong_with_seat,
)


@dataclass(frozen=True)
class Example:
    """A kind of clinic with its seats, for a network to begin from."""

    key: str
    design: Design
    seats: tuple[SeatDesign, ...]


def examples_of(raw: Iterable[Mapping[str, Any]]) -> dict[str, Example]:
    """Check a pack of examples as it was read; what does not fit is a ValueError that names it."""
    found: dict[str, Example] = {}
    for entry in raw:
        example = _as_example(entry)
        wrong = [*wrong_with_design(example.design).values(), *troubles_of(example.design, example.seats)]
        for seat in example.seats:
            wrong += [f"{seat.role_group.label}: {said}" for said in wrong_with_seat(seat).values()]
        if wrong:
            raise ValueError(f"{example.key}: {wrong[0]}")
        if example.key in found:
            raise ValueError(f"{example.key} stands twice.")
        found[example.key] = example
    return found


def _as_example(entry: Mapping[str, Any]) -> Example:
    plain = {**entry, **{name: entry.get(name, {}) for name in ("rooms", "equipment")}}
    key, seats = plain.pop("key"), plain.pop("seats")
    plain["rooms"] = {RoomKind(kind): number for kind, number in plain["rooms"].items()}
    plain["equipment"] = {EquipmentKind(kind): number for kind, number in plain["equipment"].items()}
    plain["together"] = tuple(pair_read(pair) for pair in plain.get("together", ()))
    return Example(key, Design(**plain), tuple(map(_as_seat, seats)))


def _as_seat(entry: Mapping[str, Any]) -> SeatDesign:
    plain = {**entry, "role_group": RoleGroup(entry["role_group"])}
    plain["competencies"] = tuple(entry.get("competencies", ()))
    if room := entry.get("room"):
        plain["room"] = RoomKind(room)
    if funding := entry.get("funding"):
        plain["funding"] = FundingStream(funding)
    return SeatDesign(**plain)
