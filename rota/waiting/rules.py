"""People who wait for a clinic, as planning takes them."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from network.vocabulary import Discipline
from rota.bundles.rules import WEIGHTS, Counted, Need, disciplines_needed
from rota.solver.staff_rota.clinics import Bundle


@dataclass(frozen=True)
class ToPlan:
    """A bundle of the solver, and whom it stands for: people entered, people asked for, or both."""

    bundle: Bundle
    row: Counted

    @property
    def bundle_id(self) -> uuid.UUID | None:
        """The bundle that was entered, if any was."""
        return self.row.bundle_id


@dataclass(frozen=True)
class Offered:
    """A kind of clinic as those who wait see it: all its disciplines, and those it is not held without."""

    id: uuid.UUID
    name: str
    has: frozenset[Discipline]
    core: frozenset[Discipline]
    is_used: bool
    weeks_between: int = 4


def why_unplanned(need: Need, offered: Mapping[uuid.UUID, Offered]) -> str:
    """Say why nobody with this need can be planned for, or nothing."""
    if need.clinic_type_id is not None:
        clinic = offered.get(need.clinic_type_id)
        if clinic is None or not clinic.is_used:
            return "This clinic is retired or cannot be planned yet. Bring it back, or choose another."
        missing = need.disciplines - clinic.has
        return f"{clinic.name} has no seat for {_named(missing)} any more." if missing else ""
    if could_be_for(need, offered):
        return ""
    return "No clinic has all of these disciplines. Add a type that has, or enter them apart."


def could_be_for(need: Need, offered: Mapping[uuid.UUID, Offered]) -> Offered | None:
    """Find the clinic in which people can be seen: theirs, else the first by name that has all they need."""
    if need.clinic_type_id is not None:
        return offered.get(need.clinic_type_id)
    fit = (each for each in offered.values() if each.is_used and need.disciplines <= each.has)
    return min(fit, key=lambda each: each.name, default=None)


def is_overdue(row: Counted, day: date) -> bool:
    """Say whether anybody still waits after the day by which they were to be seen."""
    return bool(row.left and row.need.due_on and row.need.due_on < day)


def in_order(need: Need) -> tuple[date, int]:
    """Put those first who must be seen first: by day, then the more urgent."""
    return need.due_on or date.max, -WEIGHTS[need.priority]


def needed_by(need: Need, offered: Mapping[uuid.UUID, Offered]) -> frozenset[Discipline]:
    """Return the disciplines that people with a need are seen by."""
    return disciplines_needed(need, {each.id: each.core for each in offered.values()})


def _named(disciplines: Collection[Discipline]) -> str:
    return " or ".join(sorted(each.label.lower() for each in disciplines))
