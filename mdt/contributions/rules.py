"""States of a contribution and who may read it. Pure."""

from network.vocabulary import Word


class ContributionState(Word):
    REQUESTED = "requested", "Asked"
    GIVEN = "given", "Given"
    NOTHING_TO_ADD = "nothing_to_add", "Nothing to add"
    NOT_KNOWN = "not_known_to_us", "Not known to us"
    CANNOT_SHARE = "cannot_share", "Cannot share"


class Visibility(Word):
    ALL = "all", "Everybody on the case"
    CLINICAL = "clinical", "Clinical and social care members"
    NAMED = "named", "Named disciplines only"
