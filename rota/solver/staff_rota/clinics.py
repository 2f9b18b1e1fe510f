"""One-stop clinics as part of a staff rota: what a clinic needs, where and when it could be held, for whom.

A clinic session is a set of seats, and each seat is an ordinary duty: so whatever binds people on duty binds
them in a clinic. Who is seen is counted, never named.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from functools import cached_property


class Level(Enum):
    """Whether a clinic can be run with the people who are there."""

    SAFE = "safe"
    DEGRADED = "degraded"
    MUST_CLOSE = "must close"


@dataclass(frozen=True)
class Seat:
    """People of one job-role group in a clinic: how many it needs when it is planned and takes at most, with
    how many it is safe, or may go on degraded, and how many patients each sees in a session.
    """

    group: str
    discipline: str
    needed: int
    safe: int
    degraded: int
    most: int
    throughput: int

    def __post_init__(self) -> None:
        if not 0 <= self.degraded <= self.safe <= self.needed <= self.most or self.most < 1:
            raise ValueError(
                f"{self.group}: numbers must rise from degraded ({self.degraded}) to safe ({self.safe}) to "
                f"needed ({self.needed}) to most ({self.most}), which is at least 1."
            )
        if self.throughput < 0:
            raise ValueError(f"{self.group}: patients a session must be 0 or more, not {self.throughput}.")


@dataclass(frozen=True)
class ClinicKind:
    """A type of clinic: its seats, and what it uses beside the rooms of those who sit in them.

    `rooms` are wanted beside those of the duties, `learners` are places for people who learn, in a `huddle`
    all core members meet, `together` are pairs of disciplines worth being there at once. `every` is the least
    and the most sessions for an area in the period that is planned.
    """

    key: str
    name: str
    seats: tuple[Seat, ...]
    rooms: Mapping[str, int] = field(default_factory=dict)
    equipment: Mapping[str, int] = field(default_factory=dict)
    learners: int = 0
    huddle: bool = False
    together: tuple[tuple[str, str], ...] = ()
    fewest_days_apart: int = 0
    every: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        if not any(seat.needed for seat in self.seats):
            raise ValueError(f"{self.name}: at least one seat must need somebody.")
        groups = [seat.group for seat in self.seats]
        if len(set(groups)) < len(groups):
            raise ValueError(f"{self.name}: name each job role group in one seat only.")
        if min(self.learners, self.fewest_days_apart, *self.rooms.values(), *self.equipment.values(), 0) < 0:
            raise ValueError(f"{self.name}: numbers of rooms, equipment, learners and days are 0 or more.")
        if any(one == other for one, other in self.together):
            raise ValueError(f"{self.name}: a pair is of two disciplines: name two.")
        if self.every and not 0 <= self.every[0] <= self.every[1]:
            raise ValueError(
                f"{self.name}: the fewest sessions must be 0 or more, and no more than the most."
            )

    @property
    def disciplines(self) -> frozenset[str]:
        return frozenset(seat.discipline for seat in self.seats)

    @property
    def core(self) -> frozenset[str]:
        """The disciplines without which it is not held."""
        return frozenset(seat.discipline for seat in self.seats if seat.needed)

    def patients_at_most(self, discipline: str) -> int:
        """Say how many patients a discipline can see in a session when every seat is taken."""
        return sum(seat.most * seat.throughput for seat in self.seats if seat.discipline == discipline)


@dataclass(frozen=True)
class Opening:
    """A clinic session that could be held for an area: one duty for each seat, in the order of the seats.

    It is the search that opens it, unless it `is_fixed`: then it is held whatever it costs, and the minimum
    of its duties says whom it needs. `is_published` people were told of it, so closing it costs. `taken`
    are the places that are given away already, by discipline.
    """

    number: int
    kind: str
    site: str
    session: int
    area: str
    duties: tuple[int, ...]
    is_fixed: bool = False
    is_published: bool = False
    taken: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Bundle:
    """People of an area who need the same disciplines, best in one visit: how many, how urgent, by when.

    `home` is the site they come from, `longest_minutes` the longest journey they can be asked to make. A
    `kind` means that only a clinic of that type will do; without one, any that has the disciplines.
    """

    number: int
    area: str
    disciplines: frozenset[str]
    count: int
    weight: int
    due: date | None
    home: str
    longest_minutes: int
    needs_step_free: bool = False
    kind: str = ""

    def __post_init__(self) -> None:
        if not self.disciplines:
            raise ValueError(f"{self.area}: name the disciplines that these people need.")
        if min(self.count, self.weight, self.longest_minutes) < 0:
            raise ValueError(f"{self.area}: people, priority and minutes of travel must be 0 or more.")


@dataclass(frozen=True)
class Kit:
    """Equipment of one kind at a site; `site` None means that it can be taken anywhere."""

    key: str
    count: int
    site: str | None = None

    def __post_init__(self) -> None:
        if self.count < 0:
            raise ValueError(f"{self.key}: there are 0 or more, not {self.count}.")


@dataclass(frozen=True, order=True)
class Served:
    """So many people of a bundle who are seen in an opening, each by all whom they need, in one visit."""

    bundle: int
    opening: int
    count: int

    def __post_init__(self) -> None:
        if self.count < 1:
            raise ValueError("Served are 1 person or more: leave out those who are not.")


@dataclass(frozen=True)
class Clinics:
    """What a problem knows of clinics.

    `licences` maps a discipline to the sites where its contract allows it; one that is not named may work
    anywhere. `step_free` are sites. `blueprint_weeks` above 0 means that the period repeats itself: its last
    day is followed by its first.
    """

    kinds: tuple[ClinicKind, ...] = ()
    openings: tuple[Opening, ...] = ()
    bundles: tuple[Bundle, ...] = ()
    kit: tuple[Kit, ...] = ()
    licences: Mapping[str, frozenset[str]] = field(default_factory=dict)
    step_free: frozenset[str] = frozenset()
    blueprint_weeks: int = 0

    def __post_init__(self) -> None:
        refuse_repeats("clinic type", (kind.key for kind in self.kinds))
        refuse_repeats("clinic session", (opening.number for opening in self.openings))
        refuse_repeats("bundle", (bundle.number for bundle in self.bundles))
        refuse_repeats("seat", (duty for opening in self.openings for duty in opening.duties))
        for opening in self.openings:
            if opening.kind not in self.kind_by_key:
                raise ValueError(f"Clinic session {opening.number} is of no known type: {opening.kind}.")
            kind = self.kind_of(opening)
            if len(opening.duties) != len(kind.seats):
                raise ValueError(f"{kind.name}, session {opening.number}: give one duty for each seat.")

    @cached_property
    def kind_by_key(self) -> dict[str, ClinicKind]:
        return {kind.key: kind for kind in self.kinds}

    @cached_property
    def opening_by_number(self) -> dict[int, Opening]:
        return {opening.number: opening for opening in self.openings}

    @cached_property
    def bundle_by_number(self) -> dict[int, Bundle]:
        return {bundle.number: bundle for bundle in self.bundles}

    @cached_property
    def seat_of(self) -> dict[int, tuple[Opening, Seat]]:
        """The opening and the seat of each duty that is one."""
        return {
            duty: (opening, seat)
            for opening in self.openings
            for duty, seat in zip(opening.duties, self.kind_of(opening).seats, strict=True)
        }

    def kind_of(self, opening: Opening) -> ClinicKind:
        """Give the type of an opening."""
        return self.kind_by_key[opening.kind]

    def among(self, duties: Collection[int]) -> "Clinics":
        """Give the same with those clinics alone whose seats are all among some duties."""
        kept = tuple(each for each in self.openings if all(duty in duties for duty in each.duties))
        return self if len(kept) == len(self.openings) else replace(self, openings=kept)

    def can_serve(self, opening: Opening, bundle: Bundle) -> int:
        """Say how many people of a bundle an opening could see at most: none of another area's."""
        kind = self.kind_of(opening)
        if bundle.area != opening.area or not bundle.disciplines <= kind.disciplines:
            return 0
        if bundle.kind and bundle.kind != kind.key:
            return 0
        free = (kind.patients_at_most(each) - opening.taken.get(each, 0) for each in bundle.disciplines)
        return max(0, min(bundle.count, *free))


def level_of(kind: ClinicKind, present: Mapping[str, int]) -> Level:
    """Say whether a clinic can be run with so many people of each job role group."""
    if all(present.get(seat.group, 0) >= seat.safe for seat in kind.seats):
        return Level.SAFE
    if all(present.get(seat.group, 0) >= seat.degraded for seat in kind.seats):
        return Level.DEGRADED
    return Level.MUST_CLOSE


def missing_from(kind: ClinicKind, present: Mapping[str, int]) -> tuple[str, ...]:
    """Name in words each group that lacks somebody: what holds the clinic back first, then what it needs."""
    found = [
        (have >= seat.degraded, have >= seat.safe, f"{seat.group}: {have} of the {seat.needed} needed")
        for seat in kind.seats
        if (have := present.get(seat.group, 0)) < seat.needed
    ]
    return tuple(said for _, _, said in sorted(found))


def refuse_repeats(kind: str, marks: Iterable[object]) -> None:
    """Refuse two things of one kind that share their number, code or key."""
    seen: set[object] = set()
    for mark in marks:
        if mark in seen:
            raise ValueError(f"There are two of {kind} {mark}: each needs its own.")
        seen.add(mark)
