from datetime import date, timedelta

from rota.past.rules import days_in_a_row, looks_back_from


def test_the_look_back_makes_seventeen_weeks_with_the_first_of_the_rota() -> None:
    thursday = date(2027, 3, 4)
    assert looks_back_from(thursday) == date(2026, 11, 9)
    assert looks_back_from(thursday) + timedelta(weeks=16) == date(2027, 3, 1)


def test_days_in_a_row_are_counted_back_from_the_eve() -> None:
    eve = date(2027, 3, 7)
    assert days_in_a_row({eve, eve - timedelta(1), eve - timedelta(3)}, eve) == 2
    assert days_in_a_row({eve - timedelta(1)}, eve) == 0
