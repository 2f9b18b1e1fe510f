"""What a bundle may be, what it weighs, and how what was entered and what was asked for come together."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from network.vocabulary import Discipline, Priority

# What leaving one person unserved weighs against leaving another.
WEIGHTS = {Priority.ROUTINE: 1, Priority.SOON: 2, Priority.URGENT: 4}
MOST_PEOPLE = 999
LONGEST_MINUTES = 240
USUAL_MINUTES = 45


@dataclass(frozen=True)
class Need:
    """What people of a neighbourhood need in one visit, and how far they can travel for it.

    No disciplines means all that the clinic type needs; no clinic type means any that has them.
    """

    neighbourhood_id: uuid.UUID
    clinic_type_id: uuid.UUID | None = None
    disciplines: frozenset[Discipline] = frozenset()
    priority: Priority = Priority.ROUTINE
    due_on: date | None = None
    needs_step_free: bool = False
    longest_minutes: int = USUAL_MINUTES


@dataclass(frozen=True)
class Counted:
    """How many people have the same need: those entered in a bundle, those of them who have a place planned,
    and those asked for by meetings who still wait.
    """

    need: Need
    bundle_id: uuid.UUID | None = None
    entered: int = 0
    planned: int = 0
    asked: int = 0

    @property
    def left(self) -> int:
        """How many are still to be planned for."""
        return max(0, self.entered - self.planned) + self.asked


@dataclass(frozen=True)
class Entered:
    """A bundle as it was entered, and for how many of it sessions are planned."""

    bundle_id: uuid.UUID
    need: Need
    count: int
    planned: int = field(default=0)


def wrong_with_bundle(need: Need, count: int, day: date) -> dict[str, str]:
    """Say what is wrong with a bundle, by the name of its question."""
    wrong: dict[str, str] = {}
    if not 1 <= count <= MOST_PEOPLE:
        wrong["count"] = f"Enter how many people there are, from 1 to {MOST_PEOPLE}."
    if need.clinic_type_id is None and not need.disciplines:
        wrong["disciplines"] = "Choose a clinic, or the disciplines that these people need."
    if not 0 <= need.longest_minutes <= LONGEST_MINUTES:
        wrong["longest_minutes"] = f"Enter a journey from 0 to {LONGEST_MINUTES} minutes."
    if need.due_on and need.due_on < day:
        wrong["due_on"] = "Enter a day from today on by which they should be seen."
    return wrong


def needs_otherwise(before: Need, after: Need) -> bool:
    """Say whether a clinic that suited before may not suit any more; how pressing it is changes no place.

    >>> need = Need(uuid.UUID(int=1))
    >>> needs_otherwise(need, replace(need, due_on=date(2026, 12, 7)))
    False
    """
    return replace(before, priority=after.priority, due_on=after.due_on) != after


def counted(entered: Iterable[Entered], asked: Iterable[tuple[Need, int]]) -> list[Counted]:
    """Put those who were asked for to the bundle of the same need, else into a row of their own."""
    waiting: dict[Need, int] = {}
    for need, count in asked:
        waiting[need] = waiting.get(need, 0) + count
    rows = [
        # Two bundles of one need are two rows; the first takes who was asked for.
        Counted(each.need, each.bundle_id, each.count, each.planned, waiting.pop(each.need, 0))
        for each in entered
    ]
    return [*rows, *(Counted(need, asked=count) for need, count in waiting.items())]


def disciplines_needed(need: Need, core: Mapping[uuid.UUID, frozenset[Discipline]]) -> frozenset[Discipline]:
    """Return the disciplines of a need; `core` has what each clinic type cannot do without."""
    if need.disciplines or need.clinic_type_id is None:
        return need.disciplines
    return core.get(need.clinic_type_id, frozenset())


def left_over(rows: Iterable[Counted]) -> int:
    """Count the people who are still to be planned for."""
    return sum(row.left for row in rows)
