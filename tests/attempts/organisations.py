from datetime import time

from network.access.rules import SYSTEM, Role
from network.organisations import commands
from network.organisations.records import Equipment
from network.organisations.rules import WeeklySession
from network.plumbing.database import in_network
from network.vocabulary import EquipmentKind, OrganisationKind, RoomKind, SessionKind
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.makers import LONG_AGO, keep, make_network


def admin(cast: Cast):
    return cast[Role.ADMINISTRATOR]


@attempt(commands.found_network)
def _found_network(cast: Cast):
    return by(SYSTEM, name="Third network", short_name="Third")


@attempt(commands.add_organisation)
def _add_organisation(cast: Cast):
    return by(admin(cast), kind=OrganisationKind.PHARMACY, name="Quay Pharmacy")


@attempt(commands.change_organisation)
def _change_organisation(cast: Cast):
    return by(admin(cast), cast.elm.id, name="Elm House")


@attempt(commands.join_network)
def _join_network(cast: Cast):
    council = {"kind": OrganisationKind.SOCIAL_CARE, "name": "County care", "ods_code": "999"}
    with in_network(keep(make_network("Elsewhere")).id):
        left = commands.add_organisation(SYSTEM, **council, joined_on=LONG_AGO)
        commands.leave_network(SYSTEM, left)
    return by(admin(cast), ods_code="999")


@attempt(commands.leave_network)
def _leave_network(cast: Cast):
    return by(admin(cast), cast.oak.id)


@attempt(commands.stay_in_network)
def _stay_in_network(cast: Cast):
    return by(admin(cast), cast.oak.id)


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
