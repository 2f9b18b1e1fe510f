"""What a site has left in a session: rooms, and its supervisors' minutes for learners."""

from collections.abc import Sequence
from dataclasses import dataclass

from rota.cover.rules import ENOUGH, SHORT, TIGHT
from rota.solver.staff_rota import Duty, Person, Site
from rota.solver.staff_rota.rules.rooms import rooms_needed
from rota.solver.staff_rota.rules.supervision import LearnerSupervised, learns

Placed = Sequence[tuple[Person, Duty]]


@dataclass(frozen=True)
class Rooms:
    """The rooms of one type at a site in a session: how many there are, how many are needed."""

    kind: str
    there: int
    needed: int

    @property
    def free(self) -> int:
        return self.there - self.needed


@dataclass(frozen=True)
class Guidance:
    """Minutes of supervision at a site in a session: what learners need, what supervisors can give."""

    needed: int
    given: int

    @property
    def free(self) -> int:
        return self.given - self.needed


def rooms_at(site: Site, placed: Placed) -> tuple[Rooms, ...]:
    """Count the rooms of a site that its people of one session leave free, type by type."""
    needed = rooms_needed(placed)
    return tuple(
        Rooms(kind, site.rooms.get(kind, 0), needed[kind]) for kind in sorted({*site.rooms, *needed})
    )


def guidance_at(rule: LearnerSupervised, placed: Placed) -> Guidance:
    """Sum up supervision at a place in a session, for the learners who are worst off there."""
    missing = {
        kinds: short
        for kinds, short in rule.missing_at(placed).items()
        if any(learns(person, duty, kinds) for person, duty in placed)
    }
    if not missing:
        return Guidance(0, sum(rule.given(person.supervision) for person, _ in placed if person.supervision))
    worst = max(missing, key=lambda kinds: missing[kinds])
    needed = sum(
        rule.needed(person.learner)
        for person, duty in placed
        if person.learner and learns(person, duty, worst)
    )
    return Guidance(needed, needed - missing[worst])


def tone_of_free(free: int, is_used: bool = True) -> str:
    """Name how what is left stands; what nobody uses has no tone."""
    if not is_used:
        return ""
    if free < 0:
        return SHORT
    return ENOUGH if free else TIGHT
