"""What is asked of a rota: so many people on one duty, or one person there; and how it could be met."""

import uuid
from dataclasses import dataclass
from typing import NamedTuple

from rota.edits.rules import Cell
from rota.solver.staff_rota import Duty, Placement
from rota.solver.staff_rota.ask import Ask, Cover, Off, Way, WayKind

# A session has no more people than that on one duty, and a longer list helps nobody.
MOST_PEOPLE = 20
LONGEST_REASON = 150
# How a step writes that a cell is emptied.
NOTHING = "-"


@dataclass(frozen=True)
class Wanted:
    """What a page was asked: people on a line of demand (a number, or one of them by name); or that one of
    them is off in its session.
    """

    line_id: uuid.UUID
    number: int | None = None
    member_id: uuid.UUID | None = None
    is_off: bool = False
    keeps_cover: bool = True
    keeps_wishes: bool = True

    def ask(self, duty: Duty, number: int, askable: dict[str, frozenset[int]]) -> Ask:
        """Give it as the solver takes it."""
        person = str(self.member_id) if self.member_id else ""
        works = {Placement(person, duty.number)} if person and not self.is_off else set()
        off = {Off(person, duty.session)} if person and self.is_off else set()
        return Ask(
            works=frozenset(works),
            off=frozenset(off),
            cover=() if person else (Cover(frozenset({duty.number}), number),),
            keeps_cover=self.keeps_cover,
            keeps_wishes=self.keeps_wishes,
            askable=askable,
        )


class Step(NamedTuple):
    """One cell that a way changes: the line it is to hold, none to empty it, and what was seen there."""

    cell: Cell
    line_id: uuid.UUID | None
    seen: str

    @property
    def as_sent(self) -> str:
        member, day, kind = self.cell
        return f"{member} {day} {kind.value} {self.line_id or NOTHING} {self.seen}"


def asks_outside_pattern(way: Way) -> tuple[str, ...]:
    """Name those who would have to work outside their pattern: they are asked, and not just placed."""
    return tuple(dict.fromkeys(each.about for each in way.lets_go if each.code == "R02"))


def wants_reason(way: Way) -> bool:
    """Say whether a rule is set aside, which needs a reason from whoever does it."""
    return way.kind is WayKind.OVERRIDE or any(each.severity == "H1" for each in way.lets_go)


def usual_number(have: int, minimum: int) -> int:
    """Ask for what is missing; where nothing is, for one more."""
    return min(MOST_PEOPLE, minimum if have < minimum else have + 1)
