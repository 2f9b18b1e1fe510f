"""C06, C07, C20 and C23: equipment, premises, rooms and a payer for each clinic."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import combinations

from rota.solver.row import Row, total
from rota.solver.rule import Card, Finding
from rota.solver.staff_rota.placements import Placements
from rota.solver.staff_rota.problem import Duty, Opening, Person
from rota.solver.staff_rota.rules.clinics import ClinicRule
from rota.solver.staff_rota.rules.kinds import CellRule
from rota.solver.staff_rota.rules.places import Place
from rota.solver.staff_rota.solution import Rota, Scope

MINUTE = 60


class ClinicEquipment(ClinicRule):
    """A piece that moves can be in one place only: not at two sites at once, nor sooner than it gets there.

    So of places that no piece can serve both, all together ask for no more than there are to be moved,
    beside what stands there.
    """

    card = Card(
        code="C06",
        name="Clinic equipment",
        words="Each clinic has its equipment: what stands at the site, or what can be brought there in time.",
        source="Equipment records; travel times between sites",
        severity="H0",
        tier="T2",
        weight=20,
        parameters={"unknown_minutes": 20},
        parameter_words={"unknown_minutes": "journey between two sites for which no time is recorded"},
    )

    def rows(self, cells: Placements) -> Iterator[Row]:
        for key, places in self._rivals:
            wanted = total(
                cells.clinics.opened(opening) * number
                for place in places
                for opening, number in self._users(key, place)
            )
            where = " and ".join(f"{place.site} in session {place.session}" for place in places)
            yield self.row(f"{key} at {where}", wanted, self._there(key, places))

    def found_in(self, seen: Rota, scope: Scope) -> Iterator[Finding]:
        for key, places in self._rivals:
            if scope.sessions is not None and scope.sessions.isdisjoint(place.session for place in places):
                continue
            wanted = sum(
                number
                for place in places
                for opening, number in self._users(key, place)
                if seen.is_open(opening)
            )
            if (over := wanted - self._there(key, places)) > 0:
                where = " and ".join(self._said(place) for place in places)
                said = f"{where}: {wanted} of {key} are needed, and {wanted - over} can be there."
                yield self.finding(over, key, said, peers=said, session=places[-1].session)

    @cached_property
    def _rivals(self) -> list[tuple[str, tuple[Place, ...]]]:
        """Give each kind of equipment with the places of which no piece that moves can serve two."""
        return [(key, places) for key in sorted(self._wanted) for places in self._rivals_for(key)]

    def _rivals_for(self, key: str) -> list[tuple[Place, ...]]:
        wanted = sorted(self._wanted[key])
        if not self._moving(key):
            return [(place,) for place in wanted]
        found: set[tuple[Place, ...]] = set()
        for places in self._largest(wanted):
            # Where nothing stands, more places only ask for more: those are always in.
            stands = [place for place in places if self._standing(key, place)]
            rest = places.difference(stands)
            found.update(
                tuple(sorted(rest.union(some)))
                for number in range(len(stands) + 1)
                for some in combinations(stands, number)
            )
        return sorted(found - {()})

    def _largest(self, wanted: list[Place]) -> Iterator[frozenset[Place]]:
        """Give the largest sets of rivals, day by day."""
        by_day: dict[object, list[Place]] = {}
        for place in wanted:
            by_day.setdefault(self.problem.session_by_number[place.session].day, []).append(place)
        for places in by_day.values():
            yield from largest(places, self._are_rivals)

    def _are_rivals(self, one: Place, other: Place) -> bool:
        """Say whether no piece can be used at both places, which are of one day."""
        if one.site == other.site:
            return False
        return one.session == other.session or self._gap(one, other) < self._journey(one, other)

    def _gap(self, one: Place, other: Place) -> float:
        """Give the least minutes from the end of a clinic at one place to the start of one at another."""
        first, last = sorted((one, other))
        ends = max(duty.ends for duty in self._duties[first])
        return (min(duty.starts for duty in self._duties[last]) - ends).total_seconds() / MINUTE

    @cached_property
    def _duties(self) -> dict[Place, list[Duty]]:
        """The duties of all clinics at each place."""
        found: dict[Place, list[Duty]] = {}
        for opening in self.problem.clinics.openings:
            duties = found.setdefault(Place(opening.session, opening.site), [])
            duties += (duty for _, duty in self.seats(opening))
        return found

    def _journey(self, one: Place, other: Place) -> int:
        minutes = self.problem.site_by_code[one.site or ""].travel.get(other.site or "")
        return self.number("unknown_minutes") if minutes is None else minutes

    @cached_property
    def _wanted(self) -> dict[str, dict[Place, list[tuple[Opening, int]]]]:
        """The clinics that use each kind of equipment, by place, and how many."""
        found: dict[str, dict[Place, list[tuple[Opening, int]]]] = {}
        for opening in self.problem.clinics.openings:
            for key, number in self.kind(opening).equipment.items():
                places = found.setdefault(key, {})
                places.setdefault(Place(opening.session, opening.site), []).append((opening, number))
        return found

    def _users(self, key: str, place: Place) -> list[tuple[Opening, int]]:
        return self._wanted[key].get(place, [])

    def _there(self, key: str, places: tuple[Place, ...]) -> int:
        return self._moving(key) + sum(self._standing(key, place) for place in places)

    def _moving(self, key: str) -> int:
        return sum(kit.count for kit in self.problem.clinics.kit if kit.key == key and kit.site is None)

    def _standing(self, key: str, place: Place) -> int:
        return sum(kit.count for kit in self.problem.clinics.kit if (kit.key, kit.site) == (key, place.site))

    def _said(self, place: Place) -> str:
        return f"{self.problem.site_by_code[place.site or ''].name} on {self.when(place.session)}"


class ContractPremises(CellRule):
    card = Card(
        code="C07",
        name="Contract premises",
        words="Dental care, sight tests and other work that a contract ties to premises is done only there.",
        source="NHS dental and General Ophthalmic Services contracts",
        severity="H0",
        tier="T1",
    )

    def stops(self, person: Person, duty: Duty) -> str | None:
        opening, seat = self.problem.clinics.seat_of.get(duty.number, (None, None))
        sites = self.problem.clinics.licences.get(seat.discipline) if seat else None
        if opening is None or seat is None or sites is None or opening.site in sites:
            return None
        where = self.problem.site_by_code[opening.site].name
        return f"No contract allows {seat.discipline} at {where}."

    def peers_are_told(self, person: Person) -> str:
        return "No contract allows this work at this site."


class SetUpTime(ClinicRule):
    """Two clinics follow each other in the same rooms where a site has too few rooms for both."""

    card = Card(
        code="C20",
        name="Time to set up",
        words="Between two types of clinic in the same rooms there is time to clean and set up.",
        source="Infection prevention; local practice",
        severity="H0",
        tier="T2",
        weight=10,
        parameters={"minutes": 30},
        parameter_words={"minutes": "minutes between two types of clinic in the same rooms"},
    )

    def rows(self, cells: Placements) -> Iterator[Row]:
        for one, other in self._too_near:
            both = cells.clinics.opened(one) + cells.clinics.opened(other)
            yield self.row(f"clinics {one.number} and {other.number} too near", both, 1)

    def found_in(self, seen: Rota, scope: Scope) -> Iterator[Finding]:
        looked_at = {opening.number for opening in self.openings(scope)}
        for one, other in self._too_near:
            if looked_at & {one.number, other.number} and seen.is_open(one) and seen.is_open(other):
                said = (
                    f"leaves less than {self.number('minutes')} minutes to set up after {self.kind(one).name}"
                )
                yield self.tell(other, 1, said)

    @cached_property
    def _too_near(self) -> list[tuple[Opening, Opening]]:
        by_day: dict[object, list[Opening]] = {}
        for opening in self.problem.clinics.openings:
            day = self.problem.session_by_number[opening.session].day
            by_day.setdefault((day, opening.site), []).append(opening)
        return [
            (one, other)
            for openings in by_day.values()
            for one, other in combinations(sorted(openings, key=lambda each: each.session), 2)
            if one.session < other.session
            and self.kind(one).name != self.kind(other).name
            and self._gap(one, other) < self.number("minutes")
            and self._share_rooms(one, other)
        ]

    def _gap(self, one: Opening, other: Opening) -> float:
        ends = max(duty.ends for _, duty in self.seats(one))
        return (min(duty.starts for _, duty in self.seats(other)) - ends).total_seconds() / MINUTE

    def _share_rooms(self, one: Opening, other: Opening) -> bool:
        before, after = self._rooms(one), self._rooms(other)
        there = self.problem.site_by_code[one.site].rooms
        return any(before[room] + after[room] > there.get(room, 0) for room in before.keys() & after.keys())

    def _rooms(self, opening: Opening) -> dict[str, int]:
        found = {room: number for room, number in self.kind(opening).rooms.items() if number}
        for seat, duty in self.seats(opening):
            if duty.room and seat.needed:
                found[duty.room] = found.get(duty.room, 0) + seat.needed
        return found


class SeatPaid(CellRule):
    """Says nothing while no streams are recorded; whether a stream allows the role is for R37."""

    card = Card(
        code="C23",
        name="Payer for each seat",
        words="Each seat of a clinic is charged to a funding stream, its own or that of the person in it.",
        source="The contract or scheme behind each stream",
        severity="H1",
        tier="T2",
        weight=20,
    )

    def stops(self, person: Person, duty: Duty) -> str | None:
        streams = self.problem.payers.keys()
        if duty.number not in self.problem.clinics.seat_of or not streams:
            return None
        learns = person.learner is not None and person.learner.supernumerary
        if learns or not streams.isdisjoint((*duty.streams, *person.streams)):
            return None
        return f"No funding stream pays for {person.name} in {duty.activity} on {self.when(duty.session)}."


def largest(
    places: Sequence[Place], are_rivals: Callable[[Place, Place], bool]
) -> Iterator[frozenset[Place]]:
    """Give the largest sets of places that are all rivals of each other (Bron and Kerbosch 1973)."""
    rivals = {one: {other for other in places if one != other and are_rivals(one, other)} for one in places}

    def grow(chosen: frozenset[Place], left: set[Place], done: set[Place]) -> Iterator[frozenset[Place]]:
        if not left and not done:
            yield chosen
            return
        pivot = max(sorted(left | done), key=lambda place: len(rivals[place] & left))
        for place in sorted(left - rivals[pivot]):
            yield from grow(chosen | {place}, left & rivals[place], done & rivals[place])
            left, done = left - {place}, done | {place}

    yield from grow(frozenset(), set(places), set())
