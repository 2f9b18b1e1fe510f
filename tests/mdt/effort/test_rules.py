import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdt.effort.rules import Claim, Spent, attended_minutes, lines_of, overlapping
from network.vocabulary import Discipline

ELM, OAK = uuid.UUID(int=1), uuid.UUID(int=2)
DAY = date(2026, 10, 7)
SPENT = Spent(ELM, "Elm Surgery", Discipline.PHARMACY, DAY, meeting=59.5)
CLAIM = Claim(ELM, None, date(2026, 4, 1), None, "NB-01 Fund")


@pytest.mark.parametrize(
    ("first", "last", "minutes"), [(None, None, 61.0), (1, 1, 4.0), (2, None, 8.0), (None, 1, 4.0), (3, 4, 0)]
)
def test_whoever_comes_for_their_own_cases_gives_their_minutes_only(
    first: int | None, last: int | None, minutes: float
) -> None:
    assert attended_minutes(61.0, 60, [(1, 240), (2, 480)], first, last) == minutes


def test_nobody_claims_for_a_night_through_which_a_meeting_was_left_open() -> None:
    assert attended_minutes(900.0, 60, [(1, 40_000)], None, None) == 120
    assert attended_minutes(900.0, 60, [(1, 40_000)], 1, 1) == 120


def test_time_without_a_scheme_is_paid_by_nobody() -> None:
    line = lines_of([SPENT, replace(SPENT, meeting=0, preparation=20)], [])[0]
    assert (line.scheme, line.attended, line.meeting, line.preparation, line.unpaid) == ("", 1, 60, 20, 80)


def test_a_scheme_that_does_not_pay_for_preparation_leaves_that_unpaid() -> None:
    spent = [SPENT, replace(SPENT, meeting=0, preparation=20)]
    assert lines_of(spent, [CLAIM])[0].unpaid == 20
    assert lines_of(spent, [replace(CLAIM, pays_preparation=True)])[0].unpaid == 0


def test_a_claim_counts_on_its_days_and_for_its_discipline() -> None:
    assert not replace(CLAIM, ends_on=DAY - timedelta(days=1)).covers(ELM, Discipline.PHARMACY, DAY)
    assert not replace(CLAIM, discipline=Discipline.NURSING).covers(ELM, Discipline.PHARMACY, DAY)
    assert not CLAIM.covers(OAK, Discipline.PHARMACY, DAY)


DAYS = st.dates(date(2026, 1, 1), date(2026, 3, 31))
CLAIMS = st.builds(
    lambda discipline, days, is_open: Claim(ELM, discipline, min(days), None if is_open else max(days)),
    st.sampled_from([None, Discipline.PHARMACY, Discipline.NURSING]),
    st.tuples(DAYS, DAYS),
    st.booleans(),
)


@given(st.lists(CLAIMS, max_size=6), DAYS, st.sampled_from([Discipline.PHARMACY, Discipline.NURSING]))
def test_no_minute_is_claimed_twice_where_what_overlaps_is_refused(
    wanted: list[Claim], day: date, discipline: Discipline
) -> None:
    claims: list[Claim] = []
    for each in wanted:
        if overlapping(claims, each) is None:
            claims.append(each)
    assert sum(each.covers(ELM, discipline, day) for each in claims) <= 1


@given(st.lists(st.tuples(st.sampled_from([ELM, OAK]), st.integers(0, 90), st.integers(0, 60))))
def test_every_minute_stands_in_one_line(given_time: list[tuple[uuid.UUID, int, int]]) -> None:
    spent = [
        Spent(where, str(where), Discipline.PHARMACY, DAY, meeting, preparation)
        for where, meeting, preparation in given_time
    ]
    lines = lines_of(spent, [CLAIM])
    assert sum(line.minutes for line in lines) == sum(meeting + ahead for _, meeting, ahead in given_time)
    assert all(line.unpaid <= line.minutes for line in lines)
