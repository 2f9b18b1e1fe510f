import logging
import re
from datetime import UTC, datetime, time, timedelta

import pytest
import structlog
import time_machine
from flask import Flask
from icalendar import Calendar
from sqlalchemy import select

from network.access.rules import Role
from network.accounts.records import RoleGrant
from network.organisations.records import Organisation
from network.people.records import Person
from network.plumbing.database import ENGLAND, db, in_network, now
from network.plumbing.logging import configure_logging
from network.plumbing.refusals import Refusal
from network.plumbing.settings import Environment
from network.vocabulary import Activity, FundingStream, RoleGroup, SessionKind
from rota.cells.commands import clear
from rota.drafts.queries import find_assignment
from rota.feeds.commands import end_feed, make_feed
from rota.feeds.queries import sessions_of
from rota.feeds.records import CalendarFeed
from rota.leave.records import Absence
from rota.leave.rules import AbsenceKind, AbsenceState
from rota.publishing.commands import publish_version
from rota.publishing.rules import Reasons
from rota.rotas.commands import copy_version
from rota.rotas.queries import get_version_for
from rota.rotas.records import Assignment, RotaPeriod, RotaVersion
from rota.rotas.rules import AssignmentSource, VersionState
from rota.rows.rules import mark_of
from tests import makers
from tests.cast import Cast, client_for
from tests.makers import MONDAY, keep
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER


@pytest.fixture(autouse=True)
def before_the_rota_begins():
    with time_machine.travel(datetime.combine(MONDAY - timedelta(weeks=2), time(9), UTC), tick=False):
        yield


def events_at(app: Flask, secret: str):
    answer = app.test_client().get(f"/calendar/{secret}.ics")
    assert answer.status_code == 200
    assert answer.content_type == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(answer.data).walk("VEVENT"))


def test_a_feed_holds_ones_own_published_sessions(app: Flask, cast: Cast) -> None:
    scene.publish_for(cast, Role.STAFF)
    (event,) = events_at(app, make_feed(cast[Role.STAFF]))
    assert str(event["summary"]) == "Surgery, Elm Surgery"
    assert events_at(app, make_feed(cast[Role.TRAINEE])) == []


def test_a_cancelled_session_vanishes(app: Flask, cast: Cast) -> None:
    version = scene.publish_for(cast, Role.STAFF)
    secret = make_feed(cast[Role.STAFF])
    copy = get_version_for(cast[MANAGER], copy_version(cast[MANAGER], version.id))
    cell = scene.cell_of(copy.assignments[0].member)
    scene.put(copy, scene.make_worker(cast, "Other"), cast.oak_site, cast[MANAGER])
    row = find_assignment(copy.id, cell)
    assert row is not None
    clear(cast[MANAGER], copy.id, cell, mark_of(row.id, row.row_version))
    assert len(events_at(app, secret)) == 1
    publish_version(cast[MANAGER], copy.id, Reasons("new lists"))
    assert events_at(app, secret) == []


@pytest.mark.parametrize(
    ("state", "events"),
    [(AbsenceState.REQUESTED, 1), (AbsenceState.APPROVED, 0), (AbsenceState.WITHDRAWN, 1)],
)
def test_a_session_that_leave_takes_is_in_no_feed(
    app: Flask, cast: Cast, state: AbsenceState, events: int
) -> None:
    member = scene.publish_for(cast, Role.STAFF).assignments[0].member
    leave = {"kind": AbsenceKind.ANNUAL, "state": state, "starts_on": MONDAY, "ends_on": MONDAY}
    keep(Absence(member_id=member.id, **leave))
    assert len(events_at(app, make_feed(cast[Role.STAFF]))) == events


def test_one_feed_holds_the_sessions_of_all_networks(cast: Cast) -> None:
    scene.publish_for(cast, Role.STAFF)
    account, elsewhere = cast.accounts[Role.STAFF], cast.stranger.network_id
    foreign = cast.stranger_account.grants[0].organisation
    keep(RoleGrant(account_id=account.id, network_id=elsewhere, organisation_id=foreign.id, role=Role.STAFF))
    with in_network(elsewhere):
        publish_elsewhere(account.person, foreign, db.session.get_one(Organisation, elsewhere))
    assert [each.site for each in sessions_of(account)] == ["Elm Surgery", "Far Surgery"]


