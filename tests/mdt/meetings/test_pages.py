from datetime import datetime, time, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from flask.testing import FlaskClient
from icalendar import Calendar

from mdt.meetings.rules import AttendanceState, MeetingState
from network.access.rules import TABLE, Permission, Role
from network.plumbing.database import ENGLAND, db, now, today
from tests.cast import Cast, client_for
from tests.mdt.scene import expect, make_meeting, make_series

COORDINATOR, CLINICIAN, CHAIR = Role.CARE_COORDINATOR, Role.CLINICIAN, Role.CHAIR
LATER = today() + timedelta(days=40)
CHANGED = {
    "day": LATER.isoformat(),
    "at": "14:30",
    "minutes": "90",
    "opening_minutes": "2",
    "closing_minutes": "4",
}


@pytest.fixture
def coordinator(cast: Cast) -> FlaskClient:
    return client_for(cast, COORDINATOR)


def test_members_answer_from_the_first_page_in_one_click(cast: Cast) -> None:
    line = expect(cast, make_meeting(cast), CLINICIAN)
    client = client_for(cast, CLINICIAN)
    url = f"/meetings/attendances/{line.id}/answer"
    page = client.get("/").text
    assert "Meetings: can you come?" in page
    assert url in page
    client.post(url, data={"answer": "apologies"})
    db.session.refresh(line)
    assert line.state is AttendanceState.APOLOGIES
    assert "can you come?" not in client.get("/").text


def test_the_first_page_names_the_meetings_of_today(cast: Cast) -> None:
    tonight = datetime.combine(today(), time(23, 59), ENGLAND)
    meeting = make_meeting(cast, starts_at=tonight, name="Frailty MDT")
    page = client_for(cast, CHAIR).get("/").text
    assert "Meetings today" in page
    assert f"/meetings/{meeting.id}" in page
    assert "Meetings today" not in client_for(cast, CLINICIAN).get("/").text


def test_nobody_is_asked_on_the_first_page_about_next_season(cast: Cast) -> None:
    expect(cast, make_meeting(cast, starts_at=now() + timedelta(weeks=9)), CLINICIAN)
    assert "can you come?" not in client_for(cast, CLINICIAN).get("/").text


@pytest.mark.parametrize("role", [role for role in Role if Permission.SEE_CASES in TABLE[role]])
def test_a_page_of_a_meeting_is_there_for_those_it_concerns(cast: Cast, role: Role) -> None:
    meeting = make_meeting(cast, chair_id=None)
    client = client_for(cast, role)
    paths = [f"/meetings/{meeting.id}", f"/meetings/{meeting.id}/calendar"]
    knows = role is COORDINATOR
    assert [client.get(path).status_code for path in paths] == [200 if knows else 404] * 2
    expect(cast, meeting, role)
    assert [client.get(path).status_code for path in paths] == [200] * 2
    changes = [f"/meetings/{meeting.id}/change", f"/meetings/{meeting.id}/expect"]
    assert [client.get(path).status_code for path in changes] == [200 if knows else 403] * 2


def test_members_may_not_see_or_write_the_answers_of_others(cast: Cast) -> None:
    meeting = make_meeting(cast)
    expect(cast, meeting, CLINICIAN)
    other = expect(cast, meeting, Role.SOCIAL_CARE_MEMBER)
    client = client_for(cast, CLINICIAN)
    assert client.get(f"/meetings/attendances/{other.id}/answer").status_code == 403
    assert client.post(f"/meetings/attendances/{other.id}/stop").status_code == 403


def test_one_date_is_changed_and_what_is_wrong_is_said(cast: Cast, coordinator: FlaskClient) -> None:
    meeting = make_meeting(cast)
    url = f"/meetings/{meeting.id}/change"
    answer = coordinator.post(url, data={**CHANGED, "place": "Hub", "quorum-pharmacy": "2"})
    assert answer.status_code == 303
    db.session.refresh(meeting)
    assert meeting.starts_at.astimezone(ENGLAND) == datetime.combine(LATER, time(14, 30), ENGLAND)
    assert (meeting.minutes, meeting.place, meeting.quorum) == (90, "Hub", {"pharmacy": 2})
    wrong = coordinator.post(url, data={**CHANGED, "day": "2020-01-01", "place": "Kept as typed"})
    assert wrong.status_code == 422
    assert "Enter a time that is still to come." in wrong.text
    assert "Kept as typed" in wrong.text


