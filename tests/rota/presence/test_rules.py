from datetime import UTC, datetime, timedelta

from rota.presence.rules import HERE, JUST_LEFT, is_here

NOW = datetime(2026, 12, 7, 9, 0, tzinfo=UTC)


def test_whoever_gave_no_sign_for_a_while_is_not_here_any_more() -> None:
    assert is_here(NOW - timedelta(seconds=20), NOW)
    assert not is_here(NOW - HERE - timedelta(seconds=1), NOW)
    assert HERE < JUST_LEFT
