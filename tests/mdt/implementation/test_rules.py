from datetime import date

import pytest

from mdt.actions.rules import ActionState
from mdt.implementation.rules import DONE, NOT_DONE, STILL_OPEN, became_of

DUE = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("state", "ended_on", "became"),
    [
        (ActionState.DONE, date(2026, 5, 20), DONE),
        (ActionState.DONE, date(2026, 8, 30), DONE),
        # A day later than 90 days after it was due, it had no answer when it was looked at.
        (ActionState.DONE, date(2026, 8, 31), STILL_OPEN),
        (ActionState.NOT_DONE, date(2026, 6, 3), NOT_DONE),
        (ActionState.ACCEPTED, None, STILL_OPEN),
    ],
)
def test_an_action_is_looked_at_90_days_after_it_was_due(
    state: ActionState, ended_on: date | None, became: str
) -> None:
    assert became_of(state, ended_on, DUE) == became
