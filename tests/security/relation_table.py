"""Who may know of which case, kept by hand: ties and objections that share no line with the product.

Written from the design's table of roles and what they see: a coordinator knows of all; others of what they
have a tie to, from its first day to its last; an objection shuts out at once who stands for it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from network.vocabulary import Discipline

GP, PHARMACY, VOLUNTARY = Discipline.GENERAL_PRACTICE, Discipline.PHARMACY, Discipline.VOLUNTARY
# What each of those who are watched stands for, and where.
HOMES: dict[str, dict[str, Discipline]] = {
    "coordinator": {"elm": GP},
    "chair": {"elm": GP},
    "clinician": {"elm": GP},
    "colleague": {"oak": GP},
    "member": {"charity": VOLUNTARY},
    "both": {"pharmacy": PHARMACY, "oak": GP},
    "learner": {"elm": GP},
    "stranger": {},
}


@dataclass
class Tie:
    """Why an organisation, a discipline of it or one person may know of one case of somebody, or of all."""

    reason: str
    person: int
    case: Any | None
    first: date
    last: date | None = None
    at: str = ""
    who: str = ""
    discipline: Discipline | None = None
    until: datetime | None = None
    source: Any = None

    def is_of(self, who: str) -> bool:
        if (who == "learner") is not (self.reason == "learning"):
            return False
        if self.who:
            return self.who == who
        stands_for = HOMES[who].get(self.at)
        return stands_for is not None and self.discipline in (None, stands_for)

    def stands_for(self, who: str) -> set[Discipline]:
        """Return as what somebody knows of it."""
        if self.discipline is not None:
            return {self.discipline}
        return {HOMES[who][self.at]} if self.at else set(HOMES[who].values())

    def holds(self, day: date, now: datetime) -> bool:
        is_running = self.until is None or now < self.until
        return is_running and self.first <= day and (self.last is None or day <= self.last)

    def end_by(self, day: date) -> None:
        if self.last is None or self.last > day:
            self.last = day


@dataclass
class Table:
    """All ties there ever were, the objections that stand, and whose case is whose."""

    ties: list[Tie] = field(default_factory=list)
    objections: dict[Any, tuple[int, str, Any]] = field(default_factory=dict)
    persons: dict[Any, int] = field(default_factory=dict)

    def reasons(self, who: str, case: Any, day: date, now: datetime) -> set[str]:
        """Return why somebody may know of a case; empty where they may not."""
        person = self.persons[case]
        if who == "stranger":
            return set()
        found = {
            tie.reason
            for tie in self.ties
            if tie.person == person
            and tie.case in (None, case)
            and tie.holds(day, now)
            and tie.is_of(who)
            and not self.is_objected(tie, who)
        }
        return found | {"coordinates"} if who == "coordinator" else found

    def is_objected(self, tie: Tie, who: str) -> bool:
        """Say whether the person does not want somebody to know by a tie."""
        if tie.reason == "danger" or who == "coordinator":
            return False
        return any(
            kind == "all"
            or (kind == "organisation" and what in HOMES[who])
            or (kind == "discipline" and tie.stands_for(who) == {what})
            for person, kind, what in self.objections.values()
            if person == tie.person
        )

    def objects_to_all(self, person: int) -> bool:
        return any(whose == person and kind == "all" for whose, kind, _ in self.objections.values())

    def from_source(self, source: Any) -> Iterator[Tie]:
        return (tie for tie in self.ties if tie.source == source)
