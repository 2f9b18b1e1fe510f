from datetime import timedelta

import pytest
import time_machine

from network.access.rules import Role
from rota.advice.queries import marks_for
from rota.leave.commands import approve_leave, request_leave
from rota.leave.rules import AbsenceKind, Away
from tests.cast import Cast
from tests.makers import MONDAY
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER
TUESDAY = MONDAY + timedelta(1)


@pytest.fixture(autouse=True)
def _weeks_before() -> None:
    with time_machine.travel(MONDAY - timedelta(weeks=4), tick=True):
        yield


def test_leave_that_waits_is_marked_as_asked_for_and_granted_leave_as_away(cast: Cast) -> None:
    member = scene.make_worker(cast, "Example")
    granted = request_leave(cast[MANAGER], member.id, Away(AbsenceKind.ANNUAL, MONDAY, MONDAY))
    approve_leave(cast[MANAGER], granted)
    request_leave(cast[MANAGER], member.id, Away(AbsenceKind.ANNUAL, TUESDAY, TUESDAY))
    marks = marks_for(cast[MANAGER], member.id)
    assert (marks[str(MONDAY)], marks[str(TUESDAY)]) == ("away", "asked")
