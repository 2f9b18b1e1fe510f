from datetime import timedelta

import pytest

from mdt.meetings.queries import (
    colleagues_for,
    get_meeting_for,
    invitations_of,
    may_minute,
    may_prepare,
    may_sign,
    meetings_for,
    members_expected,
    next_meeting_of,
)
from mdt.meetings.rules import MeetingState
from network.access.rules import TABLE, Permission, Role
from network.people.records import Engagement
from network.plumbing.database import db, enter_network, now, today
from network.plumbing.refusals import NotFound
from network.vocabulary import ContractType, Discipline, JobRole
from tests.cast import Cast
from tests.makers import keep
from tests.mdt.scene import expect, make_meeting, make_series

M = MeetingState
KNOWS_AT_ONCE = {Role.CHAIR, Role.CARE_COORDINATOR}


def test_a_meeting_is_known_to_its_chair_and_to_those_who_build_lists(cast: Cast) -> None:
    meeting = make_meeting(cast)
    assert {role for role in Role if list(meetings_for(cast[role])) == [meeting]} == KNOWS_AT_ONCE
    for role in Role:
        if role in KNOWS_AT_ONCE:
            assert get_meeting_for(cast[role], meeting.id) is meeting
        else:
            with pytest.raises(NotFound):
                get_meeting_for(cast[role], meeting.id)


def test_whoever_is_expected_knows_a_meeting_where_their_role_takes_part(cast: Cast) -> None:
    meeting = make_meeting(cast, chair_id=None)
    for role in Role:
        expect(cast, meeting, role)
    knows = {role for role in Role if list(meetings_for(cast[role])) == [meeting]}
    assert knows == {role for role in Role if Permission.SEE_CASES in TABLE[role]}


def test_a_stranger_finds_no_meeting(cast: Cast) -> None:
    meeting = make_meeting(cast)
    enter_network(cast.stranger.network_id)
    with pytest.raises(NotFound):
        get_meeting_for(cast.stranger, meeting.id)
    assert not meetings_for(cast.stranger)
    enter_network(cast.network.id)


def test_those_who_write_in_the_room_and_the_one_who_signs(cast: Cast) -> None:
    meeting = make_meeting(cast, minute_taker_id=cast[Role.CLINICIAN].account_id)
    assert {role for role in Role if may_minute(cast[role], meeting)} == KNOWS_AT_ONCE | {Role.CLINICIAN}
    assert {role for role in Role if may_prepare(cast[role], meeting)} == KNOWS_AT_ONCE
    assert {role for role in Role if may_sign(cast[role], meeting)} == {Role.CHAIR}


def test_a_meeting_without_a_chair_is_signed_by_nobody(cast: Cast) -> None:
    meeting = make_meeting(cast, chair_id=None)
    assert not [role for role in Role if may_sign(cast[role], meeting)]


def test_meetings_that_are_over_stand_among_the_past(cast: Cast) -> None:
    for state in MeetingState:
        make_meeting(cast, state)
    coordinator = cast[Role.CARE_COORDINATOR]
    assert {each.state for each in meetings_for(coordinator, past=True)} == {M.SIGNED, M.CANCELLED}
    assert {each.state for each in meetings_for(coordinator)} == {*MeetingState} - {M.SIGNED, M.CANCELLED}


def test_the_next_meeting_is_the_next_date_of_the_series_whose_list_is_being_built(cast: Cast) -> None:
    series, other = make_series(cast), make_series(cast, name="Diabetes MDT")
    first = make_meeting(cast, series_id=series.id)
    days = {days: first.starts_at + timedelta(days=days) for days in (-7, 5, 7, 14, 21)}
    make_meeting(cast, starts_at=days[-7], series_id=series.id)
    make_meeting(cast, starts_at=days[5], series_id=other.id)
    make_meeting(cast, M.PUBLISHED, starts_at=days[7], series_id=series.id)
    planned = make_meeting(cast, starts_at=days[14], series_id=series.id)
    make_meeting(cast, starts_at=days[21], series_id=series.id)
    assert next_meeting_of(first) is planned


def test_a_huddle_has_no_next_meeting(cast: Cast) -> None:
    huddle = make_meeting(cast)
    make_meeting(cast, starts_at=now() + timedelta(days=9))
    assert next_meeting_of(huddle) is None


def test_people_are_listed_by_name_with_their_organisations(cast: Cast) -> None:
    meeting = make_meeting(cast)
    for role in (Role.VOLUNTARY_MEMBER, Role.CLINICIAN):
        expect(cast, meeting, role)
    names = [each.name for each in members_expected(meeting.id)]
    assert len(names) == 2
    assert names == sorted(names)
    assert {each.organisation.short_name for each in members_expected(meeting.id)} == {
        cast.elm.short_name,
        cast.charity.short_name,
    }


def test_only_those_who_take_part_in_meetings_are_offered(cast: Cast) -> None:
    offered = {one.account_id for one in colleagues_for(cast[Role.CARE_COORDINATOR])}
    # A learner looks on at one case for a time, after its person was told, and is not asked to a meeting.
    assert offered == {cast[role].account_id for role in Role if Permission.CONTRIBUTE in TABLE[role]}
    assert cast[Role.LEARNER].account_id not in offered


def test_somebody_speaks_for_their_post_and_without_one_for_their_organisation(cast: Cast) -> None:
    keep(
        Engagement(
            person_id=cast[Role.CLINICIAN].person_id,
            employer_id=cast.elm.id,
            role=JobRole.PHARMACIST,
            contract=ContractType.SALARIED,
            weekly_minutes=1000,
            session_minutes=250,
            starts_on=today() - timedelta(days=9),
        )
    )
    spoken = {one.account_id: one.discipline for one in colleagues_for(cast[Role.CARE_COORDINATOR])}
    assert spoken[cast[Role.CLINICIAN].account_id] is Discipline.PHARMACY
    assert spoken[cast[Role.CHAIR].account_id] is Discipline.GENERAL_PRACTICE
    assert spoken[cast[Role.VOLUNTARY_MEMBER].account_id] is Discipline.VOLUNTARY


def test_one_is_invited_to_meetings_ahead_and_waited_for_until_one_answers(cast: Cast) -> None:
    clinician = cast[Role.CLINICIAN]
    ahead = expect(cast, make_meeting(cast), Role.CLINICIAN)
    expect(cast, make_meeting(cast, M.RUNNING), Role.CLINICIAN)
    expect(cast, make_meeting(cast, starts_at=now() - timedelta(days=1)), Role.CLINICIAN)
    (invitation,) = invitations_of(clinician)
    assert invitation.attendance is ahead
    assert invitation.is_waiting
    ahead.answered_at = now()
    db.session.flush()
    assert not invitations_of(clinician)[0].is_waiting