def test_somebody_taken_off_is_put_back_by_one_click(cast: Cast, coordinator: FlaskClient) -> None:
    meeting = make_meeting(cast)
    line = expect(cast, meeting, CLINICIAN)
    data = {"account_id": str(line.account_id), "discipline": "general_practice"}
    page = coordinator.post(f"/meetings/attendances/{line.id}/stop", follow_redirects=True).text
    assert "is not expected any more" in page
    assert f'action="/meetings/{meeting.id}/expect"' in page
    assert coordinator.post(f"/meetings/{meeting.id}/expect", data=data).status_code == 303


def test_a_calendar_gets_the_time_and_the_place_and_no_reason(cast: Cast, coordinator: FlaskClient) -> None:
    meeting = make_meeting(cast, place="Hub", reason="She fell again.", state=MeetingState.CANCELLED)
    answer = coordinator.get(f"/meetings/{meeting.id}/calendar")
    (event,) = Calendar.from_ical(answer.data).events
    assert event["summary"] == "Frailty MDT"
    assert event["location"] == "Hub"
    assert event["status"] == "CANCELLED"
    assert timedelta(minutes=60) == event.DTEND - event.DTSTART
    assert "fell" not in answer.text


def test_why_a_huddle_cannot_wait_is_for_those_who_write_in_it(cast: Cast) -> None:
    meeting = make_meeting(cast, kind="huddle", reason="She fell again.")
    expect(cast, meeting, CLINICIAN)
    assert "She fell again." in client_for(cast, CHAIR).get(f"/meetings/{meeting.id}").text
    assert "She fell again." not in client_for(cast, CLINICIAN).get(f"/meetings/{meeting.id}").text


@time_machine.travel(datetime(2026, 12, 1, 9, tzinfo=ENGLAND))
def test_a_series_starts_with_its_dates(cast: Cast) -> None:
    coordinator = client_for(cast, COORDINATOR)
    form = {**CHANGED, "name": "Frailty MDT", "every_weeks": "2", "chair_id": str(cast[CHAIR].account_id)}
    answer = coordinator.post("/meetings/series/new", data=form)
    dates = urlsplit(answer.location).path
    page = coordinator.post(
        dates,
        data={"first": "2026-12-11", "at": "13:00", "count": "3", "skips_holidays": "y"},
        follow_redirects=True,
    ).text
    assert "2 dates are added. 25 December is left out: Christmas Day." in page
    assert "Friday 11 December 2026, 13:00" in page


def test_a_member_is_added_taken_off_and_put_back(cast: Cast, coordinator: FlaskClient) -> None:
    series = make_series(cast, chair_id=None)
    account_id = str(cast[CLINICIAN].account_id)
    added = coordinator.post(
        f"/meetings/series/{series.id}/members/add", data={"account_id": account_id}, follow_redirects=True
    ).text
    assert cast[CLINICIAN].name in added
    url = f"/meetings/series/{series.id}/members/{account_id}/remove"
    gone = coordinator.post(url, follow_redirects=True).text
    assert "No members yet" in gone
    assert f'action="/meetings/series/{series.id}/members/add"' in gone


def test_a_leader_stays_and_the_page_says_why(cast: Cast, coordinator: FlaskClient) -> None:
    meeting = make_meeting(cast)
    line = expect(cast, meeting, CHAIR)
    page = coordinator.post(f"/meetings/attendances/{line.id}/stop", follow_redirects=True).text
    assert "Name somebody else first" in page


def test_a_series_is_ended_and_taken_up_again(cast: Cast, coordinator: FlaskClient) -> None:
    series = make_series(cast)
    ended = coordinator.post(f"/meetings/series/{series.id}/end", follow_redirects=True).text
    assert "The series is ended." in ended
    assert "No series yet" in ended
    coordinator.post(f"/meetings/series/{series.id}/resume")
    assert "No series yet" not in coordinator.get("/meetings/series").text
