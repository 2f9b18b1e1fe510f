"""What is owed to carers: never without a need, and not again before anything has changed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdt.carers.rules import (
    ASSESSMENT_MOVES,
    HARD,
    AgreementScope,
    CarerStands,
    DutyKind,
    Strain,
    duties_of,
    has_need,
    is_to_be_asked,
    may_move,
    may_read_confidence,
    need_appeared_on,
)
from mdt.carers.wording import duty_said
from mdt.story.rules import CarerRole, CarersAssessment

TODAY = date(2026, 12, 7)
A, D = CarersAssessment, DutyKind
QUIET = CarerStands(
    CarerRole.PARTNER, A.NOT_OFFERED, None, has_contingency=True, agreements=frozenset({AgreementScope.KEEP})
)
days = st.integers(0, 900).map(lambda ago: TODAY - timedelta(days=ago))
stands = st.builds(
    CarerStands,
    st.sampled_from(CarerRole),
    st.sampled_from(A),
    st.none() | days,
    st.lists(days, max_size=3).map(tuple),
    st.booleans(),
    st.sampled_from([None, *Strain]),
    st.none() | days,
    st.booleans(),
    st.frozensets(st.sampled_from(AgreementScope)),
)


def kinds(carer: CarerStands) -> list[DutyKind]:
    return [duty.kind for duty in duties_of(carer, TODAY)]


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.mark.parametrize(
    ("changes", "owed"),
    [
        ({}, []),
        ({"needs_on": (ago(3),)}, [D.OFFER]),
        ({"has_needs": True}, [D.OFFER]),
        ({"strain": Strain.JUST, "strain_on": ago(3)}, []),
        ({"strain": Strain.CANNOT, "strain_on": ago(3)}, [D.OFFER, D.STRAIN]),
        ({"assessment": A.OFFERED, "stepped_on": ago(28)}, []),
        ({"assessment": A.OFFERED, "stepped_on": ago(29)}, [D.ASK_ANSWER]),
        ({"assessment": A.ACCEPTED, "stepped_on": ago(42)}, []),
        ({"assessment": A.ACCEPTED, "stepped_on": ago(43)}, [D.CHASE]),
        ({"assessment": A.DECLINED, "stepped_on": ago(9), "needs_on": (ago(9),)}, []),
        ({"assessment": A.DECLINED, "stepped_on": ago(9), "needs_on": (ago(8),)}, [D.OFFER_AGAIN]),
        ({"assessment": A.DONE, "stepped_on": ago(366)}, [D.LOOK_AGAIN]),
        ({"has_contingency": False}, [D.CONTINGENCY]),
        ({"has_contingency": False, "role": CarerRole.INFORMED}, []),
        ({"agreements": frozenset()}, [D.AGREEMENT]),
        ({"agreements": frozenset(), "role": CarerRole.NOT_INVOLVED}, []),
    ],
)
def test_what_is_owed_follows_from_how_things_stand(changes, owed) -> None:
    assert kinds(replace(QUIET, **changes)) == owed


@given(stands)
def test_the_law_is_called_on_only_where_there_is_a_need(carer) -> None:
    by_law = [duty for duty in duties_of(carer, TODAY) if duty.is_by_law]
    assert not by_law or has_need(carer)
    if carer.assessment is A.NOT_OFFERED:
        assert bool(by_law) == has_need(carer)
    for duty in by_law:
        assert duty.since is None or duty.since <= TODAY
        assert "Care Act 2014, section 10" in duty_said(duty)


@given(stands)
def test_each_duty_is_told_once_in_a_whole_sentence_and_the_law_comes_first(carer) -> None:
    found = duties_of(carer, TODAY)
    assert len({duty.kind for duty in found}) == len(found)
    assert [duty.is_by_law for duty in found] == sorted((duty.is_by_law for duty in found), reverse=True)
    assert all(duty_said(duty)[-1] in ".)" for duty in found)


@given(stands)
def test_a_need_that_was_answered_is_not_told_again(carer) -> None:
    appeared = need_appeared_on(carer)
    if appeared is not None and carer.assessment in {A.DONE, A.DECLINED} and carer.stepped_on:
        assert appeared > carer.stepped_on
    if carer.strain not in HARD and not carer.needs_on:
        assert appeared is None


def test_an_assessment_moves_one_step_at_a_time_and_can_begin_anew() -> None:
    assert ASSESSMENT_MOVES.keys() == set(A)
    assert may_move(A.NOT_OFFERED, A.OFFERED)
    assert not may_move(A.NOT_OFFERED, A.DONE)
    assert may_move(A.DECLINED, A.OFFERED)
    assert not may_move(A.OFFERED, A.DONE)


def test_who_reads_what_was_told_in_confidence() -> None:
    nobody = {"coordinates": False, "is_author": False, "must_assess": False}
    assert not may_read_confidence(**nobody)
    assert all(may_read_confidence(**(nobody | {one: True})) for one in nobody)


def test_a_carer_is_asked_again_after_half_a_year() -> None:
    assert is_to_be_asked(None, TODAY)
    assert is_to_be_asked(ago(181), TODAY)
    assert not is_to_be_asked(ago(180), TODAY)
