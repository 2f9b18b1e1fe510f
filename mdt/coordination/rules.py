"""How far ahead and back a coordinator's morning looks. Pure."""

from datetime import timedelta

# Reviews due in this time can still be put on a list with others.
REVIEWS_AHEAD = timedelta(days=30)
MEETINGS_AHEAD = timedelta(days=14)
LOOK_BACK = timedelta(days=7)
