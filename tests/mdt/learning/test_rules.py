from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdt.learning.rules import MOVES, ExampleState, Known, Telling, telltales, wrong_with_telling
from network.vocabulary import Discipline

EDITH = Known(
    names=("Specimen-Howe", "Edith", "Edie"),
    born_on=date(1941, 3, 4),
    places=("12 Larkfield Road, Exampleton", "Beechwood Care Home"),
    others=("Zoë Carter",),
)
SAFE = (
    "A woman in her eighties fell twice after a change of glasses. She takes 12 medicines, lives on her own"
    " in a flat on a road without a bus, and may see the optometrist on Monday 14 December at 10:30. Her"
    " blood pressure was 120/80. Will the team ask her what she wants? In March she was well."
)
TELLING = Telling(
    "Falls after new glasses", SAFE, "Look at glasses and medicines together.", "", (Discipline.OPTOMETRY,)
)


def test_a_case_written_afresh_gives_nobody_away() -> None:
    assert telltales(SAFE, EDITH) == []
    assert wrong_with_telling(TELLING) == ""


@pytest.mark.parametrize(
    "slip",
    [
        "Edith fell again.",
        "EDITH fell again.",
        "We asked edith's neighbour.",
        "The howe family was told.",
        "Edie wanted to stay.",
        "Zoe comes on Sundays.",
        "Mrs Example was told.",
        "Dr. Okafor rang.",
        "NHS number 999 000 0018.",
        "999-000-0018",
        "9990000018",
        "999  000  0018",
        "999.000.0018",
        "999/000/0018",
        "Ring +44 (0)1632 960999.",
        "Ring 01632.960999.",
        "She lives in EX1  1AA.",
        "Edi\u00adth fell again.",
        "Spec\u200bimen.",
        "Ring 01632 960999.",
        "Write to someone@example.org.",
        "She lives in EX1 1AA.",
        "She lives in ex11aa.",
        "She moved from Larkfield.",
        "She is at Beechwood now.",
        "In Exampleton nobody knew.",
        "Born on 4 March.",
        "Born on March the 4th.",
        "Born on the 4th of March 1950.",
        "Born March 4.",
        "Born 04/03/41.",
        "Born 4.3.1941.",
        "Born 1941-03-04.",
        "A girl of 1941.",
    ],
)
def test_what_would_give_her_away_is_found(slip: str) -> None:
    assert telltales(f"{SAFE} {slip}", EDITH)


@given(
    st.sampled_from(["Edith", "Specimen", "Howe", "Edie", "Carter", "Larkfield", "Beechwood"]),
    st.sampled_from([str.lower, str.upper, str.title, str.swapcase]),
    st.sampled_from([" ", ", ", ".\n", "'", "-", "(", "“", "\u00a0"]),
    st.integers(0, len(SAFE.split())),
)
def test_a_name_or_place_is_found_wherever_and_however_it_is_written(word, as_, around, place: int) -> None:
    words = SAFE.split()
    told = " ".join([*words[:place], f"{around}{as_(word)}{around}", *words[place:]])
    assert [said for said in telltales(told, EDITH) if as_(word) in said]


def test_an_everyday_word_is_a_name_only_where_it_is_written_like_one() -> None:
    may = Known(names=("May", "Rose"))
    assert telltales("She may have risen; prices rose.", may) == []
    assert telltales("In the end May agreed.", may) == ["'May': it is part of their name"]


def test_a_short_name_of_a_street_is_found_beside_its_road_only() -> None:
    known = Known(names=("Specimen",), places=("7 Elm Street, Exampleton",))
    assert telltales("She lives in ELM street.", known) == ["'elm street': it is part of where they live"]
    assert telltales("She fell beside an elm, on a street.", known) == []


def test_other_days_and_years_are_no_birthday() -> None:
    assert telltales("On 5 March 2026 and 3 April, at 4 in March.", Known((), born_on=date(1941, 3, 4))) == []


def test_what_they_do_not_want_told_is_told_to_nobody() -> None:
    known = Known((), topics=("Her drinking", "what happened with the police"))
    assert telltales("What helped her with the stairs?", known) == []
    said = telltales("Drinking again, she rang the police.", known)
    assert said == ["'Drinking': they do not want that told", "'police': they do not want that told"]


def test_each_slip_is_told_once() -> None:
    assert telltales("Edith. Edith. Edith.", EDITH) == ["'Edith': it is part of their name"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": " "}, "title"),
        ({"vignette": "She fell."}, "at least 100"),
        ({"lesson": ""}, "what can be learnt"),
        ({"disciplines": ()}, "at least one discipline"),
        ({"vignette": "x" * 3001}, "Shorten the vignette"),
    ],
)
def test_an_example_has_a_title_a_story_a_lesson_and_readers(changes, sentence: str) -> None:
    telling = Telling(**{**vars(TELLING), **changes})
    assert sentence in wrong_with_telling(telling)


def test_what_was_withdrawn_does_not_come_back() -> None:
    assert MOVES[ExampleState.WITHDRAWN] == frozenset()
    assert set(MOVES) == set(ExampleState)
