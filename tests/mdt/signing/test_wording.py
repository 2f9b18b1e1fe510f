from datetime import UTC, datetime

import pytest

from mdt.meetings.rules import Quorum
from mdt.signing.wording import hours_said, quorum_was_said, who_said
from network.vocabulary import Discipline

BEGAN = datetime(2026, 7, 14, 12, 2, tzinfo=UTC)


def test_the_clock_of_the_minutes_is_that_on_the_wall() -> None:
    assert hours_said(None, None) == "Not noted"
    assert hours_said(BEGAN, None) == "13:02, not ended yet"
    assert hours_said(BEGAN, BEGAN.replace(hour=13)) == "13:02 to 14:02"


@pytest.mark.parametrize(
    ("required", "have", "waiting", "said"),
    [
        ({}, (), (), "Not set: any number may decide"),
        ({"pharmacy": 1, "nursing": 2}, ("nursing", "pharmacy"), (), "✓ Met: 2 of nursing, pharmacy"),
        ({"pharmacy": 1, "nursing": 2}, ("nursing",), ("pharmacy",), "▲ Not met: waiting for pharmacy"),
    ],
)
def test_the_quorum_is_said_to_be_met_or_whom_it_waits_for(
    required: dict[str, int], have: tuple[str, ...], waiting: tuple[str, ...], said: str
) -> None:
    quorum = Quorum(tuple(map(Discipline, have)), tuple(map(Discipline, waiting)))
    assert quorum_was_said(required, quorum) == said


def test_nobody_present_is_said_too() -> None:
    assert who_said([]) == [("Present", "Nobody was noted")]
