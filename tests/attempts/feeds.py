from network.access.rules import Role
from rota.feeds import commands as feeds
from tests.attempts import attempt, by
from tests.cast import Cast


@attempt(feeds.make_feed, own=True)
def _make_feed(cast: Cast):
    return by(cast[Role.STAFF])


@attempt(feeds.end_feed, own=True)
def _end_feed(cast: Cast):
    feeds.make_feed(cast[Role.STAFF])
    return by(cast[Role.STAFF])
