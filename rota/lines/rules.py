"""Lines of demand of one rota alone: how they differ from the week that is usual."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from network.vocabulary import Activity, RoleGroup, SessionKind
from rota.demand.rules import Closed, SiteWant, lines_for


class Numbers(NamedTuple):
    """How many people a line asks for: at least, desired, at most."""

    minimum: int
    desired: int
    maximum: int

    @property
    def said(self) -> str:
        return f"{self.minimum} / {self.desired} / {self.maximum}"


NOBODY = Numbers(0, 0, 0)


class Slot(NamedTuple):
    """What a line asks for, beside how many: where, when, whom and what for."""

    site_id: uuid.UUID
    day: date
    kind: SessionKind
    role_group: RoleGroup
    activity: Activity


def usual_numbers(
    days: Iterable[date], templates: Iterable[SiteWant], closures: Iterable[Closed]
) -> Mapping[Slot, Numbers]:
    """Give what the weekly demand would ask for on these days."""
    templates, closures = tuple(templates), tuple(closures)
    found: dict[Slot, Numbers] = {}
    for day in days:
        for line in lines_for(day, templates, closures):
            want = line.want
            slot = Slot(line.site_id, day, want.kind, want.role_group, want.activity)
            found[slot] = Numbers(want.minimum, want.desired, want.maximum)
    return found


@dataclass(frozen=True)
class Difference:
    """How a line stands to the usual week: as usual, or what is usual instead."""

    usual: Numbers | None

    @property
    def said(self) -> str:
        return f"usually {self.usual.said}" if self.usual and self.usual != NOBODY else "not usual"


def difference(numbers: Numbers, usual: Numbers | None) -> Difference | None:
    """Say how a line differs from the usual week, None where it does not."""
    return None if numbers == (usual or NOBODY) else Difference(usual)
