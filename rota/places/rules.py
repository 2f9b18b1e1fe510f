"""Places in one-stop clinics that are asked for by an opaque token: what is asked, and what becomes of it."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, time

from network.vocabulary import Discipline, Priority, Word

LONGEST_TRAVEL = 240


class PlaceState(Word):
    WAITING = "waiting", "Asked for"
    PLANNED = "planned", "Planned"
    USED = "used", "Used"
    WITHDRAWN = "withdrawn", "Given back"


@dataclass(frozen=True)
class Asked:
    """What a place is asked for. Whose it is stays with whoever asked: they join it to the token.

    `from_key` names the asking itself, so that asking twice gives the same token. No disciplines means all
    of the clinic type's. `home_site_id` is the site that those who come live near.
    """

    from_key: uuid.UUID
    clinic_type_id: uuid.UUID
    disciplines: frozenset[Discipline] = frozenset()
    home_site_id: uuid.UUID | None = None
    priority: Priority = Priority.ROUTINE
    due: date | None = None
    step_free: bool = False
    longest_minutes: int | None = None


@dataclass(frozen=True)
class Waiting:
    """How many places wait that are alike in all that planning asks."""

    clinic_type_id: uuid.UUID
    home_site_id: uuid.UUID | None
    disciplines: frozenset[Discipline]
    priority: Priority
    due: date | None
    step_free: bool
    longest_minutes: int | None
    count: int


@dataclass(frozen=True)
class PlaceStatus:
    """What became of a place: where and when it is, once it is planned.

    `lost` says that it was planned before and its clinic was closed; `moved` that its clinic was moved since
    the place was planned in it.
    """

    token: uuid.UUID
    state: PlaceState
    clinic_type_id: uuid.UUID
    clinic: str
    due: date | None = None
    priority: Priority = Priority.ROUTINE
    lost: bool = False
    moved: bool = False
    session_id: uuid.UUID | None = None
    day: date | None = None
    starts: time | None = None
    ends: time | None = None
    site_id: uuid.UUID | None = None
    site: str = ""
    number: int | None = None


@dataclass(frozen=True)
class Slot:
    """A clinic in which a place could still be had, and how it suits: in time, and minutes from home."""

    session_id: uuid.UUID
    day: date
    starts: time
    ends: time
    site_id: uuid.UUID
    site: str
    free: int
    minutes: int | None
    is_in_time: bool
    is_near_enough: bool
    is_accessible: bool

    @property
    def suits(self) -> bool:
        """Say whether nothing speaks against it."""
        return self.is_in_time and self.is_near_enough and self.is_accessible


@dataclass(frozen=True)
class ClinicOffered:
    """A kind of clinic that places can be asked for in."""

    id: uuid.UUID
    name: str
    disciplines: tuple[Discipline, ...]


def free_numbers(most: int, taken: Collection[int]) -> list[int]:
    """Give the numbers of the places that are free, of so many.

    >>> free_numbers(4, {1, 3})
    [2, 4]
    """
    return [number for number in range(1, most + 1) if number not in taken]


def in_order(slots: Iterable[Slot]) -> tuple[Slot, ...]:
    """Put slots in the order in which they suit: accessible, in reach and in time, then the soonest."""
    return tuple(
        sorted(
            slots,
            key=lambda slot: (
                not slot.is_accessible,
                not slot.is_near_enough,
                not slot.is_in_time,
                slot.day,
                slot.minutes or 0,
                slot.starts,
                slot.site,
            ),
        )
    )


def wrong_with(asked: Asked) -> str:
    """Say what is wrong with what is asked for, or nothing."""
    if asked.longest_minutes is not None and not 0 <= asked.longest_minutes <= LONGEST_TRAVEL:
        return f"Enter a longest journey from 0 to {LONGEST_TRAVEL} minutes."
    return ""
