from network.plumbing.database import today
from rota.allowances import commands
from rota.allowances.rules import LineKind
from tests.attempts import attempt, by
from tests.attempts.leave import manager, member_id
from tests.cast import Cast


@attempt(commands.add_to_allowance)
def _add_to_allowance(cast: Cast):
    return by(manager(cast), member_id(cast), today(), LineKind.CARRIED, 2.0, "Agreed in March")
