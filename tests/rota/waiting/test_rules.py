import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest

from network.vocabulary import Discipline, Priority
from rota.bundles.rules import Counted, Need
from rota.solver.staff_rota.clinics import Bundle, ClinicKind, Clinics, Opening, Seat
from rota.waiting.rules import Offered, in_order, is_overdue, why_unplanned

DAY = date(2026, 12, 7)
NURSING, DENTISTRY, PHARMACY = Discipline.NURSING, Discipline.DENTISTRY, Discipline.PHARMACY
CLINIC = uuid.UUID(int=1)
FEET = Offered(CLINIC, "Foot clinic", frozenset({NURSING, DENTISTRY}), frozenset({NURSING}), is_used=True)
OURS = Need(uuid.UUID(int=2), CLINIC)


@pytest.mark.parametrize(
    ("need", "clinic", "sentence"),
    [
        (OURS, FEET, ""),
        (replace(OURS, disciplines=frozenset({DENTISTRY})), FEET, ""),
        (replace(OURS, disciplines=frozenset({PHARMACY})), FEET, "no seat for pharmacy"),
        (OURS, replace(FEET, is_used=False), "retired or cannot be planned"),
        (replace(OURS, clinic_type_id=uuid.UUID(int=9)), FEET, "retired or cannot be planned"),
        (Need(uuid.UUID(int=2), disciplines=frozenset({NURSING, DENTISTRY})), FEET, ""),
        (Need(uuid.UUID(int=2), disciplines=frozenset({NURSING, PHARMACY})), FEET, "No clinic has all"),
        (
            Need(uuid.UUID(int=2), disciplines=frozenset({NURSING})),
            replace(FEET, is_used=False),
            "No clinic has all",
        ),
    ],
)
def test_what_keeps_people_from_being_planned_for_is_said(need, clinic, sentence) -> None:
    said = why_unplanned(need, {clinic.id: clinic})
    assert bool(said) == bool(sentence)
    assert sentence in said


def test_only_those_still_waiting_after_their_day_are_overdue() -> None:
    late = replace(OURS, due_on=DAY - timedelta(1))
    assert is_overdue(Counted(late, CLINIC, entered=3, planned=2), DAY)
    assert not is_overdue(Counted(late, CLINIC, entered=3, planned=3), DAY)
    assert not is_overdue(Counted(replace(late, due_on=DAY), CLINIC, entered=3), DAY)


def test_who_waits_for_one_type_of_clinic_is_not_seen_in_another() -> None:
    seat = Seat("Nurse", "Nursing", 1, 1, 1, 1, 8)
    kinds = tuple(ClinicKind(key, key, (seat,)) for key in ("feet", "eyes"))
    opening = Opening(0, "eyes", "ELM", 0, "North", (0,))
    bundle = Bundle(0, "North", frozenset({"Nursing"}), 3, 1, None, "ELM", 30)
    clinics = Clinics(kinds, (opening,))
    whom = [replace(bundle, kind=kind) for kind in ("", "eyes", "feet")]
    assert [clinics.can_serve(opening, each) for each in whom] == [3, 3, 0]


def test_who_must_be_seen_first_comes_first() -> None:
    late, soon = replace(OURS, due_on=DAY + timedelta(9)), replace(OURS, due_on=DAY)
    urgent = replace(soon, priority=Priority.URGENT)
    assert sorted([OURS, late, soon, urgent], key=in_order) == [urgent, soon, late, OURS]
