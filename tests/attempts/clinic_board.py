from datetime import timedelta

from network.access.rules import Role
from rota.clinic_board import commands
from rota.clinic_series.rules import Place
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
