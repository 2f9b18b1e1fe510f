from datetime import time

from network.access.rules import Role
from network.organisations.records import Equipment
from network.organisations.rules import WeeklySession
from network.sites import commands
from network.vocabulary import EquipmentKind, RoomKind, SessionKind
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.makers import keep


def admin(cast: Cast):
    return cast[Role.ADMINISTRATOR]


@attempt(commands.add_site)
def _add_site(cast: Cast):
    return by(admin(cast), cast.elm.id, name="Elm branch", code="ELB")


@attempt(commands.change_site)
def _change_site(cast: Cast):
    return by(admin(cast), cast.elm_site.id, name="Elm House", code="ELM")


@attempt(commands.set_opening_hours)
def _set_opening_hours(cast: Cast):
    return by(admin(cast), cast.elm_site.id, {WeeklySession(0, SessionKind.MORNING): (time(8), time(12))})


@attempt(commands.add_room)
def _add_room(cast: Cast):
    return by(admin(cast), cast.elm_site.id, name="Blue", kind=RoomKind.GROUP)


@attempt(commands.change_room)
def _change_room(cast: Cast):
    return by(admin(cast), cast.elm_site.rooms[0].id, name="Blue", kind=RoomKind.GROUP)


@attempt(commands.remove_room)
def _remove_room(cast: Cast):
    return by(admin(cast), cast.elm_site.rooms[0].id)


@attempt(commands.add_equipment)
def _add_equipment(cast: Cast):
    return by(admin(cast), cast.elm.id, kind=EquipmentKind.ECG)


@attempt(commands.remove_equipment)
def _remove_equipment(cast: Cast):
    return by(admin(cast), keep(Equipment(organisation_id=cast.elm.id, kind=EquipmentKind.ECG)).id)
