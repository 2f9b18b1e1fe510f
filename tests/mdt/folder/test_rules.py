"""What can be done next with a case, whatever it stands at."""

import pytest

from mdt.cases.rules import MOVES, CaseState
from mdt.folder.rules import Step, steps_open_to

S = CaseState
EVERYBODY = dict.fromkeys(("is_own", "coordinates", "may_call", "may_tell", "may_let_in", "may_book"), True)
NOBODY = dict.fromkeys(EVERYBODY, False)
LEADS_TO = {Step.TRIAGE: S.TRIAGED, Step.REPLY: S.SUBMITTED, Step.CLOSE: S.CLOSED, Step.WITHDRAW: S.WITHDRAWN}


@pytest.mark.parametrize("state", CaseState)
def test_no_step_is_offered_that_the_states_refuse(state: CaseState) -> None:
    steps = steps_open_to(state, **EVERYBODY)
    assert all(LEADS_TO[step] in MOVES[state] for step in steps & LEADS_TO.keys())
    assert Step.LIST not in steps or S.LISTED in MOVES[state] or S.TRIAGED in MOVES[state]


@pytest.mark.parametrize("state", CaseState)
def test_who_may_only_read_is_offered_nothing(state: CaseState) -> None:
    assert not steps_open_to(state, **NOBODY)


def test_a_referrer_answers_and_withdraws_and_does_not_triage() -> None:
    assert steps_open_to(S.RETURNED, **NOBODY | {"is_own": True}) == {Step.REPLY, Step.WITHDRAW}
    assert steps_open_to(S.SUBMITTED, **NOBODY | {"is_own": True}) == {Step.WITHDRAW}


def test_a_case_that_is_closed_can_only_be_opened_again() -> None:
    assert steps_open_to(S.CLOSED, **EVERYBODY | {"may_call": False}) == {Step.REOPEN}
