import hashlib
import hmac
import uuid
from datetime import date, timedelta

import pytest

from rota.host_answers.rules import (
    PURPOSE,
    Answer,
    AskingState,
    asking_state,
    read_token,
    token_of,
    wrong_with_answer,
)
from rota.host_answers.wording import answer_tag, share_said

DAY = date(2026, 12, 7)
NETWORK, ASKING = uuid.uuid4(), uuid.uuid4()


def sign(purpose: str, message: str, key: bytes = b"key") -> str:
    return hmac.new(key + purpose.encode(), message.encode(), hashlib.sha256).hexdigest()


def test_a_link_names_its_network_and_its_asking() -> None:
    assert read_token(token_of(NETWORK, ASKING, sign), sign) == (NETWORK, ASKING)


@pytest.mark.parametrize("token", ["", ".", "abc", "abc.def", "é.é", f"{'A' * 43}.{'0' * 64}"])
def test_what_we_did_not_sign_names_nothing(token: str) -> None:
    assert read_token(token, sign) is None


def test_a_link_signed_for_something_else_or_by_others_names_nothing() -> None:
    token = token_of(NETWORK, ASKING, sign)
    assert read_token(token, lambda purpose, message: sign("another", message)) is None
    assert read_token(token, lambda purpose, message: sign(purpose, message, b"stolen")) is None
    signature = token.partition(".")[2]
    other = token_of(NETWORK, uuid.uuid4(), sign).partition(".")[0]
    assert read_token(f"{other}.{signature}", sign) is None
    # What is signed but is no two ids names nothing either.
    assert read_token(f"abc.{sign(PURPOSE, 'abc')}", sign) is None


def test_a_link_holds_on_its_last_day_and_not_once_it_is_taken_back() -> None:
    assert asking_state(False, DAY, DAY) is AskingState.OPEN
    assert asking_state(False, DAY, DAY + timedelta(1)) is AskingState.EXPIRED
    assert asking_state(True, DAY, DAY) is AskingState.ENDED


def test_whoever_declines_says_why() -> None:
    assert wrong_with_answer(Answer.DECLINED, " ")
    assert wrong_with_answer(Answer.DECLINED, "x" * 501)
    assert not wrong_with_answer(Answer.DECLINED, "No room")
    assert not wrong_with_answer(Answer.ACCEPTED, "")


def test_nobody_waits_for_an_answer_to_a_placement_that_changed() -> None:
    assert "no answer needed" in answer_tag(Answer.ASKED, is_open=False)[0]
    assert answer_tag(Answer.ASKED, is_open=True)[0] == "Waiting"
    assert answer_tag(Answer.DECLINED, is_open=False)[0] == "Declined"
    assert share_said(100) == "Full time"
    assert share_said(60) == "60% of full time"
