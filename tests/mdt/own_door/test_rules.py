import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdt.own_door.rules import (
    FOR_CARERS,
    SECRET_BYTES,
    STAYS_OPEN,
    Bar,
    Circumstances,
    DoorState,
    Part,
    bars_of,
    door_state,
    hash_of,
    is_secret_of,
    parts_shown,
    pass_of,
    read_pass,
    read_token,
    token_of,
    wrong_with_expiry,
    wrong_with_note,
)

TODAY = date(2026, 12, 7)
NOON = datetime(2026, 12, 7, 12, tzinfo=UTC)
NETWORK, DOOR = uuid.UUID(int=7), uuid.UUID(int=8)
SECRET = bytes(range(SECRET_BYTES))


def sign(purpose: str, message: str) -> str:
    return f"{hash((purpose, message)) & 0xFFFFFFFF:08x}"


def test_a_link_names_its_network_its_door_and_its_secret() -> None:
    assert read_token(token_of(NETWORK, DOOR, SECRET, sign), sign) == (NETWORK, DOOR, SECRET)


@given(st.text(max_size=200))
def test_nothing_that_we_did_not_write_is_read_as_a_link_or_a_pass(text: str) -> None:
    assert read_token(text, sign) is None
    assert read_pass(text, NOON, sign) is None


@given(st.integers(0, 80), st.characters(codec="ascii"))
def test_a_link_in_which_one_sign_was_changed_is_none(place: int, sign_: str) -> None:
    token = token_of(NETWORK, DOOR, SECRET, sign)
    changed = token[: place % len(token)] + sign_ + token[place % len(token) + 1 :]
    assert changed == token or read_token(changed, sign) is None


def test_what_lets_a_browser_in_is_no_link_and_a_link_lets_no_browser_in() -> None:
    token, entered = token_of(NETWORK, DOOR, SECRET, sign), pass_of(NETWORK, DOOR, NOON, sign)
    assert read_pass(token, NOON, sign) is None
    assert read_token(entered, sign) is None


def test_a_pass_is_over_after_its_moment() -> None:
    entered = pass_of(NETWORK, DOOR, NOON + STAYS_OPEN, sign)
    assert read_pass(entered, NOON + STAYS_OPEN, sign) == (NETWORK, DOOR)
    assert read_pass(entered, NOON + STAYS_OPEN + timedelta(seconds=1), sign) is None


def test_of_a_secret_only_a_hash_is_kept() -> None:
    assert SECRET.hex() not in hash_of(SECRET)
    assert is_secret_of(SECRET, hash_of(SECRET))
    assert not is_secret_of(SECRET[::-1], hash_of(SECRET))


@pytest.mark.parametrize(
    ("changes", "bar"),
    [
        ({"died": True}, Bar.DIED),
        ({"stopped": True}, Bar.STOPPED),
        ({"safeguarding": True}, Bar.SAFEGUARDING),
        ({"objects": True}, Bar.OBJECTED),
        ({"carer_is_involved": False}, Bar.CARER_ENDED),
        ({"agrees_to_carer": False}, Bar.NOT_AGREED),
    ],
)
def test_each_of_these_shuts_a_door_by_itself(changes: dict[str, bool], bar: Bar) -> None:
    assert bars_of(Circumstances()) == ()
    assert bars_of(replace(Circumstances(), **changes)) == (bar,)


@given(st.builds(Circumstances, *[st.booleans()] * 6), st.booleans(), st.integers(-5, 5))
def test_a_door_is_open_only_where_nothing_speaks_against_it(
    found: Circumstances, ended: bool, days: int
) -> None:
    bars = bars_of(found)
    state = door_state(ended, TODAY + timedelta(days=days), bars, TODAY)
    assert (state is DoorState.OPEN) == (not ended and days >= 0 and not bars)


def test_a_carer_sees_what_was_agreed_and_never_who_looked() -> None:
    assert parts_shown([Part.TEAM, Part.READERS, Part.MEASURES, "nonsense"], for_carer=True) == (Part.TEAM,)
    assert parts_shown([], for_carer=False) == tuple(Part)
    assert Part.READERS not in FOR_CARERS


@pytest.mark.parametrize(("days", "is_right"), [(0, False), (1, True), (365, True), (366, False)])
def test_a_link_works_from_a_day_to_a_year(days: int, is_right: bool) -> None:
    assert (not wrong_with_expiry(TODAY + timedelta(days=days), TODAY)) is is_right


def test_what_is_empty_or_too_long_is_said_to_be() -> None:
    assert "first" in wrong_with_note("  ")
    assert "too long" in wrong_with_note("a" * 2001)
    assert not wrong_with_note("a" * 2000)
