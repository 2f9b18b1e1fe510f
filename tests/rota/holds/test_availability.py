from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from network.vocabulary import Activity, Discipline, SessionKind
from rota.availability.rules import Duty, fixed_at, free_of, kinds_at, meets, short_of
from rota.holds.rules import Free
from rota.leave.rules import AbsenceKind, Away
from rota.staff.rules import Availability, PatternChoice, PatternSlot
from tests.makers import MONDAY
from tests.rota.roster.test_rules import make_time

AM, PM = SessionKind.MORNING, SessionKind.AFTERNOON
SICK = Away(AbsenceKind.SICKNESS, MONDAY, MONDAY)


def at(hour: int, minute: int = 0, minutes: int = 60, day: date = MONDAY) -> tuple[datetime, datetime]:
    starts = datetime(day.year, day.month, day.day, hour, minute)
    return starts, starts + timedelta(minutes=minutes)


def test_a_time_lies_in_the_sessions_it_meets_or_in_the_nearest() -> None:
    assert kinds_at(at(10)) == [AM]
    assert kinds_at(at(12)) == [AM]
    assert kinds_at(at(12, minutes=120)) == [AM, PM]
    assert kinds_at(at(12, 20, minutes=30)) == [AM]
    assert kinds_at(at(10, day=MONDAY + timedelta(6))) == []


def test_leave_and_sickness_are_told_alike_before_anything_else() -> None:
    duty = Duty(*at(9, minutes=180), "on duty at Elm then")
    assert free_of([make_time(absences=(SICK,))], [duty], [], at(10)) == Free(False, "not available then")
    assert free_of([make_time()], [duty], [], at(10)) == Free(False, "on duty at Elm then")
    assert free_of([make_time()], [duty], [], at(13)).is_free


def test_under_two_posts_somebody_is_away_in_both_and_works_in_either() -> None:
    never = PatternChoice(Availability.NEVER)
    off = make_time({PatternSlot(1, 0, AM): never})
    assert not free_of([make_time(), make_time(absences=(SICK,))], [], [], at(10)).is_free
    assert free_of([off, make_time()], [], [], at(10)).is_free
    assert free_of([off], [], [], at(10)).why == "not at work then"


def test_what_a_pattern_has_fixed_is_named_while_it_lasts() -> None:
    teaching = PatternChoice(Availability.FIXED, Activity.TEACHING)
    times = make_time({PatternSlot(1, 0, PM): teaching})
    assert fixed_at(times, at(14)) == "structured teaching"
    assert free_of([times], [], [], at(14)).why == "kept for structured teaching then"
    assert fixed_at(times, at(12, 30, minutes=30)) == ""


def test_a_quorum_that_is_there_says_nothing() -> None:
    asked = [("Pat", Free(True)), ("Sam", Free(False, "not at work then"))]
    assert short_of(Discipline.PHARMACY, 1, asked) == ""
    assert short_of(Discipline.PHARMACY, 2, asked) == ("Pharmacy: 2 needed, 1 free: Sam is not at work then.")
    assert short_of(Discipline.PHARMACY, 1, []) == "Pharmacy: 1 needed, none free."


spans = st.builds(at, st.integers(0, 20), st.integers(0, 59), st.integers(1, 180))


@given(spans, spans)
def test_two_times_meet_as_soon_as_they_share_a_minute(
    one: tuple[datetime, datetime], other: tuple[datetime, datetime]
) -> None:
    minutes = [
        {start + timedelta(minutes=each) for each in range(round((end - start).total_seconds() / 60))}
        for start, end in (one, other)
    ]
    assert meets(one, other) == meets(other, one) == bool(minutes[0] & minutes[1])
