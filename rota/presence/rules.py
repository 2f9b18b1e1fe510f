"""Who is here: how long a sign of life lasts."""

from datetime import datetime, timedelta

# The page gives a sign every 15 seconds; one may be lost on the way.
HERE = timedelta(seconds=40)
# Whoever left a moment ago is told of once more, so that their name is taken away.
JUST_LEFT = timedelta(seconds=90)


def is_here(seen_at: datetime, now: datetime) -> bool:
    """Say whether somebody who gave a sign then still has the page open."""
    return now - seen_at <= HERE
