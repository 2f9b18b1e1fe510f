from datetime import timedelta

import pytest

from rota.rotas.rules import PeriodState, Stage, stage_of
from rota.rotas.wording import OVER, meaning_of, steps_of
from tests.makers import MONDAY

SUNDAY = MONDAY + timedelta(6)


@pytest.mark.parametrize(
    ("state", "days", "stage"),
    [
        (PeriodState.COLLECTING, 0, Stage.COLLECTING),
        (PeriodState.PUBLISHED, -1, Stage.PUBLISHED),
        (PeriodState.PUBLISHED, 0, Stage.LIVE),
        (PeriodState.PUBLISHED, 30, Stage.LIVE),
        (PeriodState.CLOSED, 30, Stage.CLOSED),
    ],
)
def test_a_published_rota_is_live_from_its_first_day_until_it_is_closed(
    state: PeriodState, days: int, stage: Stage
) -> None:
    assert stage_of(state, MONDAY, MONDAY + timedelta(days)) is stage


def test_steps_that_were_skipped_are_left_out() -> None:
    assert [step.label for step in steps_of(Stage.LIVE, collected=False, proposed=False)] == [
        "Drafting",
        "Published",
        "Live",
        "Closed",
    ]
    steps = steps_of(Stage.DRAFTING, collected=True, proposed=False)
    assert [step.place for step in steps] == ["done", "now", "ahead", "ahead", "ahead", "ahead"]


def test_what_is_due_is_said_once_a_day_is_over() -> None:
    assert meaning_of(Stage.LIVE, None, SUNDAY, SUNDAY + timedelta(1)) == OVER
    assert "Begin drafting" in meaning_of(Stage.COLLECTING, MONDAY, SUNDAY, SUNDAY)
    assert "last day for requests is" in meaning_of(Stage.COLLECTING, MONDAY, SUNDAY, MONDAY)
