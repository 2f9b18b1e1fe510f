"""R27: there is a room for everyone who needs one, and for each clinic."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property

from rota.solver.row import Row, Sum, total
from rota.solver.rule import Card, Finding
from rota.solver.staff_rota.placements import Placements
from rota.solver.staff_rota.problem import Duty, Opening, Person
from rota.solver.staff_rota.rules.kinds import TeamRule
from rota.solver.staff_rota.rules.places import Place, cells_by_place, people_by_place
from rota.solver.staff_rota.solution import Rota, Scope


class RoomCapacity(TeamRule):
    card = Card(
        code="R27",
        name="Room capacity",
        words="At each site and session people and clinics need no more rooms of a type than there are.",
        source="Estate records",
        severity="H0",
        tier="T2",
        weight=20,
    )

    def rows(self, cells: Placements) -> Iterator[Row]:
        placed = cells_by_place(cells)
        for place in [*placed, *(place for place in self._clinics if place not in placed)]:
            here = placed.get(place, [])
            for room in sorted(
                {duty.room for _, _, duty in here if duty.room and place.site} | self._used(place)
            ):
                needing = Sum.of(cell for cell, _, duty in here if duty.room == room)
                clinics = total(
                    cells.clinics.opened(opening) * self._beside(opening, room)
                    for opening in self._clinics.get(place, ())
                )
                name = f"{room} at {place.site} in session {place.session}"
                yield self.row(name, needing + clinics, self._rooms(place, room))

    def found_in(self, seen: Rota, scope: Scope) -> Iterator[Finding]:
        placed = people_by_place(seen, scope)
        clinics = {place: self._held(seen, place) for place in self._clinics if self._is_in(scope, place)}
        for place in [*placed, *(place for place in clinics if place not in placed)]:
            needing = rooms_needed(placed.get(place, [])) + clinics.get(place, Counter())
            for room, needed in sorted(needing.items()):
                if (over := needed - self._rooms(place, room)) > 0:
                    where = self.problem.site_by_code[place.site or ""].name
                    there = f"{where} has {self._rooms(place, room)} rooms of type {room}"
                    said = f"{there} and needs {needed} on {self.when(place.session)}."
                    yield self.finding(over, where, said, peers=said, session=place.session)

    @cached_property
    def _clinics(self) -> dict[Place, list[Opening]]:
        """The clinics at each place that use rooms beside those of the people in them."""
        found: dict[Place, list[Opening]] = {}
        for opening in self.problem.clinics.openings:
            if any(self.problem.clinics.kind_of(opening).rooms.values()):
                found.setdefault(Place(opening.session, opening.site), []).append(opening)
        return found

    def _beside(self, opening: Opening, room: str) -> int:
        return self.problem.clinics.kind_of(opening).rooms.get(room, 0)

    def _used(self, place: Place) -> set[str]:
        openings = self._clinics.get(place, ())
        return {room for each in openings for room in self.problem.clinics.kind_of(each).rooms}

    def _held(self, seen: Rota, place: Place) -> Counter[str]:
        """Count the rooms that clinics use beside those of the people in them."""
        held = (opening for opening in self._clinics[place] if seen.is_open(opening))
        return sum((Counter(self.problem.clinics.kind_of(each).rooms) for each in held), Counter[str]())

    def _is_in(self, scope: Scope, place: Place) -> bool:
        return scope.sessions is None or place.session in scope.sessions

    def _rooms(self, place: Place, room: str) -> int:
        return self.problem.site_by_code[place.site or ""].rooms.get(room, 0)


def rooms_needed(placed: Iterable[tuple[Person, Duty]]) -> Counter[str]:
    """Count the rooms of each type that people on duty in one session need; remote work needs none."""
    return Counter(duty.room for _, duty in placed if duty.room and duty.site)
