from datetime import timedelta

import pytest
from sqlalchemy import select, update

from mdt.agenda.commands import (
    ListIsOut,
    arrange_item,
    cancel_meeting,
    end_slots,
    group_by_practice,
    move_item,
    plan_minutes,
    put_all_on_list,
    tell_those_added,
    withdraw_from_list,
)
from mdt.agenda.queries import listing_for
from mdt.agenda.rules import Arranged, wrong_with
from mdt.cases.commands import WrongState
from mdt.cases.rules import CaseState
from mdt.lists.commands import WrongItemState, publish_list
from mdt.lists.queries import item_of_case, items_for, items_on
from mdt.lists.records import AgendaItem
from mdt.lists.rules import ItemState
from mdt.meetings.commands import WrongTime
from mdt.meetings.records import Attendance, Meeting
from mdt.meetings.rules import MeetingState
from mdt.sharing.queries import accesses
from network.access.rules import Role
from network.plumbing.database import db, now
from network.plumbing.mail import Letter
from network.plumbing.refusals import Invalid, NotAllowed, NotFound
from network.vocabulary import Discipline
from tests.cast import Cast, client_for
from tests.makers import keep
from tests.mdt.scene import expect, make_case, make_meeting, make_series

COORDINATOR, CHAIR, VOLUNTARY = Role.CARE_COORDINATOR, Role.CHAIR, Role.VOLUNTARY_MEMBER


def build(cast: Cast, number: int = 3, meeting: Meeting | None = None) -> tuple[Meeting, list[AgendaItem]]:
    """Make a meeting with some cases on its list."""
    meeting = meeting or make_meeting(cast)
    put_all_on_list(cast[COORDINATOR], meeting.id, [make_case(cast).id for _ in range(number)])
    return meeting, list(items_on(meeting.id))


def send_gp(meeting: Meeting, practice) -> Attendance:
    return keep(
        Attendance(
            meeting_id=meeting.id,
            name=f"GP of {practice.name}",
            organisation_id=practice.id,
            discipline=Discipline.GENERAL_PRACTICE,
        )
    )


def test_what_was_ticked_goes_on_the_list_together_or_not_at_all(cast: Cast) -> None:
    meeting, good = make_meeting(cast), make_case(cast)
    bad = make_case(cast, CaseState.SUBMITTED)
    with pytest.raises(WrongState):
        put_all_on_list(cast[COORDINATOR], meeting.id, [good.id, bad.id])
    assert not items_on(meeting.id)
    with pytest.raises(Invalid, match="Tick"):
        put_all_on_list(cast[COORDINATOR], meeting.id, [])


def test_a_case_moves_to_another_place(cast: Cast) -> None:
    meeting, (first, second, third) = build(cast)
    move_item(cast[COORDINATOR], third.id, 1)
    assert [item.id for item in items_on(meeting.id)] == [third.id, first.id, second.id]
    assert [item.position for item in items_on(meeting.id)] == [1, 2, 3]
    # The chair knows of the meeting and of these cases, and builds no lists.
    with pytest.raises(NotAllowed):
        move_item(cast[CHAIR], third.id, 2)


def test_once_published_the_order_stays(cast: Cast) -> None:
    meeting, (first, *_) = build(cast)
    publish_list(cast[COORDINATOR], meeting.id)
    for attempt in (
        lambda: move_item(cast[COORDINATOR], first.id, 2),
        lambda: plan_minutes(cast[COORDINATOR], meeting.id),
        lambda: group_by_practice(cast[COORDINATOR], meeting.id),
        lambda: end_slots(cast[COORDINATOR], meeting.id),
    ):
        with pytest.raises(ListIsOut):
            attempt()


def test_minutes_set_by_hand_stay_until_they_are_shared_out_again(cast: Cast) -> None:
    meeting, (first, second, third) = build(cast)
    arrange_item(cast[COORDINATOR], first.id, Arranged(10.0, "A Nurse", frozenset({"pharmacy"})))
    assert [item.planned_minutes for item in (first, second, third)] == [10, 22, 22]
    assert (first.presenter, first.invited) == ("A Nurse", ["pharmacy"])
    plan_minutes(cast[COORDINATOR], meeting.id)
    assert [item.planned_minutes for item in (first, second, third)] == [18, 18, 18]


