from datetime import timedelta

import pytest
from sqlalchemy import select

from mdt.actions.commands import leave_undone
from mdt.actions.rules import ActionState, NotDone
from mdt.cases.rules import CaseState
from mdt.contributions.records import Contribution
from mdt.coordination.commands import remind_owner
from mdt.coordination.queries import morning_of
from mdt.letters.records import Telling
from mdt.letters.rules import Audience
from mdt.meetings.rules import MeetingState
from mdt.plans.records import CarePlan
from mdt.plans.rules import PlanState
from mdt.sharing.records import ObjectionRecord
from mdt.sharing.rules import ObjectionScope
from mdt.signing.queries import to_sign
from network.access.rules import Role
from network.plumbing.database import db, now, today
from network.plumbing.mail import Letter
from network.plumbing.refusals import NotAllowed, Refusal
from network.vocabulary import Discipline
from tests.attempts.actions import own_action
from tests.attempts.closing import told_case
from tests.cast import Cast, client_for
from tests.makers import keep
from tests.mdt.outcomes.scene import started
from tests.mdt.scene import home_of, make_action, make_case, make_item, make_meeting, refer

COORDINATOR, CLINICIAN, CHARITY = Role.CARE_COORDINATOR, Role.CLINICIAN, Role.VOLUNTARY_MEMBER


def test_a_quiet_morning_says_so(cast: Cast) -> None:
    assert morning_of(cast[COORDINATOR]).is_quiet
    assert "Nothing waits for you" in client_for(cast, COORDINATOR).get("/morning").text
    assert "This morning" not in client_for(cast, COORDINATOR).get("/").text


def test_everything_that_waits_is_on_one_page(cast: Cast) -> None:
    refer(cast)
    own_action(cast, due_on=today() - timedelta(days=2))
    undone = own_action(cast)
    leave_undone(cast[CLINICIAN], undone.id, NotDone.NO_SERVICE)
    listed = make_case(cast, CaseState.LISTED)
    make_item(make_meeting(cast), listed)
    keep(
        Contribution(
            case_id=listed.id,
            discipline=Discipline.PHARMACY,
            organisation_id=cast.charity.id,
            asked_by="Nobody",
        )
    )
    make_meeting(cast, MeetingState.MINUTES_DRAFT)
    told = make_case(cast, CaseState.ACTING, review_due=today() + timedelta(days=20))
    keep(Telling(case_id=told.id, audience=Audience.PERSON, whom="Them", due_on=today()))
    keep(
        CarePlan(
            patient_id=told.patient_id,
            version=1,
            state=PlanState.AGREED,
            agreed_on=today(),
            next_review=today() + timedelta(days=20),
            begun_by="Nobody",
        )
    )
    keep(
        ObjectionRecord(
            patient_id=told.patient_id, scope=ObjectionScope.TOPIC, topic="Her son", recorded_by="A Nurse"
        )
    )
    told_case(cast, CaseState.DISCUSSED)
    started(cast, told)
    db.session.commit()
    morning = morning_of(cast[COORDINATOR])
    sizes = {name: len(part) for name, part in vars(morning).items()}
    assert sizes == {
        "referrals": 1,
        "late": 1,
        "undone": 1,
        "unseen": 0,
        "unanswered": 1,
        "unsigned": 1,
        "untold": 1,
        "objections": 1,
        "written": 0,
        "reviews": 1,
        "plans": 1,
        "to_ask": 1,
        "to_close": 1,
        "carers": 0,
    }
    page = client_for(cast, COORDINATOR).get("/morning").text
    for said in (
        "2 days overdue",
        "Service not available",
        "Pharmacy, Good Neighbours",
        "Her son",
        "At the start",
    ):
        assert said in page


def test_an_action_whose_owner_may_not_know_any_more_is_the_coordinators(cast: Cast) -> None:
    case = make_case(cast)
    action = make_action(case, None, cast.charity.id)
    keep(
        ObjectionRecord(
            patient_id=case.patient_id,
            scope=ObjectionScope.ORGANISATION,
            organisation_id=cast.charity.id,
            recorded_by="Nobody",
        )
    )
    db.session.commit()
    assert [seen.action.id for seen in morning_of(cast[COORDINATOR]).unseen] == [action.id]
    with pytest.raises(Refusal, match="Nobody who is asked can be reached"):
        remind_owner(cast[COORDINATOR], action.id)


def test_an_action_of_somebody_who_has_left_is_the_coordinators(cast: Cast) -> None:
    action = own_action(cast)
    assert morning_of(cast[COORDINATOR]).unseen == []
    cast.accounts[CLINICIAN].active = False
    db.session.commit()
    assert [seen.action.id for seen in morning_of(cast[COORDINATOR]).unseen] == [action.id]


@pytest.mark.parametrize(("days", "ended", "waits"), [(0, False, False), (2, False, True), (0, True, True)])
def test_a_meeting_that_nobody_finished_waits_to_be_signed_too(
    cast: Cast, days: int, ended: bool, waits: bool
) -> None:
    starts_at = now() - timedelta(days=days, hours=1)
    meeting = make_meeting(cast, MeetingState.RUNNING, starts_at, ended_at=now() if ended else None)
    db.session.commit()
    assert ([each.id for each in morning_of(cast[COORDINATOR]).unsigned] == [meeting.id]) is waits
    assert ([each.id for each in to_sign(cast[Role.CHAIR])] == [meeting.id]) is ended


def test_a_reminder_names_no_patient_and_no_task(cast: Cast) -> None:
    action = own_action(cast)
    assert remind_owner(cast[COORDINATOR], action.id) == 1
    letter = db.session.scalars(select(Letter)).one()
    assert letter.recipient == cast.accounts[CLINICIAN].email
    said = letter.subject + letter.body
    assert action.case.ref in said
    assert action.case.patient.family_name not in said
    assert "medicines" not in said


def test_everybody_of_an_organisation_that_was_asked_is_reminded(cast: Cast) -> None:
    action = make_action(make_case(cast), None, home_of(cast, CLINICIAN))
    db.session.commit()
    assert remind_owner(cast[COORDINATOR], action.id) > 1


def test_only_coordinators_remind_and_only_of_what_is_to_do(cast: Cast) -> None:
    action = own_action(cast)
    with pytest.raises(NotAllowed):
        remind_owner(cast[Role.CHAIR], action.id)
    action.state = ActionState.DONE
    db.session.commit()
    with pytest.raises(Refusal, match="nobody has to be reminded"):
        remind_owner(cast[COORDINATOR], action.id)


def test_nobody_else_has_a_morning(cast: Cast) -> None:
    own_action(cast, due_on=today() - timedelta(days=2))
    assert client_for(cast, CLINICIAN).get("/morning").status_code == 403
    assert client_for(cast, CHARITY).get("/morning").status_code == 403
