from network.access.rules import Role
from rota.advice import commands
from tests.attempts import attempt, by
from tests.attempts.leave import LEAVE, asked_for, manager, member_id
from tests.cast import Cast


@attempt(commands.ask_for_leave)
def _ask_for_leave(cast: Cast):
    return by(manager(cast), member_id(cast), LEAVE)


@attempt(commands.approve_and_open)
def _approve_and_open(cast: Cast):
    return by(cast[Role.WORKFORCE_MANAGER], asked_for(cast))
