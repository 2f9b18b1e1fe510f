"""The team of a clinic as a rota was asked for it, whatever its type says since."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from rota.solver.staff_rota.clinics import ClinicKind, Seat


@dataclass(frozen=True)
class Laid:
    """A seat as a line of demand: job role group and discipline, how many are needed and taken at most."""

    group: str
    discipline: str
    needed: int
    most: int


def as_laid(kind: ClinicKind, key: str, laid: Iterable[Laid]) -> ClinicKind | None:
    """Give a kind of clinic with the team that was laid; none where that needs nobody.

    A seat that its type has no more is never too few. How often it is held, and how far apart, is planned.
    """
    known = {seat.group: seat for seat in kind.seats}
    seats = tuple(_seat(each, known.get(each.group)) for each in laid)
    if not any(seat.needed for seat in seats):
        return None
    return replace(kind, key=key, seats=seats, every=None, fewest_days_apart=0)


def _seat(laid: Laid, designed: Seat | None) -> Seat:
    safe, degraded = (designed.safe, designed.degraded) if designed else (0, 0)
    return Seat(
        group=laid.group,
        discipline=laid.discipline,
        needed=laid.needed,
        safe=min(safe, laid.needed),
        degraded=min(degraded, laid.needed),
        most=max(laid.most, laid.needed, 1),
        throughput=designed.throughput if designed else 0,
    )
