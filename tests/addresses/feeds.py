from network.access.rules import Role
from rota.feeds.commands import make_feed
from tests.addresses import address
from tests.cast import Cast


@address("feeds.read")
def _feed(cast: Cast):
    return {"secret": make_feed(cast[Role.STAFF])}