def publish_elsewhere(person: Person, employer: Organisation, network: Organisation) -> None:
    """Publish a session on the Tuesday in another network."""
    site = makers.make_site(employer, "FAR")
    member = makers.make_member(makers.make_engagement(employer, person), network, site)
    period = keep(RotaPeriod(starts_on=MONDAY, ends_on=MONDAY + timedelta(6), made_by="Test"))
    version = keep(
        RotaVersion(
            period_id=period.id,
            number=1,
            state=VersionState.CHOSEN,
            made_by="Test",
            published_at=now(),
            published_by="Test",
        )
    )
    starts = datetime(2026, 12, 8, 8, tzinfo=ENGLAND)
    keep(
        Assignment(
            version_id=version.id,
            member_id=member.id,
            site_id=site.id,
            day=starts.date(),
            kind=SessionKind.MORNING,
            role_group=RoleGroup.GP,
            activity=Activity.SURGERY,
            starts_at=starts,
            ends_at=starts + timedelta(hours=4),
            minutes=240,
            funding=FundingStream.CORE,
            source=AssignmentSource.MANUAL,
        )
    )


@pytest.mark.parametrize("secret", ["x", "", "../x", "a" * 500])
def test_a_wrong_a_renewed_and_an_ended_address_look_the_same(app: Flask, cast: Cast, secret: str) -> None:
    renewed = make_feed(cast[Role.STAFF])
    ended = make_feed(cast[Role.STAFF])
    end_feed(cast[Role.STAFF])
    answers = [app.test_client().get(f"/calendar/{each}.ics") for each in (renewed, ended, "wrong")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({re.sub(r'content="[^"]*"|nonce="[^"]*"', "", answer.text) for answer in answers}) == 1
    assert app.test_client().get(f"/calendar/{secret}.ics").status_code == 404


def test_the_feed_of_a_shut_account_ends(app: Flask, cast: Cast) -> None:
    secret = make_feed(cast[Role.STAFF])
    cast.accounts[Role.STAFF].active = False
    assert app.test_client().get(f"/calendar/{secret}.ics").status_code == 404


def test_only_a_hash_is_kept(cast: Cast) -> None:
    secret = make_feed(cast[Role.STAFF])
    (feed,) = db.session.scalars(select(CalendarFeed))
    assert secret not in str(vars(feed))


def test_an_address_is_shown_once_and_named_in_no_title(app: Flask, cast: Cast) -> None:
    client = client_for(cast, Role.STAFF)
    made = client.post("/calendar/make")
    (secret,) = re.findall(r"/calendar/([\w-]{40,})\.ics", made.text)
    assert made.text.count(secret) == 1
    assert "may be a day old" in made.text
    assert secret not in client.get("/calendar").text
    answer = app.test_client().get(f"/calendar/{secret}.ics")
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    assert client.post("/calendar/end").status_code == 303
    assert app.test_client().get(f"/calendar/{secret}.ics").status_code == 404
    assert client.post("/calendar/end").status_code == 409


def test_no_log_names_the_secret(
    app: Flask, cast: Cast, capsys: pytest.CaptureFixture[str], logging_as_before: None
) -> None:
    secret = make_feed(cast[Role.STAFF])
    configure_logging(Environment.PRODUCTION)
    app.test_client().get(f"/calendar/{secret}.ics")
    logged = capsys.readouterr().err
    assert "/calendar/<secret>.ics" in logged
    assert secret not in logged


@pytest.fixture
def logging_as_before():
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    logging.raiseExceptions = True
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def test_an_address_is_not_read_without_end(app: Flask, cast: Cast) -> None:
    secret = make_feed(cast[Role.STAFF])
    answers = [app.test_client().get(f"/calendar/{secret}.ics").status_code for _ in range(61)]
    assert answers == [200] * 60 + [429]


def test_secrets_are_not_guessed_without_end(app: Flask, cast: Cast) -> None:
    answers = [app.test_client().get(f"/calendar/wrong{each}.ics").status_code for each in range(61)]
    assert answers == [404] * 60 + [429]


def test_what_has_ended_cannot_be_ended(cast: Cast) -> None:
    with pytest.raises(Refusal):
        end_feed(cast[Role.STAFF])
