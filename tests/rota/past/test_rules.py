from datetime import date, timedelta

from rota.past.rules import days_in_a_row, eves_of, looks_back_from


def test_the_look_back_makes_seventeen_weeks_with_the_first_of_the_rota() -> None:
    thursday = date(2027, 3, 4)
    assert looks_back_from(thursday) == date(2026, 11, 9)
    assert looks_back_from(thursday) + timedelta(weeks=16) == date(2027, 3, 1)


def test_days_in_a_row_are_counted_back_from_the_eve() -> None:
    eve = date(2027, 3, 7)
    assert days_in_a_row({eve, eve - timedelta(1), eve - timedelta(3)}, eve) == 2
    assert days_in_a_row({eve - timedelta(1)}, eve) == 0


def test_an_eve_is_the_last_working_day_before_a_bank_holiday() -> None:
    christmas = [date(2026, 12, 25), date(2026, 12, 28)]
    assert eves_of([*christmas, date(2027, 1, 1), date(2027, 5, 3)]) == {
        date(2026, 12, 24),
        date(2026, 12, 31),
        date(2027, 4, 30),
    }
