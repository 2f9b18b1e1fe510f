"""The rooms of a rota, day by day."""

import uuid

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.database import today
from network.plumbing.typed import day_of_address
from rota.rooms.queries import rooms_of_day_for
from rota.rotas.rules import said_period

rooms = Blueprint("rooms", __name__, url_prefix="/rota/versions/<uuid:version_id>/rooms")


@rooms.get("/")
@guarded(Permission.SEE_ROTA)
def show(version_id: uuid.UUID) -> ResponseReturnValue:
    """Show which room each person has on a day."""
    day = request.args.get("day", today(), type=day_of_address)
    found = rooms_of_day_for(current_actor(), version_id, day)
    return render_template(
        "rota/rooms/show.html",
        found=found,
        said=said_period(found.version.period.starts_on, found.version.period.ends_on),
        days=[
            (f"{day:%a} {day.day}", url_for("rooms.show", version_id=version_id, day=day), day == found.day)
            for day in found.days
        ],
    )
