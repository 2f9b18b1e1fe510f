from tests.addresses import address
from tests.cast import Cast


@address("sites.add", "sites.add_equipment")
def _organisation(cast: Cast):
    return {"organisation_id": cast.elm.id}


@address("sites.change", "sites.set_hours", "sites.add_room")
def _site(cast: Cast):
    return {"site_id": cast.elm_site.id}


@address("sites.change_room")
def _room(cast: Cast):
    return {"room_id": cast.elm_site.rooms[0].id}
