"""The page of the clinics that keep an earlier team than their type has."""

import uuid

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.answers import done
from rota.clinic_teams.commands import renew_teams
from rota.clinic_teams.queries import old_teams_for
from rota.clinics.queries import get_type_for

clinic_teams = Blueprint("clinic_teams", __name__, url_prefix="/clinics/types")


@clinic_teams.get("/<uuid:clinic_type_id>/teams")
@guarded(Permission.SEE_CLINICS)
def show(clinic_type_id: uuid.UUID) -> ResponseReturnValue:
    """Show which clinics on the calendar keep an earlier team, and how it differs."""
    actor = current_actor()
    return render_template(
        "rota/clinic_teams/show.html",
        clinic=get_type_for(actor, clinic_type_id),
        teams=old_teams_for(actor, clinic_type_id),
        may_edit=actor.may(Permission.EDIT_CLINICS),
    )


@clinic_teams.post("/<uuid:clinic_type_id>/teams")
@guarded(Permission.EDIT_CLINICS)
def renew(clinic_type_id: uuid.UUID) -> ResponseReturnValue:
    """Give all of them the team of today."""
    count = renew_teams(current_actor(), clinic_type_id)
    said = "1 clinic has" if count == 1 else f"{count} clinics have"
    return done(
        f"{said} the new team. Look at who is still needed in them.",
        url_for("clinic_teams.show", clinic_type_id=clinic_type_id),
    )
