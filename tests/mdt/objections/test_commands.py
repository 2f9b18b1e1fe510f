from datetime import timedelta

import pytest
from sqlalchemy import select

from mdt.cases.queries import cases_for, get_case_for
from mdt.cases.records import Case
from mdt.cases.rules import CaseState
from mdt.lists.records import AgendaItem
from mdt.lists.rules import ItemState
from mdt.meetings.rules import MeetingState
from mdt.objections.commands import lift_objection, object_to_sharing
from mdt.objections.queries import all_told_before, objections_since
from mdt.sharing.commands import end_relations, note_disclosure
from mdt.sharing.queries import access_to, accesses, objections_of, objections_told
from mdt.sharing.records import CareRelation
from mdt.sharing.rules import ObjectionScope, Reason
from network.access.rules import Role
from network.plumbing.database import db, now, today
from network.plumbing.refusals import Invalid, NotFound
from network.vocabulary import Discipline
from tests.cast import Cast, client_for
from tests.makers import keep
from tests.mdt.scene import expect, make_case, make_item, make_meeting, refer

COORDINATOR, CLINICIAN, CHARITY = Role.CARE_COORDINATOR, Role.CLINICIAN, Role.VOLUNTARY_MEMBER
S = ObjectionScope


@pytest.fixture
def told(cast: Cast) -> Case:
    """A case on a published list, of which the charity's member knows."""
    case = make_case(cast, CaseState.LISTED)
    meeting = make_meeting(cast, MeetingState.PUBLISHED)
    item = make_item(meeting, case)
    expect(cast, meeting, CHARITY, Discipline.VOLUNTARY)
    member = cast[CHARITY]
    keep(
        CareRelation(
            patient_id=case.patient_id,
            reason=Reason.MEETING,
            account_id=member.account_id,
            from_id=item.id,
            starts_on=today(),
            ends_on=today() + timedelta(days=16),
            made_by="Nobody",
        )
    )
    note_disclosure(case.patient_id, member.name, "list of Frailty MDT", organisation_id=cast.charity.id)
    db.session.commit()
    return case


@pytest.mark.parametrize(
    ("scope", "whom"),
    [
        (S.ALL, {}),
        (S.ORGANISATION, {}),
        (S.DISCIPLINE, {"discipline": Discipline.VOLUNTARY}),
    ],
)
def test_it_shuts_out_at_once_and_from_published_lists_too(
    cast: Cast, told: Case, scope: ObjectionScope, whom: dict[str, object]
) -> None:
    assert accesses(cast[CHARITY], [told.patient_id])
    if scope is S.ORGANISATION:
        whom = {"organisation_id": cast.charity.id}
    names = object_to_sharing(cast[COORDINATOR], told.patient_id, scope, **whom)
    # Elm referred them: its members know without having been told.
    of_elm = [Role.CHAIR, Role.CLINICIAN, Role.SOCIAL_CARE_MEMBER] if scope is S.ALL else []
    assert names == sorted(cast[role].name for role in [CHARITY, *of_elm])
    assert not cases_for(cast[CHARITY])
    with pytest.raises(NotFound):
        get_case_for(cast[CHARITY], told.id)
    assert get_case_for(cast[COORDINATOR], told.id)


def test_a_topic_shuts_nobody_out(cast: Cast, told: Case) -> None:
    object_to_sharing(cast[COORDINATOR], told.patient_id, S.TOPIC, topic="Her son")
    assert accesses(cast[CHARITY], [told.patient_id])
    access = access_to(cast[COORDINATOR], told.patient_id)
    assert [said for _, said in objections_told(access)] == ["Not to be told: Her son"]


def test_only_those_whom_it_concerns_are_named(cast: Cast, told: Case) -> None:
    names = object_to_sharing(cast[COORDINATOR], told.patient_id, S.ORGANISATION, organisation_id=cast.oak.id)
    assert names == []


def test_who_knew_of_one_person_is_not_named_for_another(cast: Cast, told: Case) -> None:
    other = make_case(cast)
    for case in (told, other):
        object_to_sharing(cast[COORDINATOR], case.patient_id, S.ORGANISATION, organisation_id=cast.charity.id)
    rows = objections_of([told.patient_id, other.patient_id])
    found = all_told_before(cast[COORDINATOR], [row for each in rows.values() for row in each])
    knew = {row.patient_id: [each.told for each in found[row.id]] for (row,) in rows.values()}
    assert knew == {told.patient_id: [cast[CHARITY].name], other.patient_id: []}


def test_whoever_objects_to_everything_leaves_every_list(cast: Cast, told: Case) -> None:
    object_to_sharing(cast[COORDINATOR], told.patient_id, S.ALL)
    db.session.refresh(told)
    assert told.state is CaseState.TRIAGED
    item = db.session.scalars(select(AgendaItem)).one()
    assert item.state is ItemState.WITHDRAWN


def test_lifting_it_gives_access_back_and_both_stay(cast: Cast, told: Case) -> None:
    object_to_sharing(cast[COORDINATOR], told.patient_id, S.ORGANISATION, organisation_id=cast.charity.id)
    ((objection_id, _),) = objections_told(access_to(cast[COORDINATOR], told.patient_id))
    lift_objection(cast[COORDINATOR], told.patient_id, objection_id)
    assert accesses(cast[CHARITY], [told.patient_id])
    with pytest.raises(NotFound):
        lift_objection(cast[COORDINATOR], told.patient_id, objection_id)


@pytest.mark.parametrize("scope", [S.ORGANISATION, S.DISCIPLINE, S.TOPIC])
def test_half_an_objection_is_refused(cast: Cast, scope: ObjectionScope) -> None:
    with pytest.raises(Invalid):
        object_to_sharing(cast[COORDINATOR], refer(cast).patient_id, scope)


def test_what_a_meeting_gave_ends_with_its_item_though_it_had_a_last_day(cast: Cast, told: Case) -> None:
    relation = db.session.scalars(select(CareRelation).where(CareRelation.reason == Reason.MEETING)).one()
    assert relation.from_id
    end_relations(relation.from_id, today() - timedelta(days=1))
    db.session.flush()
    assert not accesses(cast[CHARITY], [told.patient_id])


def test_new_objections_are_shown_to_those_who_may_know(cast: Cast, told: Case) -> None:
    since = now() - timedelta(days=1)
    object_to_sharing(cast[COORDINATOR], told.patient_id, S.ALL)
    assert len(objections_since(cast[COORDINATOR], since)) == 1
    assert not objections_since(cast[CHARITY], since)


def test_the_page_names_who_is_to_be_spoken_with_and_can_be_undone(cast: Cast, told: Case) -> None:
    client = client_for(cast, COORDINATOR)
    answer = client.post(f"/patients/{told.patient_id}/objections", data={"scope": "all"})
    shown = client.get(answer.location).text
    assert cast[CHARITY].name in shown
    assert "Undo" in shown


def test_whoever_shuts_themself_out_is_led_away(cast: Cast, told: Case) -> None:
    data = {"scope": "organisation", "organisation_id": str(cast.charity.id)}
    answer = client_for(cast, CHARITY).post(f"/patients/{told.patient_id}/objections", data=data)
    assert (answer.status_code, answer.location) == (303, "/cases")


def test_an_objection_without_a_scope_comes_back_with_what_to_do(cast: Cast) -> None:
    answer = client_for(cast, COORDINATOR).post(f"/patients/{refer(cast).patient_id}/objections", data={})
    assert answer.status_code == 422
    assert "Choose what they object to." in answer.text
