from datetime import date, timedelta

import pytest

from network.vocabulary import ContractType, SessionKind
from rota.allowances.rules import (
    Balance,
    Year,
    cost,
    entitled,
    holidays_cost,
    year_of,
)
from rota.leave.rules import AbsenceKind, Away, Working
from rota.staff.rules import Availability, Pattern, PatternChoice, PatternSlot

MONDAY = date(2026, 12, 7)
FRIDAY = MONDAY + timedelta(4)
YEAR = Year(date(2026, 4, 1), date(2027, 3, 31))
AM, PM, EVENING = SessionKind.MORNING, SessionKind.AFTERNOON, SessionKind.EVENING
SESSION = 250


def make_working(
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4),
    kinds: tuple[SessionKind, ...] = (AM, PM),
    shut: frozenset[tuple[date, SessionKind | None]] = frozenset(),
) -> Working:
    choices = {
        PatternSlot(1, weekday, kind): PatternChoice(Availability.AVAILABLE)
        for weekday in weekdays
        for kind in kinds
    }
    pattern = Pattern(date(2026, 1, 5), choices=choices)
    return Working(date(2026, 1, 1), date.max, (pattern,), shut)


def a_week(working: Working, weekly: int = 8 * SESSION, away: Away | None = None) -> float:
    leave = away or Away(AbsenceKind.ANNUAL, MONDAY, FRIDAY)
    return cost([leave], working, weekly, SESSION, YEAR.first, YEAR.last) / SESSION


def test_a_week_away_costs_no_more_than_the_contract() -> None:
    assert a_week(make_working()) == 8
    assert a_week(make_working(weekdays=(0, 1))) == 4


def test_a_day_costs_the_sessions_that_would_be_worked() -> None:
    assert a_week(make_working(), away=Away(AbsenceKind.ANNUAL, MONDAY, MONDAY)) == 2
    half = Away(AbsenceKind.ANNUAL, MONDAY, MONDAY, starts_with=PM)
    assert a_week(make_working(), away=half) == 1
    assert a_week(make_working(weekdays=(1,)), away=half) == 0


def test_an_evening_costs_its_own_length() -> None:
    evening = Away(AbsenceKind.ANNUAL, MONDAY, MONDAY, starts_with=EVENING)
    assert a_week(make_working(kinds=(AM, PM, EVENING)), away=evening) == 90 / SESSION


def test_days_on_which_the_place_is_shut_cost_nothing() -> None:
    shut = frozenset({(MONDAY, None), (FRIDAY, PM)})
    assert a_week(make_working(shut=shut), weekly=10 * SESSION) == 7


def test_two_absences_over_the_same_days_cost_once() -> None:
    leave = Away(AbsenceKind.ANNUAL, MONDAY, MONDAY)
    assert cost([leave, leave], make_working(), 2000, SESSION, YEAR.first, YEAR.last) == 2 * SESSION


def test_leave_over_the_end_of_a_year_counts_in_each_for_its_part() -> None:
    leave = Away(AbsenceKind.ANNUAL, date(2027, 3, 31), date(2027, 4, 1))
    assert a_week(make_working(), away=leave) == 2


def test_bank_holidays_cost_what_would_have_been_worked() -> None:
    christmas = date(2026, 12, 25)
    closed = make_working(shut=frozenset({(christmas, None)}))
    assert holidays_cost([christmas], closed, 2000, SESSION) == 2 * SESSION
    assert holidays_cost([christmas], make_working(), 2000, SESSION) == 0
    not_on_fridays = make_working(weekdays=(0,), shut=frozenset({(christmas, None)}))
    assert holidays_cost([christmas], not_on_fridays, 2000, SESSION) == 0


def test_the_law_gives_five_and_six_tenths_weeks_pro_rata() -> None:
    whole = entitled(YEAR, 8 * SESSION, 56, ContractType.SALARIED, date(2020, 1, 1), date.max)
    assert whole / SESSION == pytest.approx(44.8)
    half_year = entitled(YEAR, 8 * SESSION, 56, ContractType.SALARIED, date(2026, 10, 1), date.max)
    assert half_year == pytest.approx(whole * 182 / 365, abs=1)
    assert entitled(YEAR, 2000, 56, ContractType.SALARIED, date(2027, 5, 1), date.max) == 0


@pytest.mark.parametrize(
    "contract", [ContractType.PARTNER, ContractType.LOCUM, ContractType.AGENCY, ContractType.VOLUNTEER]
)
def test_who_is_no_worker_has_what_was_agreed(contract: ContractType) -> None:
    assert entitled(YEAR, 2000, 56, contract, date(2020, 1, 1), date.max) == 0


@pytest.mark.parametrize(
    ("day", "month", "first", "starts_on"),
    [
        (date(2026, 4, 1), 4, 1, date(2026, 4, 1)),
        (date(2026, 3, 31), 4, 1, date(2025, 4, 1)),
        (date(2026, 1, 1), 1, 1, date(2026, 1, 1)),
        (date(2027, 2, 28), 2, 29, date(2027, 2, 28)),
    ],
)
def test_a_leave_year_starts_on_its_day(day: date, month: int, first: int, starts_on: date) -> None:
    year = year_of(day, month, first)
    assert year.first == starts_on
    assert year.first <= day <= year.last


def test_a_balance_is_told_in_sessions_of_the_person() -> None:
    balance = Balance(YEAR, SESSION, entitled=11200, carried=500, holidays=2000, taken=1000, asked=125)
    assert balance.sessions(balance.whole) == "46.8"
    assert balance.sessions(balance.left) == "34.3"
    assert balance.sessions(0) == "0"
    assert balance.sessions(-500) == "-2"
