import uuid
from datetime import date, timedelta

import pytest

from network.vocabulary import Activity, RoleGroup, SessionKind
from rota.demand.rules import Closed, SiteWant, Want, lines_for, wrong_with_want

MONDAY = date(2026, 12, 7)
ELM, OAK = uuid.uuid4(), uuid.uuid4()


def make_want(weekday: int = 0, kind: SessionKind = SessionKind.MORNING, **rest: object) -> Want:
    numbers = {"minimum": 1, "desired": 2, "maximum": 3}
    return Want(weekday, kind, RoleGroup.GP, Activity.SURGERY, **{**numbers, **rest})  # type: ignore[arg-type]


def at(site: uuid.UUID, want: Want) -> SiteWant:
    return SiteWant(uuid.uuid4(), site, want)


def test_a_day_has_the_lines_of_its_weekday() -> None:
    monday, tuesday = at(ELM, make_want(0)), at(ELM, make_want(1))
    assert lines_for(MONDAY, [monday, tuesday], []) == (monday,)
    assert lines_for(MONDAY + timedelta(8), [monday, tuesday], []) == (tuesday,)


def test_a_line_holds_between_its_dates() -> None:
    line = at(ELM, make_want(starts_on=MONDAY, ends_on=MONDAY + timedelta(7)))
    days = [MONDAY + timedelta(7 * week) for week in range(-1, 3)]
    assert [len(lines_for(day, [line], [])) for day in days] == [0, 1, 1, 0]


def test_a_closed_site_wants_nobody_and_the_others_still_do() -> None:
    elm, oak = at(ELM, make_want()), at(OAK, make_want())
    assert lines_for(MONDAY, [elm, oak], [Closed(ELM, MONDAY, None, "Bank holiday")]) == (oak,)


def test_an_afternoon_of_protected_learning_leaves_the_morning() -> None:
    morning, afternoon = at(ELM, make_want()), at(ELM, make_want(kind=SessionKind.AFTERNOON))
    learning = Closed(ELM, MONDAY, SessionKind.AFTERNOON, "Protected learning time")
    assert lines_for(MONDAY, [morning, afternoon], [learning]) == (morning,)
    assert len(lines_for(MONDAY + timedelta(7), [morning, afternoon], [learning])) == 2


@pytest.mark.parametrize(
    ("rest", "name", "sentence"),
    [
        ({"minimum": -1}, "minimum", "0 to 99"),
        ({"maximum": 100}, "maximum", "0 to 99"),
        ({"minimum": 3, "desired": 2}, "desired", "below the minimum, 3"),
        ({"desired": 4}, "maximum", "below the desired number, 4"),
        ({"minimum": 0, "desired": 0, "maximum": 0}, "maximum", "remove the line"),
        ({"kind": SessionKind.SATURDAY_MORNING}, "session", "no Saturday AM session on Monday"),
        ({"weekday": 6}, "session", "Sunday"),
        ({"starts_on": MONDAY, "ends_on": MONDAY - timedelta(1)}, "ends_on", "on or after"),
    ],
)
def test_numbers_and_days_that_cannot_be_are_named(rest: dict, name: str, sentence: str) -> None:
    assert sentence in wrong_with_want(make_want(**rest))[name]


def test_a_good_line_has_nothing_wrong() -> None:
    assert wrong_with_want(make_want()) == {}


def test_lines_ask_the_same_only_while_they_meet() -> None:
    first = make_want(ends_on=MONDAY)
    assert first.asks_the_same(make_want())
    assert not first.asks_the_same(make_want(starts_on=MONDAY + timedelta(1)))
    assert not first.asks_the_same(make_want(kind=SessionKind.EVENING))
