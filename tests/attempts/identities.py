from network.access.rules import Role
from network.accounts.records import LinkedIdentity
from network.accounts.rules import Identity
from network.identities import commands
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.makers import keep

AMY = Identity("https://id.example.org", "amy")


def linked(cast: Cast) -> LinkedIdentity:
    account = cast.accounts[Role.STAFF]
    account.password = "not a real hash"
    return keep(LinkedIdentity(account_id=account.id, issuer=AMY.issuer, subject=AMY.subject))


@attempt(commands.link_identity, own=True)
def _link_identity(cast: Cast):
    return by(cast[Role.STAFF], AMY)


@attempt(commands.unlink_identity)
def _unlink_identity(cast: Cast):
    return by(cast[Role.STAFF], linked(cast).id)


@attempt(commands.enter_by_identity)
def _enter_by_identity(cast: Cast):
    linked(cast)
    return by(cast[Role.STAFF], AMY)
