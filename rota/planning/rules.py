"""Which part of a rota is to be filled, and what stays as it stands."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from network.vocabulary import RoleGroup
from rota.funding.rules import PAYERS
from rota.solver.staff_rota import Payer, Placement

# What each stream pays for, as the solver takes it.
PAYING = {
    stream.value: Payer(
        frozenset(role.value for role in payer.roles),
        frozenset(activity.label for activity in payer.activities),
    )
    for stream, payer in PAYERS.items()
}


@dataclass(frozen=True)
class Ask:
    """Which part of a rota is to be filled; None is no limit. `only_empty` leaves all that stands."""

    site_id: uuid.UUID | None = None
    role_group: RoleGroup | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    only_empty: bool = False

    @property
    def is_everywhere(self) -> bool:
        return self == Ask(only_empty=self.only_empty)

    def has(self, site_id: uuid.UUID | None, role_group: RoleGroup, day: date) -> bool:
        """Say whether a line of demand lies in the part."""
        return (
            self.site_id in (None, site_id)
            and self.role_group in (None, role_group)
            and (self.starts_on is None or self.starts_on <= day)
            and (self.ends_on is None or day <= self.ends_on)
        )


EVERYTHING = Ask()


def wrong_with_days(starts_on: date | None, ends_on: date | None, first: date, last: date) -> str:
    """Say what is wrong with the days to be filled, or nothing."""
    days = [each for each in (starts_on, ends_on) if each]
    if any(not first <= each <= last for each in days):
        return f"Choose days of this rota: {first.day} {first:%B} to {last.day} {last:%B}."
    if starts_on and ends_on and ends_on < starts_on:
        return "The last day must be on or after the first day."
    return ""


def kept_from(
    plan: Iterable[Placement], pins: Iterable[Placement], free: Iterable[Placement]
) -> list[Placement]:
    """Give what a filling must leave as it stands: all but what it was left free to move."""
    movable = set(free) - set(pins)
    return sorted({*plan, *pins} - movable)
