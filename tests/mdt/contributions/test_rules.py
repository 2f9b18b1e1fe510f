import uuid
from datetime import date, timedelta

import pytest
from hypothesis import given as such_as
from hypothesis import strategies as some

from mdt.contributions.rules import (
    ANSWERED,
    GUEST_STAYS,
    MOVES,
    ContributionState,
    Visibility,
    as_answers,
    as_kept,
    guest_until,
    may_read,
    wrong_with_due,
)
from mdt.panels.rules import Answer
from mdt.sharing.rules import Standing
from network.vocabulary import Discipline

C = ContributionState
TODAY = date(2026, 12, 7)


def standing(*disciplines: Discipline, is_clinical: bool = True) -> Standing:
    return Standing(uuid.uuid4(), {uuid.uuid4(): frozenset(disciplines)}, is_clinical=is_clinical)


@pytest.mark.parametrize("state", C)
@pytest.mark.parametrize("to", C)
def test_every_state_and_move(state: ContributionState, to: ContributionState) -> None:
    expected = {
        C.REQUESTED: {C.GIVEN, C.NOTHING_TO_ADD, C.NOT_KNOWN, C.CANNOT_SHARE, C.WITHDRAWN},
        C.GIVEN: set(),
    }.get(state, {C.REQUESTED})
    assert (to in MOVES[state]) == (to in expected)


def test_an_answer_is_whatever_ends_the_waiting_but_taking_it_back() -> None:
    assert frozenset(C) - {C.REQUESTED, C.WITHDRAWN} == ANSWERED


@pytest.mark.parametrize(
    ("visibility", "readers"),
    [
        (Visibility.ALL, {"pharmacist", "nurse", "charity"}),
        (Visibility.CLINICAL, {"pharmacist", "nurse"}),
        (Visibility.NAMED, {"pharmacist"}),
    ],
)
def test_who_reads_what(visibility: Visibility, readers: set[str]) -> None:
    cast = {
        "pharmacist": standing(Discipline.PHARMACY),
        "nurse": standing(Discipline.NURSING),
        "charity": standing(Discipline.VOLUNTARY, is_clinical=False),
    }
    assert {name for name, one in cast.items() if may_read(visibility, ["pharmacy"], one)} == readers


def test_a_guest_stays_for_the_answer_and_the_meeting() -> None:
    assert guest_until(TODAY, TODAY + timedelta(days=7)) == TODAY + timedelta(days=7) + GUEST_STAYS
    assert guest_until(TODAY, None) == guest_until(TODAY, TODAY - timedelta(days=7)) == TODAY + GUEST_STAYS


@such_as(
    some.dictionaries(
        some.text(min_size=1),
        some.builds(Answer, some.text() | some.integers() | some.floats(allow_nan=False), some.dates()),
    )
)
def test_answers_are_read_as_they_were_kept(answers: dict[str, Answer]) -> None:
    assert as_answers(as_kept(answers)) == answers


@pytest.mark.parametrize(("days", "said"), [(-1, "from today on"), (0, ""), (92, ""), (93, "three months")])
def test_an_answer_is_needed_within_three_months(days: int, said: str) -> None:
    wrong = wrong_with_due(TODAY + timedelta(days=days), TODAY)
    assert said in wrong
    assert bool(wrong) == bool(said)
