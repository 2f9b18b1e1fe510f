from network.access.rules import Role
from rota.clinic_teams import commands
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.rota.clinic_scene import hold_clinic


@attempt(commands.renew_teams)
def _renew_teams(cast: Cast):
    return by(cast[Role.CLINIC_LEAD], hold_clinic(cast).clinic_type_id)