@pytest.mark.parametrize("minutes", [0.0, -1.0, 4.25, 61.0])
def test_minutes_that_cannot_be_are_refused(cast: Cast, minutes: float) -> None:
    _, (first, *_) = build(cast, 1)
    with pytest.raises(Invalid):
        arrange_item(cast[COORDINATOR], first.id, Arranged(minutes))


def test_those_who_were_told_stay_invited() -> None:
    narrow, wide = (
        Arranged(invited=frozenset({"pharmacy"})),
        Arranged(invited=frozenset({"pharmacy", "dentistry"})),
    )
    assert wrong_with(narrow, ["pharmacy", "dentistry"])
    assert wrong_with(narrow, [])
    assert not wrong_with(wide, ["pharmacy"])
    assert not wrong_with(Arranged(), ["pharmacy"])
    assert not wrong_with(narrow)


def test_a_discipline_that_is_added_later_is_told(cast: Cast) -> None:
    meeting, (item,) = build(cast, 1)
    expect(cast, meeting, VOLUNTARY, Discipline.VOLUNTARY)
    item.invited = ["pharmacy"]
    publish_list(cast[COORDINATOR], meeting.id)
    assert not items_for(cast[VOLUNTARY], meeting.id)
    arrange_item(cast[COORDINATOR], item.id, Arranged(invited=frozenset({"pharmacy", "voluntary"})))
    assert [each.item.id for each in items_for(cast[VOLUNTARY], meeting.id)] == [item.id]


def test_who_is_asked_later_is_told_once(cast: Cast) -> None:
    meeting, (item,) = build(cast, 1)
    item.invited = []
    publish_list(cast[COORDINATOR], meeting.id)
    expect(cast, meeting, VOLUNTARY, Discipline.VOLUNTARY)
    tell_those_added(cast[COORDINATOR], meeting.id)
    letters = len(db.session.scalars(select(Letter)).all())
    assert items_for(cast[VOLUNTARY], meeting.id)
    tell_those_added(cast[COORDINATOR], meeting.id)
    assert len(db.session.scalars(select(Letter)).all()) == letters


def test_nobody_is_told_of_a_list_that_is_still_being_built(cast: Cast) -> None:
    meeting, _ = build(cast, 1)
    with pytest.raises(ListIsOut):
        tell_those_added(cast[COORDINATOR], meeting.id)


def test_cases_of_a_practice_stand_together_and_its_gp_comes_for_them(cast: Cast) -> None:
    meeting = make_meeting(cast)
    elm, oak = send_gp(meeting, cast.elm), send_gp(meeting, cast.oak)
    chair = expect(cast, meeting, CHAIR)
    cases = [make_case(cast) for _ in range(4)]
    for case, practice in zip(cases, (cast.elm, cast.oak, cast.elm, None), strict=True):
        case.patient.practice_id = practice.id if practice else None
    db.session.commit()
    put_all_on_list(cast[COORDINATOR], meeting.id, [case.id for case in cases])
    group_by_practice(cast[COORDINATOR], meeting.id)
    assert [item.case_id for item in items_on(meeting.id)] == [
        cases[0].id,
        cases[2].id,
        cases[1].id,
        cases[3].id,
    ]
    assert (elm.from_position, elm.to_position) == (1, 2)
    assert (oak.from_position, oak.to_position) == (3, 3)
    assert chair.from_position is None
    first, last = listing_for(cast[COORDINATOR], meeting).slots
    assert first.starts_at == meeting.starts_at + timedelta(minutes=2)
    assert first.ends_at == last.starts_at
    # The times move with the list.
    withdraw_from_list(cast[COORDINATOR], item_of_case(cases[0].id).id)
    assert (elm.from_position, elm.to_position) == (1, 1)
    end_slots(cast[COORDINATOR], meeting.id)
    assert elm.from_position is oak.from_position is None


def test_a_cancelled_meeting_moves_its_cases_on_and_tells_people(cast: Cast) -> None:
    series = make_series(cast)
    first, second = (
        make_meeting(cast, series_id=series.id, starts_at=now() + timedelta(days=days)) for days in (2, 16)
    )
    expect(cast, first, VOLUNTARY, Discipline.VOLUNTARY)
    _, items = build(cast, 2, first)
    for item in items:
        item.invited = []
    publish_list(cast[COORDINATOR], first.id)
    with pytest.raises(Invalid):
        cancel_meeting(cast[COORDINATOR], first.id, " ")
    cancel_meeting(cast[COORDINATOR], first.id, "The room is flooded")
    assert first.state is MeetingState.CANCELLED
    assert {item.state for item in items} == {ItemState.CARRIED}
    later = items_on(second.id)
    assert [item.case_id for item in later] == [item.case_id for item in items]
    # Nobody put these off: a cancelled meeting does not count.
    assert [item.carried_before for item in later] == [0, 0]
    assert not accesses(cast[VOLUNTARY], [item.case.patient_id for item in items])
    cancelled = [letter for letter in db.session.scalars(select(Letter)) if "cancelled" in letter.subject]
    assert len(cancelled) == 2
    assert not [letter for letter in cancelled if "flooded" in letter.body]


