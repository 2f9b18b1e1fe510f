"""R27: there is a room for everyone who needs one."""

from collections import Counter
from collections.abc import Iterable, Iterator

from rota.solver.row import Row, Sum
from rota.solver.rule import Card, Finding
from rota.solver.staff_rota.placements import Placements
from rota.solver.staff_rota.problem import Duty, Person
from rota.solver.staff_rota.rules.kinds import TeamRule
from rota.solver.staff_rota.rules.places import Place, cells_by_place, people_by_place
from rota.solver.staff_rota.solution import Rota, Scope


class RoomCapacity(TeamRule):
    card = Card(
        code="R27",
        name="Room capacity",
        words="At each site and session no more people need a room of a type than there are rooms.",
        source="Estate records",
        severity="H0",
        tier="T2",
        weight=20,
    )

    def rows(self, cells: Placements) -> Iterator[Row]:
        for place, placed in cells_by_place(cells).items():
            for room in sorted({duty.room for _, _, duty in placed if duty.room and place.site}):
                needing = Sum.of(cell for cell, _, duty in placed if duty.room == room)
                name = f"{room} at {place.site} in session {place.session}"
                yield self.row(name, needing, self._rooms(place, room))

    def found_in(self, seen: Rota, scope: Scope) -> Iterator[Finding]:
        for place, placed in people_by_place(seen, scope).items():
            for room, needed in sorted(rooms_needed(placed).items()):
                if (over := needed - self._rooms(place, room)) > 0:
                    where = self.problem.site_by_code[place.site or ""].name
                    there = f"{where} has {self._rooms(place, room)} rooms of type {room}"
                    said = f"{there} and needs {needed} on {self.when(place.session)}."
                    yield self.finding(over, where, said, peers=said, session=place.session)

    def _rooms(self, place: Place, room: str) -> int:
        return self.problem.site_by_code[place.site or ""].rooms.get(room, 0)


def rooms_needed(placed: Iterable[tuple[Person, Duty]]) -> Counter[str]:
    """Count the rooms of each type that people on duty in one session need; remote work needs none."""
    return Counter(duty.room for _, duty in placed if duty.room and duty.site)
