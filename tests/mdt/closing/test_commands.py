from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from mdt.actions.commands import finish_action
from mdt.asking.commands import ask_for_contribution
from mdt.cases.queries import cases_for, history_of
from mdt.cases.records import Case
from mdt.cases.rules import CaseState
from mdt.closing.commands import (
    NotYet,
    agree_review,
    bring_back,
    call_reviews,
    close_case,
    reopen_case,
    take_back_closing,
    withdraw_case,
)
from mdt.closing.queries import networks_with_reviews, ready_to_close, reviews_until
from mdt.closing.rules import ClosedWhy
from mdt.closing.tasks import call_reviews_everywhere
from mdt.huddles.commands import call_huddle, call_off_huddle
from mdt.letters.records import Telling
from mdt.letters.rules import Audience
from mdt.lists.rules import ItemState
from mdt.meetings.rules import MeetingState
from mdt.referrals.commands import refer_patient
from mdt.sharing.records import CareRelation
from mdt.sharing.rules import Reason
from network.access.rules import Role
from network.plumbing.database import db, enter_network, now, today
from network.plumbing.queue import HOURLY
from network.plumbing.refusals import Invalid, NotAllowed, NotFound, Refusal
from network.vocabulary import Discipline
from tests.attempts.closing import told_case
from tests.attempts.huddles import ASKED
from tests.cast import Cast
from tests.makers import keep
from tests.mdt.scene import ASKED as ASKED_OF_US
from tests.mdt.scene import EDITH, home_of, make_action, make_case, make_item, make_meeting, refer

COORDINATOR, CLINICIAN = Role.CARE_COORDINATOR, Role.CLINICIAN
S = CaseState


def test_a_case_is_closed_once_every_action_is_answered(cast: Cast) -> None:
    case = told_case(cast)
    action = make_action(case, cast[CLINICIAN].account_id, home_of(cast, CLINICIAN))
    db.session.commit()
    assert not ready_to_close(cast[COORDINATOR])
    with pytest.raises(NotYet, match="1 open action"):
        close_case(cast[COORDINATOR], case.id, ClosedWhy.ANSWERED)
    finish_action(cast[CLINICIAN], action.id)
    assert [seen.case.id for seen in ready_to_close(cast[COORDINATOR])] == [case.id]
    close_case(cast[COORDINATOR], case.id, ClosedWhy.ANSWERED, "She walks again.")
    assert (case.state, case.closed_on) == (S.CLOSED, today())
    assert case.closed_why == "The question is answered and nothing is left to do. She walks again."


def test_a_case_is_not_closed_before_its_person_was_told(cast: Cast) -> None:
    never = told_case(cast, told_on=None)
    again = told_case(cast)
    keep(Telling(case_id=again.id, audience=Audience.PERSON, whom="Them", due_on=today() + timedelta(days=5)))
    db.session.commit()
    for case in (never, again):
        with pytest.raises(NotYet, match="Tell the person"):
            close_case(cast[COORDINATOR], case.id, ClosedWhy.ANSWERED)


def test_a_case_is_not_closed_before_its_minutes_are_signed(cast: Cast) -> None:
    case = told_case(cast, S.DISCUSSED)
    make_item(make_meeting(cast, MeetingState.MINUTES_DRAFT), case, state=ItemState.DECIDED)
    db.session.commit()
    with pytest.raises(NotYet, match="minutes signed"):
        close_case(cast[COORDINATOR], case.id, ClosedWhy.ANSWERED)


def test_a_case_is_not_closed_while_a_huddle_is_called_on_it(cast: Cast) -> None:
    case = told_case(cast)
    meeting_id = call_huddle(cast[CLINICIAN], case.id, account_ids=[cast[Role.CHAIR].account_id], **ASKED)
    with pytest.raises(NotYet, match="Hold the huddle"):
        close_case(cast[COORDINATOR], case.id, ClosedWhy.ANSWERED)
    call_off_huddle(cast[CLINICIAN], meeting_id, "Better already.")
    close_case(cast[COORDINATOR], case.id, ClosedWhy.ANSWERED)
    assert case.state is S.CLOSED


def test_another_reason_is_told_in_words(cast: Cast) -> None:
    case = told_case(cast)
    with pytest.raises(Invalid, match="Enter why"):
        close_case(cast[COORDINATOR], case.id, ClosedWhy.OTHER)


def test_opened_again_a_case_keeps_its_reference_and_its_story(cast: Cast) -> None:
    case = told_case(cast)
    ref, before = case.ref, len(history_of(case.id))
    close_case(cast[COORDINATOR], case.id, ClosedWhy.ANSWERED)
    reopen_case(cast[COORDINATOR], case.id, "She fell again.")
    assert (case.ref, case.state, case.closed_on) == (ref, S.TRIAGED, None)
    assert len(history_of(case.id)) == before + 2


@pytest.mark.parametrize("state", [*S])
def test_only_what_was_closed_can_be_opened_again(cast: Cast, state: CaseState) -> None:
    case = told_case(cast, state, referrer_id=cast[COORDINATOR].account_id)
    if state is S.CLOSED:
        reopen_case(cast[COORDINATOR], case.id, "Again.")
    else:
        with pytest.raises(Refusal):
            reopen_case(cast[COORDINATOR], case.id, "Again.")


