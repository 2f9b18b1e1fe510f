from network.access.rules import Role
from network.vocabulary import RoleGroup
from rota.funding import commands
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.makers import MONDAY


@attempt(commands.agree_shares)
def _agree_shares(cast: Cast):
    cast.elm.list_size = 10_000
    return by(cast[Role.FINANCE_VIEWER], RoleGroup.GP, MONDAY, {cast.elm.id: 100}, "Board")


@attempt(commands.share_by_list, anywhere=True)
def _share_by_list(cast: Cast):
    return by(cast[Role.FINANCE_VIEWER], RoleGroup.GP, MONDAY, "Board")
