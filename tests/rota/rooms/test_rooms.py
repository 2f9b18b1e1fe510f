"""The rooms of a day: each keeps one, and whoever finds none is named."""

import pytest
from sqlalchemy import select

from network.access.rules import Role
from network.organisations.records import Room
from network.plumbing.database import db
from network.plumbing.refusals import NotFound
from network.vocabulary import RoomKind, SessionKind
from rota.cells.commands import place
from rota.rooms.queries import rooms_of_day_for
from rota.rotas.records import DemandLine, RotaVersion
from rota.rows.rules import EMPTY
from tests.cast import Cast, client_for
from tests.makers import MONDAY
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER


@pytest.fixture
def version(cast: Cast) -> RotaVersion:
    """Two doctors at Elm on Monday morning, the first in the afternoon too; Elm has two rooms."""
    first, second, *_ = scene.make_scene(cast)
    version = scene.open_rota(cast)
    for line in db.session.scalars(select(DemandLine).where(DemandLine.period_id == version.period_id)):
        line.room, line.maximum = RoomKind.CONSULTING, 2
    for number, room in enumerate(db.session.scalars(select(Room).where(Room.site_id == cast.elm_site.id))):
        room.bookable = number < 2
    scene.put(version, first, cast.elm_site, cast[MANAGER])
    scene.put(version, second, cast.elm_site, cast[MANAGER])
    afternoon = scene.cell_of(first, kind=SessionKind.AFTERNOON)
    place(cast[MANAGER], version.id, afternoon, scene.line_on(version, cast.elm_site, afternoon).id, EMPTY)
    return version


def test_each_has_a_room_of_their_own_and_keeps_it(cast: Cast, version: RotaVersion) -> None:
    found = rooms_of_day_for(cast[MANAGER], version.id, MONDAY)
    assert found.kinds == ("AM", "PM")
    (elm,) = found.sites
    assert elm.without == ()
    morning, afternoon = zip(*(room.people for room in elm.rooms), strict=True)
    assert sorted(name for people in morning for name in people) == [
        "Alex Example00, surgery",
        "Alex Example01, surgery",
    ]
    stays = [number for number, people in enumerate(morning) if people == ("Alex Example00, surgery",)]
    assert [number for number, people in enumerate(afternoon) if people] == stays


def test_whoever_finds_no_room_is_named(cast: Cast, version: RotaVersion) -> None:
    rooms = select(Room).where(Room.site_id == cast.elm_site.id, Room.bookable)
    db.session.scalars(rooms).first().bookable = False
    db.session.commit()
    (elm,) = rooms_of_day_for(cast[MANAGER], version.id, MONDAY).sites
    assert len(elm.rooms) == 1
    assert len(elm.without) == 1
    assert "AM surgery" in elm.without[0]
    page = client_for(cast, MANAGER).get(f"/rota/versions/{version.id}/rooms/?day={MONDAY}").text
    assert "No room is left for" in page
    assert elm.without[0] in page


def test_colleagues_see_the_rooms_of_a_published_rota_alone(cast: Cast, version: RotaVersion) -> None:
    with pytest.raises(NotFound):
        rooms_of_day_for(cast[Role.STAFF], version.id, MONDAY)
    scene.make_chosen(version)
    assert rooms_of_day_for(cast[Role.STAFF], version.id, MONDAY).sites
    # A day that the rota has not got leads to its nearest.
    assert rooms_of_day_for(cast[Role.STAFF], version.id, MONDAY.replace(year=2031)).day != MONDAY
