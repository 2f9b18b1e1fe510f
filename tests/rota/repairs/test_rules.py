"""What a repair is made of, and when somebody has to be rung."""

import uuid
from datetime import timedelta

import pytest

from network.plumbing.database import now
from network.vocabulary import SessionKind
from rota.edits.rules import Cell
from rota.notices.rules import NoticeState
from rota.repairs.rules import (
    MOVES,
    RING_AFTER,
    CoverState,
    Wanted,
    hanging_on,
    may_move,
    must_be_rung,
    one_after_another,
)
from tests.makers import MONDAY

AMY, BOB, CAT, DAN = (uuid.UUID(int=number) for number in range(4))


def cell(member: uuid.UUID) -> Cell:
    return Cell(member, MONDAY, SessionKind.MORNING)


def on(line: str) -> dict[str, str]:
    return {"line_id": line}


def test_what_a_page_sends_back_is_what_it_was_given():
    for line in (None, uuid.uuid4()):
        wanted = Wanted(cell(AMY), line)
        assert Wanted.of_text(wanted.text) == wanted


@pytest.mark.parametrize("text", ["", "x", "a/b/c/d", f"{AMY}/{MONDAY}/noon/", f"{AMY}/{MONDAY}/AM"])
def test_what_nobody_was_given_is_not_read(text):
    with pytest.raises(ValueError):  # noqa: PT011  any of several
        Wanted.of_text(text)


def test_unread_for_ten_minutes_means_ring():
    made = now()
    assert not must_be_rung(NoticeState.UNSEEN, made, made + RING_AFTER - timedelta(seconds=1))
    assert must_be_rung(NoticeState.UNSEEN, made, made + RING_AFTER)
    assert not must_be_rung(NoticeState.SEEN, made, made + timedelta(hours=1))


def test_cover_that_has_ended_does_not_begin_again():
    assert not any(may_move(CoverState.ENDED, state) for state in CoverState)
    assert set(MOVES) == set(CoverState)


def test_a_repair_for_one_person_is_put_back_whole():
    made = {cell(AMY): (on("a"), None), cell(BOB): (None, on("a"))}
    assert hanging_on(AMY, (), made) == made


def test_of_a_repair_for_two_the_part_for_one_is_put_back_with_who_came_in_for_whom():
    made = {
        cell(AMY): (on("a"), None),
        cell(BOB): (on("b"), on("a")),
        cell(CAT): (None, on("b")),
        cell(DAN): (on("d"), None),
    }
    assert set(hanging_on(AMY, {DAN}, made) or ()) == {cell(AMY), cell(BOB), cell(CAT)}
    assert set(hanging_on(DAN, {AMY}, made) or ()) == {cell(DAN)}


def test_parts_for_two_who_left_the_same_duty_cannot_be_told_apart():
    made = {cell(AMY): (on("a"), None), cell(DAN): (on("a"), None), cell(BOB): (None, on("a"))}
    assert hanging_on(AMY, {DAN}, made) is None


def test_two_repairs_of_one_rota_come_to_what_was_before_the_first_and_is_after_the_last():
    first = {cell(AMY): (on("elm"), None)}
    second = {cell(AMY): (None, on("oak")), cell(BOB): (on("oak"), None)}
    assert one_after_another(first, second) == {
        cell(AMY): (on("elm"), on("oak")),
        cell(BOB): (on("oak"), None),
    }
