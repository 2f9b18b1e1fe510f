from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from mdt.actions import commands
from mdt.actions.queries import (
    actions_for,
    actions_of,
    actions_of_item,
    actions_seen,
    ended_lately_for,
    get_action_for,
    is_for,
    owners_for,
)
from mdt.actions.records import Action
from mdt.actions.rules import ActionState, NotDone, read_action
from mdt.cases.queries import get_case_for, history_of
from mdt.cases.rules import CaseState
from mdt.proposals import commands as proposals
from mdt.sharing.queries import accesses, told_of
from mdt.sharing.records import CareRelation, ObjectionRecord
from mdt.sharing.rules import ObjectionScope, Reason
from network.access.rules import Actor, Role
from network.plumbing.commands import command
from network.plumbing.database import db, now, today
from network.plumbing.refusals import Invalid, NotAllowed, NotFound, Refusal
from tests.attempts.actions import own_action
from tests.cast import Cast, client_for
from tests.makers import keep
from tests.mdt.scene import home_of, make_action, make_case, make_decision, make_item, make_meeting

COORDINATOR, CLINICIAN, CHAIR = Role.CARE_COORDINATOR, Role.CLINICIAN, Role.CHAIR
CHARITY = Role.VOLUNTARY_MEMBER

# Parts of commands, as the room's own commands call them.
propose, drop, bind = (
    command(part) for part in (proposals.propose_action, proposals.drop_action, proposals.bind_actions)
)


def words_of(viewer: Actor) -> list[str]:
    return [seen.action.words for seen in actions_for(viewer)]


def an_item(cast: Cast):
    return make_item(make_meeting(cast), make_case(cast))


def proposed(cast: Cast, item, text: str = "a @Good Neighbours +7 lift to the allotment") -> Action:
    read = read_action(text, owners_for(cast[CHAIR], item.meeting_id, item.case_id), today())
    return propose(cast[CHAIR], item, read)


def test_what_is_said_in_the_room_binds_nobody_before_it_is_read_back(cast: Cast) -> None:
    item = an_item(cast)
    action = proposed(cast, item)
    assert (action.words, action.owner, action.state) == (
        "Lift to the allotment",
        "Good Neighbours",
        ActionState.PROPOSED,
    )
    assert words_of(cast[CHARITY]) == []
    assert not accesses(cast[CHARITY], [item.case.patient_id])
    bind(cast[CHAIR], item, make_decision(item))
    assert words_of(cast[CHARITY]) == ["Lift to the allotment"]
    relation = accesses(cast[CHARITY], [item.case.patient_id])[item.case.patient_id].relation
    assert relation.reason is Reason.ACTION
    assert "Good Neighbours" in {each.told for each in told_of(item.case.patient_id)}


def test_read_back_again_an_action_goes_over_to_the_new_decision_and_is_asked_once(cast: Cast) -> None:
    item = an_item(cast)
    action = proposed(cast, item)
    first = make_decision(item)
    bind(cast[CHAIR], item, first)
    second = make_decision(item, replaces_id=first.id)
    assert bind(cast[CHAIR], item, second) == []
    assert action.decision_id == second.id
    held = select(CareRelation).where(CareRelation.from_id == action.id)
    assert len(db.session.scalars(held).all()) == 1


def test_what_is_dropped_is_gone_from_the_room_and_its_owner_has_nothing_to_do(cast: Cast) -> None:
    item = an_item(cast)
    action = proposed(cast, item)
    bind(cast[CHAIR], item, make_decision(item))
    drop(cast[CHAIR], action)
    assert not actions_of_item(item.id)
    assert words_of(cast[CHARITY]) == []


def test_a_line_that_cannot_be_meant_makes_nothing(cast: Cast) -> None:
    item = an_item(cast)
    with pytest.raises(Invalid, match="Say who does it"):
        proposed(cast, item, "Review medicines")


def test_in_the_room_those_who_are_expected_come_first_and_nobody_whom_the_person_shuts_out(
    cast: Cast,
) -> None:
    item = an_item(cast)
    names = {owner.name for owner in owners_for(cast[CHAIR], item.meeting_id, item.case_id)}
    # Nobody of Oak can sign in: an action would lie there unseen.
    assert {"Good Neighbours", "Elm Surgery", cast[CLINICIAN].name} <= names
    assert "Oak Surgery" not in names
    keep(
        ObjectionRecord(
            patient_id=item.case.patient_id,
            scope=ObjectionScope.ORGANISATION,
            organisation_id=cast.charity.id,
            recorded_by="Nobody",
        )
    )
    names = {owner.name for owner in owners_for(cast[CHAIR], item.meeting_id, item.case_id)}
    assert not names & {"Good Neighbours", cast[CHARITY].name}


