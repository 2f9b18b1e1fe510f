from dataclasses import replace

from network.vocabulary import RoleGroup, RoomKind
from rota.clinic_teams.rules import Asking, differences

GP, NURSE, DENTIST = RoleGroup.GP, RoleGroup.NURSE, RoleGroup.DENTIST
ONE = Asking(1, 1, 2)


def said(asked: dict[RoleGroup, Asking], now: dict[RoleGroup, Asking]) -> list[str]:
    return list(differences(asked, now))


def test_the_same_team_differs_in_nothing() -> None:
    assert said({GP: ONE, NURSE: ONE}, {NURSE: ONE, GP: ONE}) == []


def test_seats_that_came_went_and_changed_are_named() -> None:
    asked = {GP: ONE, NURSE: ONE, DENTIST: ONE}
    now = {GP: replace(ONE, room=RoomKind.CONSULTING), NURSE: Asking(2, 2, 2), RoleGroup.PHARMACIST: ONE}
    assert said(asked, now) == [
        "GP: the most, skills, room or payer changed.",
        "Nurse: 1 asked for, 2 needed now.",
        "Pharmacist: not asked for, 1 needed now.",
        "Dentist: 1 asked for, no seat any more.",
    ]


def test_a_seat_that_is_gone_and_asks_for_nobody_needs_no_word() -> None:
    assert said({GP: ONE, NURSE: Asking(0, 0, 2)}, {GP: ONE}) == []
