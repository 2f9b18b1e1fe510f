from dataclasses import replace

from rota.solver.staff_rota.clinics import ClinicKind, Level, Seat, level_of
from rota.standing.rules import Laid, as_laid

NURSE, DENTIST = Laid("Nurse", "Nursing", 2, 3), Laid("Dentist", "Dentistry", 1, 1)
KIND = ClinicKind(
    "type",
    "Mouth",
    (Seat("Nurse", "Nursing", 1, 1, 1, 2, 8), Seat("Pharmacist", "Pharmacy", 1, 1, 0, 1, 8)),
    rooms={"group": 1},
    equipment={"Camera": 1},
    every=(1, 4),
    fewest_days_apart=6,
)


def test_a_clinic_keeps_the_team_that_was_laid_and_what_else_its_type_needs() -> None:
    kind = as_laid(KIND, "clinic", (NURSE, DENTIST))
    assert kind is not None
    assert [(seat.group, seat.needed, seat.most) for seat in kind.seats] == [
        ("Nurse", 2, 3),
        ("Dentist", 1, 1),
    ]
    assert (kind.key, kind.rooms, kind.equipment) == ("clinic", {"group": 1}, {"Camera": 1})
    assert (kind.every, kind.fewest_days_apart) == (None, 0)


def test_a_seat_that_the_type_has_no_more_never_closes_a_clinic() -> None:
    kind = as_laid(KIND, "clinic", (NURSE, DENTIST))
    assert kind is not None
    assert level_of(kind, {"Nurse": 1}) is Level.SAFE


def test_a_seat_of_whom_fewer_are_wanted_by_hand_is_safe_with_those() -> None:
    none = replace(NURSE, needed=0, most=0)
    kind = as_laid(KIND, "clinic", (none, DENTIST))
    assert kind is not None
    assert level_of(kind, {"Dentist": 1}) is Level.SAFE
    assert kind.seats[0].most == 1


def test_a_clinic_that_needs_nobody_is_none() -> None:
    assert as_laid(KIND, "clinic", (replace(NURSE, needed=0),)) is None
    assert as_laid(KIND, "clinic", ()) is None
