from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdt.casefinding.queries import first_rule
from mdt.casefinding.rules import (
    Criterion,
    Rule,
    as_plain,
    is_looked_at,
    months_between,
    of_plain,
    weigh,
    wrong_with_rule,
)
from mdt.casefinding.wording import because_said, criterion_said
from mdt.findings.queries import columns
from mdt.findings.rules import Said

TODAY = date(2026, 11, 22)
COLUMNS = columns()
FRAIL = Rule(
    (Criterion("cfs", 5), Criterion("repeat_medicines", 10), Criterion("eol_register", True, 2)), needs=2
)


def said(**values: object) -> dict[str, Said]:
    return {key: Said(value, TODAY) for key, value in values.items()}


def test_what_holds_is_added_up_and_told() -> None:
    facts = said(cfs=6, repeat_medicines=12, eol_register=False)
    weighed = weigh(FRAIL, facts, COLUMNS, TODAY)
    assert weighed.counts == 2
    assert is_looked_at(FRAIL, weighed)
    assert because_said(weighed, facts, COLUMNS) == ("Clinical Frailty Scale: 6", "Regular medicines: 12")


def test_what_no_list_said_counts_for_nothing() -> None:
    assert not is_looked_at(FRAIL, weigh(FRAIL, {}, COLUMNS, TODAY))
    assert not is_looked_at(Rule(()), weigh(Rule(()), said(cfs=9), COLUMNS, TODAY))


@pytest.mark.parametrize(
    ("criterion", "value", "holds"),
    [
        (Criterion("cfs", 5), 5, True),
        (Criterion("cfs", 5), 4, False),
        (Criterion("imd_decile", 2), 2, True),
        (Criterion("imd_decile", 2), 3, False),
        (Criterion("housebound", True), True, True),
        (Criterion("housebound", True), False, False),
        (Criterion("last_smr", 12), date(2025, 11, 22), True),
        (Criterion("last_smr", 12), date(2025, 11, 23), False),
        (Criterion("efi2_category", ("moderate", "severe")), "severe", True),
        (Criterion("efi2_category", ("moderate", "severe")), "Band 3b", False),
        # A score of one model never counts for the other.
        (Criterion("efi2_category", ("severe",)), 0.5, False),
    ],
)
def test_each_kind_of_criterion_holds_from_its_edge(criterion: Criterion, value: object, holds: bool) -> None:
    assert bool(weigh(Rule((criterion,)), said(**{criterion.key: value}), COLUMNS, TODAY).counts) is holds


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (Rule(()), "Choose at least one"),
        (Rule((Criterion("cfs", 10),)), "from 1 to 9"),
        (Rule((Criterion("cfs", 5.5),)), "from 1 to 9"),
        (Rule((Criterion("cfs", 5, 4),)), "count 1 to 3"),
        (Rule((Criterion("cfs", 5),), needs=2), "from 1 to 1"),
        (Rule((Criterion("cfs", 5), Criterion("cfs", 6))), "count once"),
        (Rule((Criterion("language", True),)), "what lists may say"),
        (Rule((Criterion("efi2_category", ("purple",)),)), "choose at least one"),
        (Rule((Criterion("last_smr", 0),)), "from 1 to 120 months"),
        (Rule((Criterion("housebound", False),)), "where it is yes"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_with_what_to_do(rule: Rule, sentence: str) -> None:
    assert sentence in wrong_with_rule(rule, COLUMNS)


def test_the_first_rule_is_one_that_may_be_set() -> None:
    assert not wrong_with_rule(first_rule(), COLUMNS)
    assert (
        criterion_said(first_rule().criteria[0], COLUMNS) == "Electronic frailty index (eFI): at least 0.25"
    )


def test_a_rule_is_read_as_it_was_kept() -> None:
    rule = Rule(
        (*FRAIL.criteria, Criterion("efi2_category", ("severe",), 3), Criterion("efi_score", 0.25)), needs=3
    )
    assert of_plain(as_plain(rule), COLUMNS) == rule
    assert of_plain(as_plain(rule), ["cfs"]).criteria == (Criterion("cfs", 5),)


@given(st.dictionaries(st.sampled_from(["cfs", "repeat_medicines", "falls_12m"]), st.integers(1, 60)))
def test_more_of_anything_never_takes_somebody_out(values: dict[str, int]) -> None:
    before = weigh(first_rule(), said(**values), COLUMNS, TODAY).counts
    more = {key: value + 1 for key, value in values.items()}
    assert weigh(first_rule(), said(**more), COLUMNS, TODAY).counts >= before


@pytest.mark.parametrize(
    ("day", "months"),
    [(date(2026, 11, 22), 0), (date(2026, 10, 23), 0), (date(2026, 10, 22), 1), (date(2025, 11, 22), 12)],
)
def test_months_are_counted_when_they_are_full(day: date, months: int) -> None:
    assert months_between(day, TODAY) == months
