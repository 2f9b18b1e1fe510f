from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from mdt.dates.commands import change_meeting
from mdt.dates.rules import MeetingDetails
from mdt.meetings.queries import find_attendance, members_expected
from mdt.meetings.records import Meeting
from mdt.meetings.rules import MeetingState
from mdt.series.commands import (
    add_dates,
    add_member,
    change_series,
    end_series,
    remove_member,
    resume_series,
    start_series,
)
from mdt.series.queries import (
    bank_holidays_among,
    dates_ahead,
    find_member,
    last_date,
    members_of,
    series_for,
)
from mdt.series.rules import MOST_DATES, SeriesDetails
from network.access.rules import Role
from network.plumbing.database import ENGLAND, db, today
from network.plumbing.refusals import Invalid, NotAllowed, NotFound
from network.vocabulary import Discipline
from tests.cast import Cast

CHAIR, COORDINATOR, CLINICIAN = Role.CHAIR, Role.CARE_COORDINATOR, Role.CLINICIAN
ONE = time(13, 0)


def details(cast: Cast, **changes: object) -> SeriesDetails:
    same = {
        "name": "Frailty MDT",
        "place": "Hub",
        "chair_id": cast[CHAIR].account_id,
        "minute_taker_id": cast[COORDINATOR].account_id,
        "quorum": {"pharmacy": 1, "nursing": 0},
    }
    return SeriesDetails(**{**same, **changes})


@pytest.fixture
def series_id(cast: Cast):
    """A series of the cast's chair, with a clinician for its member and no dates."""
    series_id = start_series(cast[COORDINATOR], details(cast))
    add_member(cast[COORDINATOR], series_id, cast[CLINICIAN].account_id, Discipline.PHARMACY)
    return series_id


def days(count: int = 2) -> list[date]:
    return [today() + timedelta(weeks=week) for week in range(1, count + 1)]


def test_those_who_lead_a_series_are_its_members(cast: Cast) -> None:
    series_id = start_series(cast[COORDINATOR], details(cast))
    leaders = {cast[CHAIR].account_id, cast[COORDINATOR].account_id}
    assert {member.account_id for member in members_of(series_id)} == leaders
    assert series_for(cast[COORDINATOR])[0].quorum == {"pharmacy": 1}


@pytest.mark.parametrize("role", [CHAIR, CLINICIAN, Role.ADMINISTRATOR])
def test_series_are_for_those_who_build_lists(cast: Cast, series_id, role: Role) -> None:
    assert not series_for(cast[role])
    with pytest.raises(NotAllowed):
        start_series(cast[role], details(cast))
    with pytest.raises(NotFound):
        end_series(cast[role], series_id)


def test_a_date_has_all_that_its_series_says(cast: Cast, series_id) -> None:
    add_dates(cast[COORDINATOR], series_id, days(), ONE)
    first, second = dates_ahead(series_id)
    assert (first.name, first.place, first.minutes, first.quorum) == (
        "Frailty MDT",
        "Hub",
        60,
        {"pharmacy": 1},
    )
    assert (first.chair, first.minute_taker) == (cast[CHAIR].name, cast[COORDINATOR].name)
    assert first.starts_at.astimezone(ENGLAND).time() == ONE
    assert last_date(series_id) is second
    expected = {line.account_id: line.discipline for line in members_expected(first.id)}
    assert expected[cast[CLINICIAN].account_id] is Discipline.PHARMACY
    assert len(expected) == 3


def test_a_date_that_is_there_stays_one(cast: Cast, series_id) -> None:
    add_dates(cast[COORDINATOR], series_id, days(), ONE)
    assert len(add_dates(cast[COORDINATOR], series_id, days(3), ONE)) == 1
    assert len(dates_ahead(series_id)) == 3


@pytest.mark.parametrize("count", [0, MOST_DATES + 1])
def test_dates_are_added_in_sensible_numbers(cast: Cast, series_id, count: int) -> None:
    with pytest.raises(Invalid):
        add_dates(cast[COORDINATOR], series_id, days(count), ONE)


