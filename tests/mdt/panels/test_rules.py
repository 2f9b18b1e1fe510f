from datetime import date

import pytest

from mdt.panels.queries import packs
from mdt.panels.rules import Field, FieldKind, as_panel, is_old, said_ago, wrong_with_question
from network.vocabulary import Discipline

TODAY = date(2026, 12, 7)
D = Discipline


def field(kind: FieldKind, **changes: object) -> Field:
    return Field(**{"name": "x", "label": "Question", "kind": kind, **changes})


def raw(**changes: object) -> dict[str, object]:
    question = {"name": "x", "label": "Question", "kind": "words"}
    return {
        "discipline": "pharmacy",
        "version": "1",
        "source": "Own wording",
        "brings": "",
        "fields": [question],
    } | changes


def test_there_is_a_pack_for_each_discipline_of_the_table() -> None:
    assert set(packs()) == {
        D.GENERAL_PRACTICE,
        D.PHARMACY,
        D.OPTOMETRY,
        D.DENTISTRY,
        D.SOCIAL_CARE,
        D.COMMUNITY_NURSING,
        D.MENTAL_HEALTH,
        D.VOLUNTARY,
        D.HOSPITAL_CARE,
    }


@pytest.mark.parametrize("panel", packs().values(), ids=lambda panel: panel.discipline.value)
def test_a_pack_is_short_enough_for_ninety_seconds_and_says_its_source(panel) -> None:
    assert 6 <= len(panel.fields) <= 9
    assert panel.version
    assert panel.source


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"colour": "red"}, "has no colour"),
        ({"version": ""}, "version"),
        ({"discipline": "astrology"}, "astrology"),
        ({"fields": [{"name": "x", "label": "A", "kind": "words"}] * 2}, "same name"),
        ({"fields": [{"name": "x y", "label": "A", "kind": "words"}]}, "name and a label"),
        ({"fields": [{"name": "x", "label": "A", "kind": "choice"}]}, "choices"),
        ({"fields": [{"name": "x", "label": "A", "kind": "words", "choices": {"a": "A"}}]}, "choices"),
        ({"fields": [{"name": "x", "label": "A", "kind": "number", "low": 9, "high": 1}]}, "more than"),
        ({"fields": [{"name": "x", "label": "A", "kind": "words", "wide": True}]}, "wide"),
        ({"fields": [{"name": "x", "label": "A", "kind": "guess"}]}, "guess"),
    ],
)
def test_a_pack_that_is_wrong_in_itself_is_refused(changes: dict[str, object], said: str) -> None:
    as_panel(raw())
    with pytest.raises(ValueError, match=said):
        as_panel(raw(**changes))


@pytest.mark.parametrize(
    ("asked", "fits", "misfits"),
    [
        (field(FieldKind.WORDS), ["Cataract"], ["x" * 301, 4]),
        (field(FieldKind.NUMBER, high=60), [0, 60, 11.0], [-1, 61, 1.5, "eleven", float("nan")]),
        (field(FieldKind.NUMBER, high=1, is_whole=False), [0.31], [1.2]),
        (field(FieldKind.DAY), ["2026-12-07", "1999-01-01"], ["2026-12-08", "soon", 3]),
        (field(FieldKind.YES_NO), ["yes", "no"], ["maybe", True]),
        (field(FieldKind.CHOICE, choices={"own": "Own teeth"}), ["own"], ["Own teeth", ""]),
    ],
    ids=lambda each: each.kind.value if isinstance(each, Field) else None,
)
def test_answers_fit_their_question(asked: Field, fits, misfits) -> None:
    assert [asked.wrong_with(value, TODAY) for value in fits] == [""] * len(fits)
    assert all(asked.wrong_with(value, TODAY).startswith("Question: ") for value in misfits)


def test_answers_are_said_as_people_say_them() -> None:
    assert field(FieldKind.DAY).said("2024-05-04", TODAY) == "4 May 2024, 31 months ago"
    assert field(FieldKind.NUMBER, unit="hours a week").said(7, TODAY) == "7 hours a week"
    assert field(FieldKind.YES_NO).said("no", TODAY) == "No"
    assert field(FieldKind.CHOICE, choices={"own": "Own teeth"}).said("own", TODAY) == "Own teeth"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 12, 7), "today"),
        (date(2026, 12, 6), "yesterday"),
        (date(2026, 11, 30), "7 days ago"),
        (date(2026, 11, 9), "4 weeks ago"),
        (date(2026, 10, 7), "2 months ago"),
        (date(2026, 9, 8), "2 months ago"),
        (date(2024, 4, 8), "31 months ago"),
        (date(2020, 1, 1), "6 years ago"),
    ],
)
def test_how_long_ago(day: date, said: str) -> None:
    assert said_ago(day, TODAY) == said


def test_a_fact_is_old_after_a_year() -> None:
    assert not is_old(date(2025, 12, 7), TODAY)
    assert is_old(date(2025, 12, 6), TODAY)


@pytest.mark.parametrize(
    ("label", "kind", "choices", "said"),
    [
        (" ", FieldKind.WORDS, (), "Enter the question"),
        ("Inhaler", FieldKind.CHOICE, ("Good",), "2 to 12"),
        ("Inhaler", FieldKind.CHOICE, ("Good", "good"), "once"),
    ],
)
def test_a_question_of_ones_own_has_what_it_needs(label: str, kind: FieldKind, choices, said: str) -> None:
    assert said in wrong_with_question(label, kind, choices)