def test_nobody_is_asked_whose_account_is_closed(cast: Cast) -> None:
    item = an_item(cast)
    cast.accounts[CLINICIAN].active = False
    db.session.commit()
    asked = {owner.account_id for owner in owners_for(cast[CHAIR], item.meeting_id, item.case_id)}
    assert cast[CLINICIAN].account_id not in asked


def test_done_in_one_step_and_taken_back(cast: Cast) -> None:
    action = own_action(cast)
    commands.finish_action(cast[CLINICIAN], action.id)
    assert (action.state, action.ended_by) == (ActionState.DONE, cast[CLINICIAN].name)
    assert words_of(cast[CLINICIAN]) == []
    assert [seen.action.id for seen in ended_lately_for(cast[CLINICIAN])] == [action.id]
    commands.reopen_action(cast[CLINICIAN], action.id)
    assert (action.state, action.ended_at, action.ended_by) == (ActionState.OPEN, None, "")
    assert words_of(cast[CLINICIAN]) == ["Review medicines at home"]


def test_who_has_done_it_may_look_back_for_two_weeks(cast: Cast) -> None:
    item = an_item(cast)
    action = proposed(cast, item)
    bind(cast[CHAIR], item, make_decision(item))
    commands.finish_action(cast[CHARITY], action.id)
    held = db.session.scalars(select(CareRelation).where(CareRelation.from_id == action.id)).one()
    assert held.ends_on == today() + timedelta(days=14)


def test_not_done_keeps_why(cast: Cast) -> None:
    action = own_action(cast)
    with pytest.raises(Invalid, match="Enter why"):
        commands.leave_undone(cast[CLINICIAN], action.id, NotDone.OTHER)
    commands.leave_undone(cast[CLINICIAN], action.id, NotDone.NOT_REACHED, "Rang three times.")
    assert (action.state, action.not_done, action.note) == (
        ActionState.NOT_DONE,
        NotDone.NOT_REACHED,
        "Rang three times.",
    )


def test_handed_over_it_is_somebody_elses_by_the_same_day(cast: Cast) -> None:
    action = own_action(cast)
    new_id = commands.hand_over(cast[CLINICIAN], action.id, organisation_id=cast.charity.id, note="On leave.")
    new = db.session.get_one(Action, new_id)
    assert action.state is ActionState.HANDED_OVER
    assert (new.follows_id, new.words, new.due_on) == (action.id, action.words, action.due_on)
    assert words_of(cast[CHARITY]) == [action.words]
    with pytest.raises(Refusal):
        commands.finish_action(cast[CLINICIAN], action.id)
    with pytest.raises(Invalid, match="They have it already"):
        commands.hand_over(cast[CHARITY], new_id, organisation_id=cast.charity.id)


def test_what_was_overdue_is_due_today_for_whoever_takes_it_over(cast: Cast) -> None:
    action = own_action(cast, due_on=today() - timedelta(days=5))
    new_id = commands.hand_over(cast[CLINICIAN], action.id, account_id=cast[CHAIR].account_id)
    assert db.session.get_one(Action, new_id).due_on == today()


def test_what_an_organisation_is_asked_is_taken_on_by_one_and_may_go_back(cast: Cast) -> None:
    action = own_action(cast, owner_id=None, owner="Elm Surgery")
    colleague = cast[Role.SOCIAL_CARE_MEMBER]
    assert words_of(colleague) == words_of(cast[CLINICIAN]) == [action.words]
    commands.accept_action(cast[CLINICIAN], action.id)
    assert (action.state, action.owner) == (ActionState.ACCEPTED, cast[CLINICIAN].name)
    assert words_of(colleague) == []
    commands.give_back_action(cast[CLINICIAN], action.id)
    assert (action.state, action.owner, action.owner_id) == (ActionState.OPEN, "Elm Surgery", None)
    assert words_of(colleague) == [action.words]