def test_a_meeting_that_ran_is_not_cancelled(cast: Cast) -> None:
    meeting = make_meeting(cast, MeetingState.RUNNING)
    with pytest.raises(WrongTime):
        cancel_meeting(cast[COORDINATOR], meeting.id, "Too late")


def test_who_comes_sees_their_cases_and_a_count_of_the_others(cast: Cast) -> None:
    meeting, (shown, hidden) = build(cast, 2)
    expect(cast, meeting, VOLUNTARY, Discipline.VOLUNTARY)
    shown.invited, hidden.invited = ["voluntary"], ["pharmacy"]
    db.session.commit()
    volunteer = client_for(cast, VOLUNTARY)
    address = f"/meetings/{meeting.id}"
    before = volunteer.get(address).text
    assert "not published yet" in before
    assert shown.case.ref not in before
    assert volunteer.get(f"{address}/paper").status_code == 403
    publish_list(cast[COORDINATOR], meeting.id)
    page = volunteer.get(address).text
    assert shown.case.ref in page
    assert hidden.case.ref not in page
    assert "1 case you are not invited to" in page
    paper = volunteer.get(f"{address}/paper?names=yes").text
    assert shown.case.patient.family_name.upper() in paper
    assert hidden.case.ref not in paper
    assert shown.case.patient.family_name.upper() not in volunteer.get(f"{address}/paper").text
    assert client_for(cast, Role.CLINICIAN).get(address).status_code == 404


def test_of_two_who_take_a_case_off_at_once_the_second_hears_of_it(cast: Cast) -> None:
    _, (item, *_) = build(cast)
    # The other's change, of which nothing that is at hand here knows yet.
    behind = {"synchronize_session": False}
    off = update(AgendaItem).where(AgendaItem.id == item.id).values(state=ItemState.WITHDRAWN)
    db.session.execute(off, execution_options=behind)
    assert item.state is ItemState.PLANNED
    with pytest.raises(WrongItemState):
        withdraw_from_list(cast[COORDINATOR], item.id)


def test_a_stranger_to_a_case_cannot_take_it_off(cast: Cast) -> None:
    _, (item,) = build(cast, 1)
    with pytest.raises(NotFound):
        withdraw_from_list(cast[VOLUNTARY], item.id, "No")


def test_the_page_works_without_scripts(cast: Cast) -> None:
    meeting, case = make_meeting(cast), make_case(cast)
    client, address = client_for(cast, COORDINATOR), f"/meetings/{meeting.id}/list"
    wrong = client.post(f"{address}/add", data={})
    assert wrong.status_code == 422
    assert "Tick the cases that go on the list." in wrong.text
    assert client.post(f"{address}/add", data={"case_id": "x"}).status_code == 422
    meeting.state = MeetingState.PUBLISHED
    late = client.post(f"{address}/add", data={"case_id": case.id})
    assert late.status_code == 422
    assert f'value="{case.id}" checked' in late.text
    meeting.state = MeetingState.PLANNED
    assert client.post(f"{address}/add", data={"case_id": case.id}).status_code == 303
    item = item_of_case(case.id)
    assert client.post(f"/lists/{item.id}/move", data={"to": "nowhere"}).status_code == 422
    assert client.post(f"/lists/{item.id}/move", data={"to": "1"}).status_code == 303
    assert case.question not in client.get(address).text.split("</title>")[0]
    part = client.post(f"/lists/{item.id}/move", data={"to": "1"}, headers={"HX-Request": "true"})
    assert part.text.lstrip().startswith("<div")
    assert client.post(f"/lists/{item.id}/off").status_code == 303
    assert item_of_case(case.id) is None
    assert client.post(f"/cases/{case.id}/list", data={"meeting_id": meeting.id}).status_code == 303
