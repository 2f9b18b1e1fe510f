from datetime import UTC, datetime, timedelta

import pytest

from network.access.rules import Role
from network.accounts.rules import (
    InvitationState,
    SignInRules,
    TimeLeft,
    invitation_state,
    sign_in_holds,
    time_left,
)

NOW = datetime(2026, 12, 7, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("started", "seen", "ended", "holds"),
    [
        (NOW - HOUR, NOW - timedelta(minutes=29), None, True),
        (NOW - HOUR, NOW - timedelta(minutes=31), None, False),
        (NOW - HOUR, NOW, NOW, False),
        (NOW - 11 * HOUR, NOW, None, True),
        (NOW - 13 * HOUR, NOW, None, False),
    ],
)
def test_a_sign_in_holds_while_it_is_used_and_for_a_working_day(started, seen, ended, holds) -> None:
    assert sign_in_holds(started, seen, ended, 30, NOW) is holds


def test_the_time_left_is_that_of_idleness_or_of_the_working_day_whichever_is_shorter() -> None:
    assert time_left(NOW - HOUR, NOW - timedelta(minutes=10), None, 30, NOW) == TimeLeft(20 * 60, True)
    assert time_left(NOW - 12 * HOUR + timedelta(minutes=5), NOW, None, 30, NOW) == TimeLeft(300, False)
    assert time_left(NOW - HOUR, NOW, NOW, 30, NOW) == TimeLeft(0, False)


@pytest.mark.parametrize(
    ("used", "withdrawn", "expires", "state"),
    [
        (None, None, NOW + HOUR, InvitationState.OPEN),
        (None, None, NOW, InvitationState.EXPIRED),
        (NOW, None, NOW - HOUR, InvitationState.USED),
        (None, NOW, NOW + HOUR, InvitationState.WITHDRAWN),
    ],
)
def test_an_invitation_says_what_became_of_it(used, withdrawn, expires, state) -> None:
    assert invitation_state(used, withdrawn, expires, NOW) is state


def test_roles_that_meet_patients_need_a_second_factor_unless_the_network_says_otherwise() -> None:
    assert SignInRules().needs_second_factor({Role.STAFF, Role.CLINICIAN})
    assert not SignInRules().needs_second_factor({Role.STAFF, Role.ADMINISTRATOR})
    assert not SignInRules(second_factor_for_patient_roles=False).needs_second_factor({Role.CLINICIAN})
