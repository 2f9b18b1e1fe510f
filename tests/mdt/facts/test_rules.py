from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mdt.facts.queries import pack
from mdt.facts.rules import NEVER, Fact, as_fact_pack, derived_of, facts_in, latest_of, wrong_with_fact
from mdt.panels.queries import packs
from mdt.panels.rules import Answer, FieldKind

TODAY = date(2026, 12, 7)
SPECS = pack().specs


def derived(**changes: object) -> dict[str, Fact]:
    told = {
        "born_on": date(1941, 12, 8),
        "lives_alone": None,
        "housebound": None,
        "care_home": "",
        "recorded_on": date(2026, 3, 1),
        "strain_on": None,
        "today": TODAY,
    }
    return {each.key: each for each in derived_of(**(told | changes))}


def test_every_answer_that_is_a_fact_is_a_known_one_of_the_same_kind() -> None:
    fields = [each for panel in packs().values() for each in panel.fields if each.fact]
    assert fields
    for each in fields:
        spec = SPECS[each.fact]
        assert not spec.is_derived
        if each.fact_values:
            assert set(each.fact_values) <= set(each.choices)
            assert set(each.fact_values.values()) <= set(spec.field.words)
        else:
            assert each.kind is spec.field.kind
            assert (each.low, each.high, each.is_whole) == (
                spec.field.low,
                spec.field.high,
                spec.field.is_whole,
            )


@pytest.mark.parametrize(
    ("key", "value", "said", "reason"),
    [
        ("medicines", 12, "12", "12 medicines"),
        ("dry_mouth", "yes", "Yes", "dry mouth"),
        ("last_smr", "2026-11-01", "1 November 2026, 5 weeks ago", "last medication review 1 November 2026"),
        ("last_smr", NEVER, "Never, or none on record", "no medication review on record"),
        ("bone_medicine", "starting", "About to start", "bone medicine about to start"),
        ("efi2_category", "Moderate", "Moderate", "eFI2 category Moderate"),
    ],
)
def test_a_fact_is_said_on_the_page_and_given_as_a_reason(key, value, said, reason) -> None:
    assert (SPECS[key].said(value, TODAY), SPECS[key].reason(value)) == (said, reason)


@pytest.mark.parametrize(
    ("key", "value", "as_at", "words"),
    [
        ("medicines", 61, TODAY, "whole number from 0 to 60"),
        ("medicines", True, TODAY, "whole number from 0 to 60"),
        ("dry_mouth", "perhaps", TODAY, "choose one"),
        ("last_smr", "2027-01-01", TODAY, "a day up to today"),
        ("dry_mouth", "yes", TODAY + timedelta(days=1), "for when this was known"),
        ("efi2_category", " ", TODAY, "enter what is known"),
        ("age", 80, TODAY, "worked out, not written down"),
    ],
)
def test_nonsense_is_refused_with_a_sentence(key, value, as_at, words) -> None:
    assert words in wrong_with_fact(SPECS[key], Answer(value, as_at), TODAY)


def test_a_day_may_be_never_and_nothing_else_may() -> None:
    assert wrong_with_fact(SPECS["last_smr"], Answer(NEVER, TODAY), TODAY) == ""
    assert wrong_with_fact(SPECS["dry_mouth"], Answer(NEVER, TODAY), TODAY)


def test_answers_become_facts_as_the_panel_says() -> None:
    known_on = date(2026, 5, 3)
    fields = [each for panel in packs().values() for each in panel.fields]
    answers = {
        "medicines": Answer(12, known_on),
        "teeth": Answer("some", known_on),
        "vision_registration": Answer("none", known_on),
        "mouth_trouble": Answer("sore gums", known_on),
    }
    assert facts_in(answers, fields) == {
        "medicines": Answer(12, known_on),
        "dentures": Answer("yes", known_on),
    }


def test_a_persons_record_gives_facts_as_of_the_day_it_was_saved() -> None:
    found = derived(lives_alone=True, housebound=False, care_home="Elm House", strain_on=date(2026, 6, 1))
    assert {key: each.value for key, each in found.items()} == {
        "age": 84,
        "lives_alone": "yes",
        "housebound": "no",
        "care_home": "yes",
        "carer_strain": "yes",
    }
    assert found["housebound"].as_at == date(2026, 3, 1)


def test_what_nobody_has_asked_is_no_fact() -> None:
    assert set(derived()) == {"age"}


facts = st.builds(
    Fact,
    st.sampled_from(["medicines", "falls_12m"]),
    st.integers(0, 9),
    st.dates(date(2025, 1, 1), TODAY),
    st.just("x"),
)


@given(st.lists(facts))
@settings(max_examples=100, deadline=None)
def test_of_each_fact_the_latest_counts_and_of_one_day_the_one_noted_last(noted: list[Fact]) -> None:
    for key, fact in latest_of(noted).items():
        of_key = [each for each in noted if each.key == key]
        newest = max(each.as_at for each in of_key)
        assert fact is [each for each in of_key if each.as_at == newest][-1]


@pytest.mark.parametrize(
    "fact",
    [
        {"name": "x", "label": "X", "kind": "number", "says": "no place"},
        {"name": "x", "label": "X", "kind": "day", "says": "on {}"},
        {"name": "x", "label": "X", "kind": "yes_no", "says": {"yes": "x"}},
        {"name": "x", "label": "X", "kind": "yes_no", "says": {"yes": "x", "no": "y", "perhaps": "z"}},
    ],
)
def test_a_list_of_facts_that_is_wrong_stops_the_start(fact) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        as_fact_pack({"version": "1", "groups": [{"name": "G", "facts": [fact]}]})


def test_words_are_shown_and_asked_by_no_rule() -> None:
    assert [key for key, spec in SPECS.items() if spec.field.kind is FieldKind.WORDS] == ["efi2_category"]
