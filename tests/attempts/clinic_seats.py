from network.access.rules import Role
from rota.clinic_seats import commands
from rota.clinic_series.rules import Pattern
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.makers import MONDAY
from tests.rota.clinic_scene import AM, make_clinic_type, make_neighbourhood, wanted


@attempt(commands.add_clinic)
def _add_clinic(cast: Cast):
    return by(cast[Role.CLINIC_LEAD], wanted(cast))


@attempt(commands.start_series)
def _start_series(cast: Cast):
    kind, area = make_clinic_type(cast).id, make_neighbourhood(cast).id
    return by(cast[Role.CLINIC_LEAD], kind, area, cast.elm_site.id, Pattern(0, AM, 4, MONDAY, MONDAY))
