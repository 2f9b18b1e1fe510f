from tests.addresses import address
from tests.cast import Cast


@address(
    "organisations.show",
    "organisations.change",
    "organisations.leave",
    "organisations.add_site",
    "organisations.add_equipment",
)
def _organisation(cast: Cast):
    return {"organisation_id": cast.elm.id}


@address("organisations.change_site", "organisations.set_hours", "organisations.add_room")
def _site(cast: Cast):
    return {"site_id": cast.elm_site.id}


@address("organisations.change_room")
def _room(cast: Cast):
    return {"room_id": cast.elm_site.rooms[0].id}
