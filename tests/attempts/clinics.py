from network.access.rules import Role
from network.vocabulary import RoleGroup
from rota.clinic_examples.queries import get_example
from rota.clinics import commands
from rota.clinics.queries import get_type_for
from rota.clinics.rules import Design, SeatDesign
from tests.attempts import attempt, by
from tests.cast import Cast

LEAD = Role.CLINIC_LEAD


def _type(cast: Cast):
    example = get_example("frailty")
    return commands.add_type(cast[LEAD], example.design, example.seats)


def _seat(cast: Cast):
    return get_type_for(cast[LEAD], _type(cast)).seats[0].id


@attempt(commands.add_type, anywhere=True)
def _add_type(cast: Cast):
    return by(cast[LEAD], Design("Foot clinic"), [SeatDesign(RoleGroup.NURSE)])


@attempt(commands.change_type)
def _change_type(cast: Cast):
    return by(cast[LEAD], _type(cast), Design("Foot clinic"), 1)


@attempt(commands.retire_type)
def _retire_type(cast: Cast):
    return by(cast[LEAD], _type(cast))


@attempt(commands.bring_back_type)
def _bring_back_type(cast: Cast):
    clinic_type = _type(cast)
    commands.retire_type(cast[LEAD], clinic_type)
    return by(cast[LEAD], clinic_type)


@attempt(commands.add_seat)
def _add_seat(cast: Cast):
    return by(cast[LEAD], _type(cast), SeatDesign(RoleGroup.PARAMEDIC))


@attempt(commands.change_seat)
def _change_seat(cast: Cast):
    return by(cast[LEAD], _seat(cast), SeatDesign(RoleGroup.PARAMEDIC))


@attempt(commands.remove_seat)
def _remove_seat(cast: Cast):
    return by(cast[LEAD], _seat(cast))
