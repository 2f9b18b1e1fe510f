import uuid
from datetime import date, timedelta

from rota.supervision.rules import Load, Taken, left_with, minutes_for, tightest, used_in
from rota.supervision.wording import blocks_said

MONDAY = date(2026, 12, 7)
AMY, BEN, CAT = (uuid.UUID(int=number) for number in range(1, 4))


def taken(minutes: int, *supervisors: uuid.UUID, weeks: int = 4) -> Taken:
    return Taken(MONDAY, MONDAY + timedelta(weeks=weeks) - timedelta(1), minutes, supervisors)


def test_supervisors_share_a_learner_by_the_minutes_that_they_have() -> None:
    assert used_in(MONDAY, [taken(120, AMY, BEN)], {AMY: 300, BEN: 100}) == {AMY: 90, BEN: 30}
    # Whoever is on leave has nobody while a colleague is there.
    assert used_in(MONDAY, [taken(120, AMY, BEN)], {AMY: 0, BEN: 100}) == {AMY: 0, BEN: 120}
    assert used_in(MONDAY, [taken(121, AMY, BEN)], {}) == {AMY: 61, BEN: 60}


def test_no_minute_is_lost_or_made_by_sharing() -> None:
    for minutes in range(50):
        used = used_in(MONDAY, [taken(minutes, AMY, BEN, CAT), taken(7, CAT)], {AMY: 7, BEN: 11, CAT: 13})
        assert sum(used.values()) == minutes + 7


def test_a_placement_takes_minutes_in_its_own_weeks_alone() -> None:
    one = taken(60, AMY, weeks=1)
    assert used_in(MONDAY, [one], {AMY: 60}) == {AMY: 60}
    assert used_in(MONDAY + timedelta(7), [one], {AMY: 60}) == {}
    assert used_in(MONDAY, [taken(60)], {AMY: 60}) == {}


def test_part_time_learners_take_their_share_of_the_minutes_begun() -> None:
    assert minutes_for(100, 120) == 120
    assert minutes_for(60, 121) == 73


def test_the_tightest_week_of_a_block_is_told() -> None:
    weeks = [
        (MONDAY, MONDAY + timedelta(6), 100, 300),
        (MONDAY + timedelta(7), MONDAY + timedelta(13), 100, 60),
    ]
    load = tightest(weeks)
    assert load == Load(MONDAY, MONDAY + timedelta(13), 100, 60)
    assert load.is_over
    assert (load.percent, Load(MONDAY, MONDAY, 0, 0).percent, Load(MONDAY, MONDAY, 5, 0).percent) == (
        167,
        0,
        100,
    )
    assert blocks_said([load]) == ["7 Dec"]


def test_whoever_has_time_is_left_when_one_is_away() -> None:
    assert left_with([AMY, BEN, CAT], AMY, {AMY: 60, BEN: 30, CAT: 0}) == (BEN,)
