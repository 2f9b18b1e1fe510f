from network.access.rules import Role
from network.vocabulary import RoleGroup
from rota.limits import commands
from tests.attempts import attempt, by
from tests.cast import Cast

GPS_AT_ELM = (None, RoleGroup.GP, 1)


@attempt(commands.set_limit)
def _set_limit(cast: Cast):
    return by(cast[Role.PRACTICE_MANAGER], cast.elm.id, *GPS_AT_ELM)


@attempt(commands.remove_limit)
def _remove_limit(cast: Cast):
    manager = cast[Role.PRACTICE_MANAGER]
    return by(manager, commands.set_limit(manager, cast.elm.id, *GPS_AT_ELM))
