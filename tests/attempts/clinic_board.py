from datetime import timedelta

from network.access.rules import Role
from rota.clinic_board import commands
from rota.clinic_seats.commands import start_series
from rota.clinic_series.queries import get_series_for
from rota.clinic_series.rules import Pattern, Place
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.makers import MONDAY
from tests.rota.clinic_scene import AM, hold_clinic


@attempt(commands.close_clinic)
def _close_clinic(cast: Cast):
    return by(cast[Role.CLINIC_LEAD], hold_clinic(cast).id, "The dentist is away")


@attempt(commands.reopen_clinic)
def _reopen_clinic(cast: Cast):
    clinic = hold_clinic(cast)
    commands.close_clinic(cast[Role.CLINIC_LEAD], clinic.id, "The dentist is away")
    return by(cast[Role.CLINIC_LEAD], clinic.id)


@attempt(commands.move_clinic)
def _move_clinic(cast: Cast):
    place = Place(cast.oak_site.id, MONDAY + timedelta(1), AM)
    return by(cast[Role.CLINIC_LEAD], hold_clinic(cast).id, place, "The room is needed")


def _series(cast: Cast):
    lead, clinic = cast[Role.CLINIC_LEAD], hold_clinic(cast)
    held = clinic.clinic_type_id, clinic.neighbourhood_id, cast.oak_site.id
    series_id = start_series(lead, *held, Pattern(0, AM, 1, MONDAY, MONDAY + timedelta(14)))
    return get_series_for(lead, series_id).sessions[0].id


@attempt(commands.end_series)
def _end_series(cast: Cast):
    return by(cast[Role.CLINIC_LEAD], _series(cast))


@attempt(commands.resume_series)
def _resume_series(cast: Cast):
    first = _series(cast)
    commands.end_series(cast[Role.CLINIC_LEAD], first)
    return by(cast[Role.CLINIC_LEAD], first)
