from network.access.rules import Role
from rota.agreed import commands
from rota.agreed.rules import PairingKind
from tests.addresses import address
from tests.cast import Cast
from tests.makers import make_engagement, make_member


@address("agreed.change", "agreed.pair")
def _member(cast: Cast):
    """Somebody who is kept apart from one, and meets another."""
    manager = cast[Role.WORKFORCE_MANAGER]
    member, one, other = (make_member(make_engagement(cast.elm), cast.network).id for _ in range(3))
    commands.pair_people(manager, member, one, PairingKind.APART, why="Agreed in June")
    commands.pair_people(manager, member, other, PairingKind.MEETS, days=28, is_firm=False)
    return {"member_id": member}
