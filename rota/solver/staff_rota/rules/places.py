"""Who is, or could be, together: the people of one site in one session."""

from typing import NamedTuple

from rota.solver.staff_rota.placements import Placements
from rota.solver.staff_rota.problem import Duty, Person
from rota.solver.staff_rota.solution import Rota, Scope


class Place(NamedTuple):
    """A site in a session; no site is remote work."""

    session: int
    site: str | None


def cells_by_place(cells: Placements) -> dict[Place, list[tuple[int, Person, Duty]]]:
    """Give the cells of each place."""
    found: dict[Place, list[tuple[int, Person, Duty]]] = {}
    for session in cells.problem.sessions:
        for cell, person, duty in cells.in_session(session.number):
            found.setdefault(Place(session.number, duty.site), []).append((cell, person, duty))
    return found


def people_by_place(seen: Rota, scope: Scope) -> dict[Place, list[tuple[Person, Duty]]]:
    """Give the people of each place in the sessions of a scope."""
    found: dict[Place, list[tuple[Person, Duty]]] = {}
    for number in scope.among(seen.problem.session_by_number):
        for person, duty in seen.placed_in(number):
            if number in person.absent:
                continue
            found.setdefault(Place(number, duty.site), []).append((person, duty))
    return found
