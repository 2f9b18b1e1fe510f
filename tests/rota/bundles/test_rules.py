import uuid
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from network.vocabulary import Discipline, Priority
from rota.bundles.rules import (
    WEIGHTS,
    Counted,
    Entered,
    Need,
    counted,
    disciplines_needed,
    left_over,
    wrong_with_bundle,
)

DAY = date(2026, 12, 7)
NORTH, SOUTH, DIABETES = uuid.UUID(int=1), uuid.UUID(int=2), uuid.UUID(int=3)
NEED = Need(NORTH, DIABETES)


@pytest.mark.parametrize(
    ("changed", "count", "name", "sentence"),
    [
        ({}, 0, "count", "1 to 999"),
        ({}, 1000, "count", "1 to 999"),
        ({"clinic_type_id": None}, 4, "disciplines", "Choose a clinic"),
        ({"longest_minutes": 241}, 4, "longest_minutes", "0 to 240"),
        ({"due_on": DAY - timedelta(1)}, 4, "due_on", "from today on"),
    ],
)
def test_what_a_bundle_cannot_be_is_said_beside_its_question(changed, count, name, sentence) -> None:
    assert not wrong_with_bundle(NEED, 4, DAY)
    assert sentence in wrong_with_bundle(replace(NEED, **changed), count, DAY)[name]


def test_who_is_more_urgent_weighs_more() -> None:
    assert WEIGHTS[Priority.ROUTINE] < WEIGHTS[Priority.SOON] < WEIGHTS[Priority.URGENT]


needs = st.builds(
    Need,
    st.sampled_from([NORTH, SOUTH]),
    st.sampled_from([None, DIABETES]),
    priority=st.sampled_from(Priority),
    needs_step_free=st.booleans(),
)
entered = st.lists(
    st.builds(Entered, st.uuids(), needs, st.integers(1, 20), planned=st.integers(0, 25)), max_size=6
)
asked = st.lists(st.tuples(needs, st.integers(1, 5)), max_size=6)


@given(entered, asked)
@settings(max_examples=200, deadline=None)
def test_nobody_is_lost_or_counted_twice_when_both_come_together(bundles, waiting) -> None:
    rows = counted(bundles, waiting)
    assert sum(row.entered for row in rows) == sum(each.count for each in bundles)
    by_need: Counter[Need] = Counter()
    for need, count in waiting:
        by_need[need] += count
    told: Counter[Need] = Counter()
    for row in rows:
        told[row.need] += row.asked
    assert {need: count for need, count in told.items() if count} == by_need
    assert [row.bundle_id for row in rows if row.bundle_id] == [each.bundle_id for each in bundles]


@given(entered, asked)
@settings(max_examples=100, deadline=None)
def test_who_is_left_is_never_fewer_than_nobody_nor_more_than_all(bundles, waiting) -> None:
    rows = counted(bundles, waiting)
    assert all(row.asked <= row.left <= row.entered + row.asked for row in rows)
    assert left_over(rows) == sum(row.left for row in rows)


def test_places_that_are_planned_are_taken_off_those_entered_alone() -> None:
    assert Counted(NEED, uuid.UUID(int=9), entered=10, planned=4, asked=3).left == 9
    assert Counted(NEED, uuid.UUID(int=9), entered=4, planned=9, asked=3).left == 3


def test_disciplines_are_those_named_else_all_that_the_clinic_needs() -> None:
    core = {DIABETES: frozenset({Discipline.NURSING, Discipline.PHARMACY})}
    assert disciplines_needed(NEED, core) == core[DIABETES]
    named = frozenset({Discipline.NURSING})
    assert disciplines_needed(replace(NEED, disciplines=named), core) == named
    assert disciplines_needed(replace(NEED, clinic_type_id=None, disciplines=named), core) == named
    assert disciplines_needed(replace(NEED, clinic_type_id=NORTH), core) == frozenset()
