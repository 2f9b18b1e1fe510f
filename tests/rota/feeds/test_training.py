"""Placements and half-days in the calendar of whoever trains, read by another library."""

from datetime import date, timedelta

import pytest
from flask import Flask
from icalendar import Calendar

from network.access.rules import Role
from network.plumbing.database import today
from rota.feeds.commands import end_feed, make_feed
from rota.own_training.queries import own_training
from rota.placing.commands import move_placement
from rota.rotation_news.commands import publish_rotations
from rota.rotations.commands import copy_plan_version
from rota.rotations.queries import held_in, told_placements_of
from tests.cast import Cast
from tests.rota.exposure_scene import book
from tests.rota.rotation_scene import LEAD, Scene, make_own_notice, make_scene

REASON = "Could not stay with the family"


def events_at(app: Flask, secret: str) -> list:
    answer = app.test_client().get(f"/calendar/{secret}.ics")
    assert answer.status_code == 200
    assert REASON.encode() not in answer.data
    return list(Calendar.from_ical(answer.data).walk("VEVENT"))


def move(cast: Cast, scene: Scene, version_id, first: int):
    """Publish a version in which the one placement begins in another week."""
    draft = copy_plan_version(cast[LEAD], version_id)
    stay_id = next(iter(held_in(draft)))
    move_placement(cast[LEAD], draft, stay_id, scene.spot(first, 4, scene.elm), REASON)
    publish_rotations(cast[LEAD], draft, REASON)
    return draft


def test_a_placement_is_whole_days_that_keep_nobody_busy_and_says_that_it_may_be_a_day_old(
    app: Flask, cast: Cast
) -> None:
    trainee = make_own_notice(cast)
    (event,) = events_at(app, make_feed(trainee))
    assert str(event["summary"]) == "Placement: Elm Surgery, nursing"
    first, last = event.decoded("dtstart"), event.decoded("dtend")
    assert (type(first), last - first) == (date, timedelta(weeks=4))
    assert str(event["transp"]) == "TRANSPARENT"
    assert "First day: Reception at 08:30" in str(event["description"])
    assert "day late" in str(event["description"])
    assert "/my-training" in str(event["description"])


def test_a_placement_that_moves_stays_the_same_event_with_a_higher_sequence(app: Flask, cast: Cast) -> None:
    trainee = make_own_notice(cast)
    secret = make_feed(trainee)
    (before,) = events_at(app, secret)
    mine = own_training(trainee)
    assert mine
    version_id = told_placements_of(mine.learner.id)[0].version_id
    scene = make_scene(cast)
    move(cast, scene, version_id, 30)
    (after,) = events_at(app, secret)
    assert before["uid"] == after["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert after.decoded("dtstart") - before.decoded("dtstart") == timedelta(weeks=30)


def test_a_half_day_is_in_the_calendar_at_its_hours_and_nobody_elses_feed(app: Flask, cast: Cast) -> None:
    trainee = make_own_notice(cast)
    booked = book(cast, trainee)
    events = events_at(app, make_feed(trainee))
    (half_day,) = [each for each in events if "Half-day" in str(each["summary"])]
    assert str(half_day["summary"]) == "Half-day with optometry"
    assert half_day.decoded("dtend") - half_day.decoded("dtstart") == timedelta(hours=3, minutes=30)
    assert half_day.decoded("dtstart").date() == booked.day >= today()
    assert events_at(app, make_feed(cast[Role.STAFF])) == []


@pytest.mark.parametrize("ended", [True, False])
def test_an_address_that_was_ended_or_never_made_gives_nothing(app: Flask, cast: Cast, ended: bool) -> None:
    trainee = make_own_notice(cast)
    secret = make_feed(trainee) if ended else "a" * 43
    if ended:
        end_feed(trainee)
    assert app.test_client().get(f"/calendar/{secret}.ics").status_code == 404
