from datetime import date, time, timedelta

import pytest

from network.vocabulary import Activity, SessionKind
from rota.leave.rules import AbsenceKind, Away
from rota.requests.rules import Asked, Span
from rota.roster import rules
from rota.roster.rules import (
    Time,
    burden_of,
    credits_in,
    fixed_by_week,
    leave_by_week,
    missed_education_in,
    on_day,
    sessions_of,
    unavailable_in,
    wishes_in,
)
from rota.solver.staff_rota import Wish
from rota.staff.rules import Availability, Pattern, PatternChoice, PatternSlot, is_young
from tests.makers import MONDAY

AM, PM, EVENING = SessionKind.MORNING, SessionKind.AFTERNOON, SessionKind.EVENING
SUNDAY = MONDAY + timedelta(6)
AVAILABLE = PatternChoice(Availability.AVAILABLE)


def make_time(
    choices: dict[PatternSlot, PatternChoice] | None = None,
    absences: tuple[Away, ...] = (),
    shut: dict[tuple[date, SessionKind | None], str] | None = None,
    weekly_minutes: int = 2000,
) -> Time:
    every = {PatternSlot(1, weekday, kind): AVAILABLE for weekday in range(5) for kind in (AM, PM)}
    return Time(
        planned=(date(2020, 1, 1), date.max),
        patterns=(Pattern(MONDAY, 1, None, every | (choices or {})),),
        absences=absences,
        shut=shut or {},
        weekly_minutes=weekly_minutes,
        session_minutes=250,
        home_site="ELM",
    )


def the_week() -> tuple[rules.Session, ...]:
    return sessions_of(MONDAY, SUNDAY, ())


def test_a_week_has_four_sessions_a_workday_and_two_on_saturday() -> None:
    sessions = the_week()
    assert len(sessions) == 22
    assert [session.number for session in sessions] == list(range(22))
    assert [session.kind for session in sessions[:4]] == ["EAM", "AM", "PM", "EVE"]


def test_what_a_pattern_fixed_counts_in_the_weeks_before_but_where_nobody_worked() -> None:
    tutorial = PatternChoice(Availability.FIXED, Activity.TEACHING)
    every = {PatternSlot(1, weekday, PM): tutorial for weekday in range(4)}
    leave = Away(AbsenceKind.ANNUAL, MONDAY, MONDAY)
    times = make_time(every, (leave,))
    tuesday, thursday, next_monday = (MONDAY + timedelta(days) for days in (1, 3, 7))
    # Leave on Monday, a bank holiday on Tuesday; on Thursday the rota begins.
    assert fixed_by_week(times, [MONDAY], thursday, {tuesday}) == {MONDAY: 250}
    assert fixed_by_week(times, [MONDAY, next_monday], date.max, ()) == {MONDAY: 750, next_monday: 1000}
    assert fixed_by_week(make_time(), [MONDAY], thursday, ()) == {}


def test_a_session_wanted_on_a_sunday_has_its_number() -> None:
    assert len(sessions_of(MONDAY, SUNDAY, [(SUNDAY, AM)])) == 23


def test_nobody_can_be_asked_outside_their_pattern_or_on_leave() -> None:
    away = Away(AbsenceKind.ANNUAL, MONDAY, MONDAY)
    why = {
        (session.day, session.kind): reason
        for session in the_week()
        if (reason := unavailable_in(make_time(absences=(away,)), the_week()).get(session.number))
    }
    assert why[MONDAY, "AM"] == "annual leave"
    assert why[MONDAY + timedelta(1), "EVE"] == "does not work then"
    assert (MONDAY + timedelta(1), "AM") not in why


def test_a_week_of_leave_meets_the_whole_contract() -> None:
    away = Away(AbsenceKind.ANNUAL, MONDAY, SUNDAY)
    assert sum(credits_in(make_time(absences=(away,)), the_week()).values()) == 2000


