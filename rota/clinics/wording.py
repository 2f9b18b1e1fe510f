"""How kinds of clinic are told."""

from collections.abc import Iterable, Mapping

from network.vocabulary import Discipline, EquipmentKind, RoomKind
from rota.clinics.rules import Design, SeatDesign, weeks_said


def state_of(is_retired: bool, troubles: Iterable[str]) -> tuple[str, str, str]:
    """Say the state of a kind of clinic: words, tone and mark."""
    if is_retired:
        return "Retired", "plain", "–"
    if any(troubles):
        return "Cannot be planned yet", "warning", "▲"
    return "Can be planned", "good", "✓"


def team_said(seats: Iterable[SeatDesign]) -> str:
    """Name those a clinic needs: 'GP, Nurse × 2'."""
    needed = [seat for seat in seats if seat.needed]
    return ", ".join(
        seat.role_group.label + (f" × {seat.needed}" if seat.needed > 1 else "") for seat in needed
    )


def often_said(design: Design) -> str:
    """Say how often a clinic is meant to be held."""
    apart = f", at least {design.fewest_days_apart} days apart" if design.fewest_days_apart else ""
    return f"Every {weeks_said(design.weeks_between)}{apart}"


def visit_said(design: Design) -> str:
    """Say what a visit is like."""
    return f"At most {design.longest_stay} minutes, no wait longer than {design.longest_wait}"


def things_said(things: Mapping[RoomKind, int] | Mapping[EquipmentKind, int]) -> str:
    """Name rooms or equipment with their numbers."""
    named = [f"{kind.label}{f' × {number}' if number > 1 else ''}" for kind, number in things.items()]
    return ", ".join(named) or "None"


def visit_place(seat: SeatDesign) -> str:
    """Say when in a visit patients see the people of a seat."""
    return "Any time" if seat.visit_order is None else str(seat.visit_order)


def closes_below(seat: SeatDesign) -> str:
    """Say below how many people of a seat a clinic must close."""
    return str(seat.degraded) if seat.degraded else "Never"


def pairs_said(design: Design) -> str:
    """Name the pairs of disciplines that are worth being together."""
    return "; ".join(f"{one.label} and {other.label.lower()}" for one, other in design.together) or "None"


def people_said(people: int, fewest: Discipline | None) -> str:
    """Say how many people a session sees, and whose time it is that there is least of."""
    if not people or fewest is None:
        return "None yet"
    return f"Up to {people}, as many as {fewest.label.lower()} can see"
