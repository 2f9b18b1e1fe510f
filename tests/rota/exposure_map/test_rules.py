from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from network.vocabulary import Discipline
from rota.exposure_map.rules import Asked, map_of
from rota.exposure_map.wording import missing_said, seen_said
from rota.rotations.rules import Stretch

D = Discipline
TODAY = date(2026, 12, 7)
YEAR = Stretch(TODAY - timedelta(weeks=26), TODAY + timedelta(weeks=26) - timedelta(1))
ASKED = Asked(D.NURSING, half_days=20, breadth=3, named=frozenset({D.OPTOMETRY, D.DENTISTRY}))


def test_what_is_over_counts_and_what_comes_is_shown_apart() -> None:
    days = [(D.OPTOMETRY, TODAY - timedelta(1)), (D.OPTOMETRY, TODAY), (D.DENTISTRY, TODAY)]
    seen = map_of(ASKED, days, [], (3, 1), YEAR, TODAY)
    assert [(row.discipline, row.half_days, row.coming) for row in seen.rows] == [
        (D.OPTOMETRY, 1, 1),
        (D.DENTISTRY, 0, 1),
    ]
    assert seen.missing == (D.DENTISTRY,)
    assert missing_said(seen) == "Still to see: dentistry."
    assert seen_said(seen.rows[0]) == "1 half-day, 1 to come"
    assert (seen.due, seen.is_behind, seen.meetings, seen.cases) == (10, True, 3, 1)


def test_weeks_of_placements_count_once_they_have_begun() -> None:
    stays = [
        (D.PHARMACY, Stretch(TODAY - timedelta(weeks=2), TODAY + timedelta(weeks=2))),
        (D.DENTISTRY, Stretch(TODAY + timedelta(1), TODAY + timedelta(weeks=4))),
        (D.NURSING, Stretch(TODAY - timedelta(weeks=4), TODAY)),
    ]
    seen = map_of(ASKED, [], stays, (0, 0), YEAR, TODAY)
    assert {row.discipline: row.weeks for row in seen.rows} == {D.OPTOMETRY: 0, D.PHARMACY: 3, D.DENTISTRY: 0}
    assert seen.seen == 1
    assert seen_said(next(row for row in seen.rows if row.weeks)) == "3 weeks placed"


@given(st.lists(st.tuples(st.sampled_from(Discipline), st.integers(-200, 200))), st.integers(-300, 300))
def test_no_half_day_with_another_discipline_is_lost_or_counted_twice(
    given_days: list[tuple[Discipline, int]], now: int
) -> None:
    days = [(discipline, TODAY + timedelta(off)) for discipline, off in given_days]
    seen = map_of(ASKED, days, [], (0, 0), YEAR, TODAY + timedelta(now))
    counted = Counter({row.discipline: row.half_days + row.coming for row in seen.rows})
    assert +counted == Counter(each for each, _ in days if each is not ASKED.own)
    assert 0 <= seen.due <= ASKED.half_days
    assert set(seen.missing) <= ASKED.named