def test_a_bank_holiday_meets_its_share_of_the_contract() -> None:
    met = credits_in(make_time(shut={(MONDAY, None): "Bank holiday"}), the_week())
    assert sum(met.values()) == 400


def test_leave_and_bank_holidays_take_the_teaching_that_was_fixed_then_and_no_other() -> None:
    fixed = PatternChoice(Availability.FIXED, Activity.TEACHING)
    taught = {PatternSlot(1, 0, PM): fixed, PatternSlot(1, 2, AM): fixed}
    hours = {
        session.number: (on_day(session.day, time(9)), on_day(session.day, time(13)))
        for session in the_week()
    }
    away = make_time(taught, (Away(AbsenceKind.ANNUAL, MONDAY, MONDAY + timedelta(1)),))
    assert list(missed_education_in(away, the_week(), hours).values()) == [240]
    closed = make_time(taught, shut={(MONDAY + timedelta(2), None): "Bank holiday"})
    assert list(missed_education_in(closed, the_week(), hours).values()) == [240]
    assert missed_education_in(make_time(taught), the_week(), hours) == {}


def test_what_a_pattern_fixes_is_a_commitment_unless_it_cannot_take_place() -> None:
    slot = PatternSlot(1, 0, PM)
    teaching = {slot: PatternChoice(Availability.FIXED, Activity.TEACHING)}
    assert make_time(teaching).fixed(MONDAY, PM) is Activity.TEACHING
    assert make_time(teaching, (Away(AbsenceKind.ANNUAL, MONDAY, MONDAY),)).fixed(MONDAY, PM) is None
    assert make_time(teaching, shut={(MONDAY, None): "Bank holiday"}).fixed(MONDAY, PM) is None


@pytest.mark.parametrize(
    ("days", "kind", "burden"),
    [
        (0, AM, "Monday mornings"),
        (0, PM, None),
        (2, EVENING, "evenings"),
        (4, PM, "Friday afternoons"),
        (5, SessionKind.SATURDAY_MORNING, "Saturdays"),
    ],
)
def test_unpopular_sessions_have_a_name(days: int, kind: SessionKind, burden: str | None) -> None:
    assert burden_of(MONDAY + timedelta(days), kind) == burden


def test_the_afternoon_before_a_bank_holiday_is_a_burden_of_its_own() -> None:
    assert burden_of(MONDAY + timedelta(4), PM, is_eve=True) == "eves of bank holidays"
    assert burden_of(MONDAY + timedelta(4), EVENING, is_eve=True) == "evenings"
    assert burden_of(MONDAY, AM, is_eve=True) == "Monday mornings"


def test_what_was_asked_for_comes_before_what_the_pattern_likes() -> None:
    times = make_time({PatternSlot(1, 0, kind): PatternChoice(Availability.PREFERRED) for kind in (AM, PM)})
    sessions = sessions_of(MONDAY, MONDAY, ())
    off = Asked(False, 7, Span(day=MONDAY, kind=AM))
    found = wishes_in(times, sessions, [off])
    numbers = {session.kind: session.number for session in sessions}
    assert found[-1] == Wish(frozenset({numbers["AM"]}), works=False, strength=7)
    assert [wish.works for wish in found[:-1]] == [True]


def test_somebody_is_young_until_the_eighteenth_birthday() -> None:
    assert is_young(date(2009, 12, 8), date(2027, 12, 7))
    assert not is_young(date(2009, 12, 7), date(2027, 12, 7))
    assert not is_young(None, date(2027, 12, 7))


def test_leave_before_a_rota_is_counted_by_week_as_credits_are() -> None:
    away = Away(AbsenceKind.ANNUAL, MONDAY, SUNDAY)
    later = SUNDAY + timedelta(weeks=1)
    assert leave_by_week(make_time(absences=(away,)), MONDAY, later) == {MONDAY: 2000}
    assert leave_by_week(make_time(), MONDAY, later) == {}
