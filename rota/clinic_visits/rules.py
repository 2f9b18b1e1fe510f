"""Who is seen in a clinic and when: places by number, those who see them, and the picture of it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from network.vocabulary import Discipline
from rota.clinics.rules import SeatDesign
from rota.solver.clinic_flow import Chair, Flow, PlaceNeed, Visit, in_order

# The team's huddle comes first: nobody is seen before it ends.
HUDDLE = timedelta(minutes=30)
BY_LABEL = {discipline.label: discipline for discipline in Discipline}

LEFT, RIGHT, TOP, ROW, BAR = 64, 892, 28, 30, 22
WIDTH = 900
TICK = timedelta(minutes=30)


@dataclass(frozen=True)
class Place:
    """A place of a clinic, known here by its number alone, and whom its patient sees."""

    number: int
    disciplines: frozenset[Discipline]


def numbered(
    asked: Mapping[int, frozenset[Discipline]], bundles: Iterable[tuple[frozenset[Discipline], int]]
) -> tuple[Place, ...]:
    """Number the places: those that were asked for keep theirs, people of bundles take what is left.

    >>> [place.number for place in numbered({2: frozenset()}, [(frozenset(), 2)])]
    [1, 2, 3]
    """
    found = dict(asked)
    number = 0
    for disciplines, count in bundles:
        for _ in range(count):
            number += 1
            while number in found:
                number += 1
            found[number] = disciplines
    return tuple(Place(each, found[each]) for each in sorted(found))


def chairs_of(seats: Sequence[SeatDesign], present: Mapping[str, int]) -> tuple[Chair, ...]:
    """Give those who see patients: who is there of each seat, numbered within each discipline."""
    found: list[Chair] = []
    for seat in seats:
        label = seat.discipline.label
        for _ in range(present.get(seat.role_group.label, 0)):
            number = sum(chair.discipline == label for chair in found) + 1
            found.append(Chair(label, number, seat.slot_minutes))
    return tuple(found)


def needs_of(places: Iterable[Place], seats: Sequence[SeatDesign]) -> tuple[PlaceNeed, ...]:
    """Give the places as the solver takes them, with the order of the visit that the type asks for."""
    # Two seats of one discipline: whoever of them has a rank gives it.
    ranks = {seat.discipline.label: seat.visit_order for seat in seats if seat.visit_order is not None}
    return tuple(
        PlaceNeed(
            place.number,
            labels := frozenset(each.label for each in place.disciplines),
            in_order(ranks, sorted(labels)),
        )
        for place in places
        if place.disciplines
    )


def without_absent(
    places: Sequence[Place], chairs: Iterable[Chair]
) -> tuple[tuple[Place, ...], dict[Discipline, int]]:
    """Leave out of the places disciplines of whom nobody is there, and count who misses each.

    A clinic that goes on without somebody still sees people: by all the others.

    >>> eyes, feet = Discipline.OPTOMETRY, Discipline.NURSING
    >>> without_absent([Place(1, frozenset({eyes, feet}))], [Chair(feet.label, 1, 20)])[1]
    {<Discipline.OPTOMETRY: 'optometry'>: 1}
    """
    there = {BY_LABEL[chair.discipline] for chair in chairs}
    missed = Counter(
        discipline for place in places for discipline in sorted(place.disciplines) if discipline not in there
    )
    return tuple(replace(place, disciplines=place.disciplines & there) for place in places), dict(missed)


@dataclass(frozen=True)
class Bar:
    """A visit as it is drawn."""

    x: float
    y: int
    width: float
    discipline: Discipline
    said: str


@dataclass(frozen=True)
class Picture:
    """The flow through a clinic as a drawing: a row for each place, time from left to right."""

    height: int
    rows: tuple[tuple[int, str], ...]
    ticks: tuple[tuple[float, datetime], ...]
    bars: tuple[Bar, ...]

    @property
    def disciplines(self) -> list[Discipline]:
        return list(dict.fromkeys(bar.discipline for bar in self.bars))


def picture_of(flow: Flow, starts: datetime, ends: datetime) -> Picture:
    """Draw a flow."""
    places = flow.places
    length = (ends - starts).total_seconds()

    def across(moment: datetime) -> float:
        return round(LEFT + (moment - starts).total_seconds() / length * (RIGHT - LEFT), 1)

    def bar(visit: Visit) -> Bar:
        x = across(visit.starts)
        discipline = BY_LABEL[visit.discipline]
        return Bar(
            x,
            TOP + places.index(visit.place) * ROW,
            round(across(visit.ends) - x, 1),
            discipline,
            said(visit),
        )

    ticks = []
    moment = starts
    while moment <= ends:
        ticks.append((across(moment), moment))
        moment += TICK
    rows = tuple((TOP + at * ROW, f"Place {place}") for at, place in enumerate(places))
    return Picture(TOP + len(places) * ROW + 4, rows, tuple(ticks), tuple(bar(each) for each in flow.visits))


def too_late_said(place: Place) -> str:
    """Say that a session is over before its team is ready."""
    return f"Place {place.number} finds no time: setting up and the team's meeting take the whole session."


def said(visit: Visit) -> str:
    """Say a visit: 'Nursing 2, 09:00 to 09:20'."""
    return f"{visit.discipline} {visit.chair}, {visit.starts:%H:%M} to {visit.ends:%H:%M}"