def test_nobody_takes_on_for_an_organisation_what_would_then_be_nobodys(cast: Cast) -> None:
    action = own_action(cast, owner_id=None, owner="Good Neighbours", organisation_id=cast.charity.id)
    with pytest.raises(Refusal, match="Only Good Neighbours can take this on"):
        commands.accept_action(cast[COORDINATOR], action.id)
    assert (action.state, action.owner_id) == (ActionState.OPEN, None)
    page = client_for(cast, COORDINATOR).get(f"/actions/{action.id}").text
    assert "I take it on" not in page
    assert "Hand over" in page


def test_a_role_in_the_rota_makes_nobody_answer_for_an_organisation(cast: Cast) -> None:
    action = own_action(cast, owner_id=None, owner="Elm Surgery")
    charity = cast[CHARITY]
    also_works_there = replace(charity.grants[0], role=Role.STAFF, organisation_id=cast.elm.id)
    both = replace(charity, grants=(*charity.grants, also_works_there))
    assert not is_for(both, action)
    assert is_for(cast[CLINICIAN], action)


def test_what_was_answered_long_ago_is_not_answered_lately(cast: Cast) -> None:
    action = own_action(cast)
    commands.finish_action(cast[CLINICIAN], action.id)
    action.ended_at = now() - timedelta(days=15)
    db.session.commit()
    assert ended_lately_for(cast[CLINICIAN]) == []


def test_nobody_answers_for_what_others_do_but_a_coordinator(cast: Cast) -> None:
    action = own_action(cast)
    with pytest.raises(NotAllowed):
        commands.finish_action(cast[CHAIR], action.id)
    with pytest.raises(NotFound):
        commands.finish_action(cast[CHARITY], action.id)
    commands.finish_action(cast[COORDINATOR], action.id)
    assert action.state is ActionState.DONE


def test_outside_a_meeting_only_a_coordinator_asks_others(cast: Cast) -> None:
    case, chair = make_case(cast), cast[CHAIR].account_id
    with pytest.raises(NotAllowed):
        commands.add_action(cast[CLINICIAN], case.id, "Ring her", today(), account_id=chair)
    commands.add_action(cast[COORDINATOR], case.id, "Ring her", today(), account_id=chair)
    assert words_of(cast[CHAIR]) == ["Ring her"]


@pytest.mark.parametrize("state", [CaseState.SUBMITTED, CaseState.CLOSED, CaseState.WITHDRAWN])
def test_nothing_is_agreed_in_a_case_that_is_over_or_was_not_taken_on(cast: Cast, state: CaseState) -> None:
    case = make_case(cast, state)
    with pytest.raises(Refusal, match="nothing can be agreed"):
        commands.add_action(
            cast[COORDINATOR], case.id, "Ring", today(), account_id=cast[COORDINATOR].account_id
        )


def test_the_voluntary_sector_sees_its_own_actions_of_a_case_and_no_others(cast: Cast) -> None:
    case = make_case(cast)
    make_action(case, cast[CLINICIAN].account_id, home_of(cast, CLINICIAN))
    own_id = commands.add_action(cast[COORDINATOR], case.id, "Lift", today(), organisation_id=cast.charity.id)
    assert [seen.action.id for seen in actions_seen(cast[CHARITY], case.id)] == [own_id]
    assert len(actions_seen(cast[CHAIR], case.id)) == len(actions_of(case.id)) == 2
    other = next(row for row in actions_of(case.id) if row.id != own_id)
    with pytest.raises(NotFound):
        get_action_for(cast[CHARITY], other.id)


def test_an_objection_takes_an_action_from_its_owners_page_at_once(cast: Cast) -> None:
    case = make_case(cast)
    commands.add_action(cast[COORDINATOR], case.id, "Lift", today(), organisation_id=cast.charity.id)
    assert words_of(cast[CHARITY]) == ["Lift"]
    keep(
        ObjectionRecord(
            patient_id=case.patient_id,
            scope=ObjectionScope.ORGANISATION,
            organisation_id=cast.charity.id,
            recorded_by="Nobody",
        )
    )
    assert words_of(cast[CHARITY]) == []


def test_the_history_of_a_case_says_who_answered_and_nothing_of_what_it_was(cast: Cast) -> None:
    action = own_action(cast)
    commands.finish_action(cast[CLINICIAN], action.id)
    said = [event.said for event in history_of(get_case_for(cast[COORDINATOR], action.case_id).case.id)]
    assert said[0].startswith(f"{cast[CLINICIAN].name}: done, an action that was due on")
    assert not [sentence for sentence in said if "medicines" in sentence]
