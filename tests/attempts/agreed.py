from network.access.rules import Role
from rota.agreed import commands
from rota.agreed.rules import PairingKind, WorkAgreement
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.makers import make_engagement, make_member


def _two(cast: Cast):
    return [make_member(make_engagement(cast.elm), cast.network).id for _ in range(2)]


@attempt(commands.agree_on_work)
def _agree_on_work(cast: Cast):
    return by(cast[Role.WORKFORCE_MANAGER], _two(cast)[0], WorkAgreement(longest_run=4))


@attempt(commands.pair_people)
def _pair_people(cast: Cast):
    return by(cast[Role.WORKFORCE_MANAGER], *_two(cast), PairingKind.APART)


@attempt(commands.end_pairing)
def _end_pairing(cast: Cast):
    manager = cast[Role.WORKFORCE_MANAGER]
    return by(manager, commands.pair_people(manager, *_two(cast), PairingKind.APART))
