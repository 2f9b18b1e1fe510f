import uuid
from datetime import date, timedelta

import pytest

from network.vocabulary import Discipline
from rota.views.rules import Look, Rows, short_names, weeks_shown

MONDAY = date(2026, 12, 7)
SOMEBODY = uuid.UUID("12345678123456781234567812345678")


def test_an_address_and_the_look_it_asks_for_say_the_same() -> None:
    look = Look(
        week=MONDAY,
        weeks=4,
        by=Rows.SITE,
        discipline=Discipline.NURSING,
        site="ELM",
        name="amy b",
        person=SOMEBODY,
        only_short=True,
    )
    assert Look.of(look.asked) == look
    assert Look().asked == {}
    assert Look.at("https://example.org/rota/?by=room&weeks=4#c-1") == Look(weeks=4, by=Rows.ROOM)


@pytest.mark.parametrize(
    "asked",
    [
        {"week": "nonsense"},
        {"weeks": "3"},
        {"by": "moon"},
        {"discipline": "magic"},
        {"person": "42"},
        {"short": "perhaps"},
    ],
)
def test_what_makes_no_sense_in_an_address_is_left_out(asked: dict[str, str]) -> None:
    assert Look.of(asked) == Look()


def test_a_changed_look_keeps_the_rest_of_the_address() -> None:
    look = Look(week=MONDAY, site="ELM")
    assert look.but(by=Rows.ROOM) == {"week": "2026-12-07", "by": "room", "site": "ELM"}
    assert look.but(site="") == {"week": "2026-12-07"}


@pytest.mark.parametrize(("name", "found"), [("amy", True), ("EX am", True), ("my", False), ("", True)])
def test_a_search_finds_the_beginnings_of_names(name: str, found: bool) -> None:
    assert Look(name=name).finds("Dr Amy Example") is found


def test_four_weeks_are_shown_in_blocks() -> None:
    mondays = [MONDAY + timedelta(weeks=number) for number in range(6)]
    assert weeks_shown(mondays, mondays[2], 1) == (mondays[2],)
    assert weeks_shown(mondays, mondays[2], 4) == tuple(mondays[:4])
    assert weeks_shown(mondays, mondays[5], 4) == tuple(mondays[4:])


def test_short_names_tell_people_apart() -> None:
    names = {"a": ("Amy", "Copy"), "b": ("Ben", "Copy"), "c": ("Cai", "Draft"), "d": ("Ann", "Copy")}
    assert short_names(names) == {"a": "Amy Copy", "b": "B Copy", "c": "Draft", "d": "Ann Copy"}