def test_a_case_comes_back_when_its_day_has_come(cast: Cast) -> None:
    due, later = told_case(cast, review_due=today()), told_case(cast, review_due=today() + timedelta(days=9))
    assert [seen.case.id for seen in reviews_until(cast[COORDINATOR], today() + timedelta(days=30))] == [
        due.id,
        later.id,
    ]
    assert call_reviews(cast[COORDINATOR]) == 1
    assert (due.state, later.state) == (S.REVIEW_DUE, S.ACTING)
    assert call_reviews(cast[COORDINATOR]) == 0


def test_every_hour_cases_come_back_in_every_network(cast: Cast) -> None:
    case = told_case(cast, review_due=today())
    enter_network(None)
    call_reviews_everywhere(None)
    call_reviews_everywhere(None)
    enter_network(cast.network.id)
    db.session.expire_all()
    assert case.state is S.REVIEW_DUE
    assert HOURLY["closing.call_reviews"] is call_reviews_everywhere
    assert [event.by for event in history_of(case.id)].count("Quorate") == 1


def test_nobody_who_has_died_is_called_to_a_review(cast: Cast) -> None:
    case = told_case(cast, review_due=today())
    case.patient.died_on = today()
    db.session.commit()
    assert call_reviews(cast[COORDINATOR]) == 0
    # Nor is it looked at every hour, nor offered; what is left is to close their case.
    assert cast.network.id not in networks_with_reviews()
    assert reviews_until(cast[COORDINATOR], today()) == []
    assert [seen.case.id for seen in ready_to_close(cast[COORDINATOR])] == [case.id]


def test_a_review_is_moved_or_given_up_and_a_case_comes_back_before_its_day(cast: Cast) -> None:
    case = told_case(cast)
    agree_review(cast[COORDINATOR], case.id, today() + timedelta(days=90))
    bring_back(cast[COORDINATOR], case.id)
    assert (case.state, case.review_due) == (S.REVIEW_DUE, today())
    agree_review(cast[COORDINATOR], case.id, None)
    assert (case.state, case.review_due) == (S.ACTING, None)


def test_only_coordinators_end_cases(cast: Cast) -> None:
    case = told_case(cast)
    with pytest.raises(NotAllowed):
        close_case(cast[CLINICIAN], case.id, ClosedWhy.ANSWERED)
    with pytest.raises(NotFound):
        close_case(cast[Role.VOLUNTARY_MEMBER], case.id, ClosedWhy.ANSWERED)


def test_who_was_asked_about_a_withdrawn_case_looks_back_for_a_while_only(cast: Cast) -> None:
    case = make_case(cast, S.TRIAGED)
    ask_for_contribution(cast[COORDINATOR], case.id, Discipline.GENERAL_PRACTICE, cast.oak.id)
    withdraw_case(cast[COORDINATOR], case.id, "Moved away.")
    asked = db.session.scalars(select(CareRelation).where(CareRelation.reason == Reason.ASKED)).all()
    assert asked
    assert all(row.ends_on is not None for row in asked)


def test_a_case_with_something_left_to_do_is_not_withdrawn(cast: Cast) -> None:
    case = make_case(cast, S.ACTING)
    make_action(case, cast[CLINICIAN].account_id, home_of(cast, CLINICIAN))
    with pytest.raises(NotYet, match="Answer for what is still to be done first: 1 open"):
        withdraw_case(cast[COORDINATOR], case.id, "Moved away.")


def test_a_closing_taken_back_leaves_everything_as_it_was(cast: Cast) -> None:
    case = told_case(cast)
    case.told_on = today()
    close_case(cast[COORDINATOR], case.id, ClosedWhy.ANSWERED)
    take_back_closing(cast[COORDINATOR], case.id)
    assert (case.state, case.told_on, case.closed_on) == (S.DISCUSSED, today(), None)
    with pytest.raises(NotYet):
        take_back_closing(cast[COORDINATOR], case.id)


def test_who_referred_looks_back_for_a_while_after_the_close(cast: Cast) -> None:
    case = told_case(cast)
    close_case(cast[COORDINATOR], case.id, ClosedWhy.ANSWERED)
    referred = db.session.scalars(select(CareRelation).where(CareRelation.reason == Reason.REFERRED)).one()
    assert referred.ends_on == today() + timedelta(days=14)
    reopen_case(cast[COORDINATOR], case.id, "She fell again.")
    assert referred.ends_on is None


def test_the_practice_of_a_person_knows_all_their_cases_for_good_and_who_refers_them_one(cast: Cast) -> None:
    elm = cast.elm.id
    first_id = refer_patient(cast[CLINICIAN], EDITH, ASKED_OF_US, organisation_id=elm, practice_id=elm)
    first = db.session.get_one(Case, first_id)
    rows = db.session.scalars(select(CareRelation).order_by(CareRelation.reason))
    assert [(row.reason, row.case_id) for row in rows] == [
        (Reason.REFERRED, first.id),
        (Reason.REGISTERED, None),
    ]
    second = refer(cast, Role.VOLUNTARY_MEMBER)
    first.state, first.told_on = S.DISCUSSED, today()
    close_case(cast[COORDINATOR], first.id, ClosedWhy.ANSWERED)
    with time_machine.travel(now() + timedelta(days=40), tick=False):
        assert {seen.case.id for seen in cases_for(cast[CLINICIAN], CaseState)} == {first.id, second.id}
