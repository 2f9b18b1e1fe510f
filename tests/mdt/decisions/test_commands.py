import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from mdt.cases.commands import WrongState
from mdt.cases.queries import history_of
from mdt.decisions.commands import Signed, add_addendum, sign_decision, write_decision
from mdt.decisions.queries import decision_of_item, decisions_of, decisions_of_items, get_decision
from mdt.decisions.rules import DECISION_MOVES, LONGEST_ADDENDUM, DecisionState, wrong_with_addendum
from network.access.rules import Role
from network.plumbing.commands import command
from network.plumbing.database import db
from network.plumbing.refusals import Invalid, NotAllowed, NotFound
from tests.cast import Cast
from tests.mdt.scene import expect, make_case, make_decision, make_item, make_meeting

CHAIR = Role.CHAIR
write, sign = command(write_decision), command(sign_decision)


def listed(cast: Cast):
    meeting = make_meeting(cast)
    item = make_item(meeting, make_case(cast))
    db.session.commit()
    return item


def signed(cast: Cast, **changes: object):
    decision = make_decision(listed(cast), state=DecisionState.SIGNED, **changes)
    db.session.commit()
    return decision


def test_a_decision_is_replaced_until_it_is_signed(cast: Cast) -> None:
    item = listed(cast)
    first = write(cast[CHAIR], item, "Rest.")
    second = write(cast[CHAIR], item, "Walk.")
    assert second.replaces_id == first.id
    assert decision_of_item(item.id).id == second.id
    assert [each.id for each in decisions_of(item.case_id)] == [second.id]
    assert decisions_of_items([item.id]) == {item.id: second}
    with pytest.raises(NotFound):
        get_decision(first.id)


def test_a_signed_decision_is_not_written_or_signed_again(cast: Cast) -> None:
    item = listed(cast)
    decision = write(cast[CHAIR], item, "Rest.")
    sign(cast[CHAIR], decision)
    assert (decision.signed_by, decision.state) == (cast[CHAIR].name, DecisionState.SIGNED)
    for again in (lambda: write(cast[CHAIR], item, "Walk."), lambda: sign(cast[CHAIR], decision)):
        with pytest.raises(Signed):
            again()
    assert decision_of_item(item.id).words == "Rest."


def test_moves_of_a_decision_end_with_its_signature() -> None:
    assert DECISION_MOVES[DecisionState.CONFIRMED] == set(DecisionState)
    assert not DECISION_MOVES[DecisionState.SIGNED]


def test_an_addendum_stands_beside_what_was_signed(cast: Cast) -> None:
    decision = signed(cast)
    add_addendum(cast[CHAIR], decision.id, "  Her daughter will drive. ")
    (kept,) = decisions_of(decision.case_id)
    assert [each.words for each in kept.addenda] == ["Her daughter will drive."]
    assert kept.words == "A medicines review at home."
    assert "added to the decision" in history_of(decision.case_id)[0].said


def test_what_is_not_signed_yet_takes_no_addendum(cast: Cast) -> None:
    decision = make_decision(listed(cast))
    with pytest.raises(WrongState):
        add_addendum(cast[CHAIR], decision.id, "More.")


def test_those_at_the_meeting_read_and_do_not_add(cast: Cast) -> None:
    decision = signed(cast)
    expect(cast, decision.item.meeting, Role.CLINICIAN)
    with pytest.raises(NotAllowed):
        add_addendum(cast[Role.CLINICIAN], decision.id, "More.")


def test_who_may_not_know_of_the_person_finds_no_decision(cast: Cast) -> None:
    decision = signed(cast)
    with pytest.raises(NotFound):
        add_addendum(cast[Role.VOLUNTARY_MEMBER], decision.id, "More.")


def test_an_addendum_has_words_and_an_end(cast: Cast) -> None:
    assert wrong_with_addendum(" ")
    assert wrong_with_addendum("x" * (LONGEST_ADDENDUM + 1))
    assert not wrong_with_addendum("x" * LONGEST_ADDENDUM)
    decision = signed(cast)
    with pytest.raises(Invalid):
        add_addendum(cast[CHAIR], decision.id, " ")


@pytest.mark.parametrize("change", ["update addendum set by = 'Somebody'", "delete from addendum"])
def test_the_database_itself_keeps_addenda(cast: Cast, change: str) -> None:
    add_addendum(cast[CHAIR], signed(cast).id, "More.")
    with pytest.raises(DBAPIError):
        db.session.execute(text(change))
    db.session.rollback()