def test_no_date_is_added_in_the_past_or_to_what_is_ended(cast: Cast, series_id) -> None:
    with pytest.raises(Invalid, match="still to come"):
        add_dates(cast[COORDINATOR], series_id, [today() - timedelta(days=1)], ONE)
    end_series(cast[COORDINATOR], series_id)
    with pytest.raises(Invalid, match="Take up this series again"):
        add_dates(cast[COORDINATOR], series_id, days(), ONE)
    resume_series(cast[COORDINATOR], series_id)
    assert add_dates(cast[COORDINATOR], series_id, days(), ONE)


def test_somebody_who_has_left_is_asked_to_no_date_and_leads_none(cast: Cast, series_id) -> None:
    for role in (CHAIR, CLINICIAN):
        db.session.delete(cast.accounts[role].grants[0])
    db.session.commit()
    add_dates(cast[COORDINATOR], series_id, days(), ONE)
    meeting = dates_ahead(series_id)[0]
    assert [line.account_id for line in members_expected(meeting.id)] == [cast[COORDINATOR].account_id]
    assert (meeting.chair_id, meeting.chair) == (None, "")


def test_a_new_member_is_expected_at_the_dates_to_come_and_one_taken_off_not(cast: Cast, series_id) -> None:
    add_dates(cast[COORDINATOR], series_id, days(1), ONE)
    (meeting,) = dates_ahead(series_id)
    voluntary = cast[Role.VOLUNTARY_MEMBER].account_id
    add_member(cast[COORDINATOR], series_id, voluntary)
    assert find_attendance(meeting.id, voluntary) is not None
    with pytest.raises(Invalid, match="member already"):
        add_member(cast[COORDINATOR], series_id, voluntary)
    remove_member(cast[COORDINATOR], series_id, voluntary)
    assert find_attendance(meeting.id, voluntary) is None
    assert find_member(series_id, voluntary) is None
    with pytest.raises(NotFound):
        remove_member(cast[COORDINATOR], series_id, voluntary)


def test_whoever_leads_a_series_stays_its_member(cast: Cast, series_id) -> None:
    with pytest.raises(Invalid, match="Name somebody else first"):
        remove_member(cast[COORDINATOR], series_id, cast[CHAIR].account_id)


def test_somebody_who_takes_no_part_in_meetings_is_no_member(cast: Cast, series_id) -> None:
    with pytest.raises(Invalid, match="Choose somebody"):
        add_member(cast[COORDINATOR], series_id, cast[Role.STAFF].account_id)


def test_dates_follow_their_series_but_for_what_was_changed_on_them(cast: Cast, series_id) -> None:
    add_dates(cast[COORDINATOR], series_id, days(3), ONE)
    plain, moved, out = dates_ahead(series_id)
    change_meeting(cast[COORDINATOR], moved.id, replace(as_it_is(moved), place="Elsewhere"))
    out.state = MeetingState.PUBLISHED
    db.session.commit()
    changed = details(cast, place="Town hall", minutes=90, chair_id=cast[CLINICIAN].account_id)
    change_series(cast[COORDINATOR], series_id, changed)
    assert (plain.place, plain.minutes, plain.chair) == ("Town hall", 90, cast[CLINICIAN].name)
    assert (moved.place, moved.minutes, moved.chair) == ("Elsewhere", 90, cast[CLINICIAN].name)
    assert (out.place, out.minutes, out.chair) == ("Hub", 60, cast[CHAIR].name)


def as_it_is(meeting: Meeting) -> MeetingDetails:
    return MeetingDetails(
        starts_at=meeting.starts_at,
        place=meeting.place,
        chair_id=meeting.chair_id,
        minute_taker_id=meeting.minute_taker_id,
        quorum=meeting.quorum,
    )


def test_bank_holidays_are_known_without_the_internet() -> None:
    assert bank_holidays_among([date(2026, 12, 25), date(2026, 12, 10)]) == {
        date(2026, 12, 25): "Christmas Day"
    }
