"""Clinics held as a plan has them: who asks or repairs moves people, and neither opens nor closes any."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from rota.solver.staff_rota.problem import Duty, Opening, Problem, Seat
from rota.solver.staff_rota.solution import Plan, Rota


def with_clinics_held(problem: Problem, plan: Plan) -> Problem:
    """Give the problem in which the clinics of a plan are fixed, with places for those they see: their seats
    ask for whom they need, those of all others take nobody.
    """
    clinics = problem.clinics
    if not clinics.bundles and all(opening.is_fixed for opening in clinics.openings):
        return problem
    seen = Rota(problem, plan)
    held = tuple(_held(opening, seen) for opening in clinics.openings if seen.is_open(opening))
    kept = {number for opening in held for number in opening.duties}
    seats = {number: seat if number in kept else None for number, (_, seat) in clinics.seat_of.items()}
    return replace(
        problem,
        duties=tuple(
            _asking(duty, seats[duty.number]) if duty.number in seats else duty for duty in problem.duties
        ),
        clinics=replace(clinics, openings=held, bundles=()),
    )


def _held(opening: Opening, seen: Rota) -> Opening:
    taken = Counter(opening.taken) + Counter(_seen_in(opening, seen))
    return replace(opening, is_fixed=True, taken=taken)


def _seen_in(opening: Opening, seen: Rota) -> Iterator[str]:
    """Name each discipline as often as somebody sees it."""
    for bundle in seen.problem.clinics.bundles:
        for discipline in bundle.disciplines:
            yield from [discipline] * seen.served(bundle, opening)


def _asking(duty: Duty, seat: Seat | None) -> Duty:
    """Give the duty of a seat, or of none any more."""
    if seat is None:
        return replace(duty, minimum=0, desired=0, maximum=0, enough=None)
    least = max(duty.minimum, seat.needed)
    return replace(duty, minimum=least, desired=max(duty.desired, least))
