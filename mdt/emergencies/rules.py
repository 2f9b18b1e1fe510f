"""Opening a person's cases in an emergency ("breaking the glass"): for what, for how long, and its review."""

from datetime import timedelta

from network.vocabulary import Word

HOLDS = timedelta(hours=8)


class EmergencyKind(Word):
    """Why the usual relations cannot be waited for."""

    CARING_NOW = "caring_now", "I am caring for them now and nobody has related me to them"
    DANGER = "danger", "Somebody is in danger of death or serious harm"


class Finding(Word):
    """What a review of an emergency opening came to."""

    JUSTIFIED = "justified", "Justified"
    TO_BE_EXPLAINED = "to_be_explained", "To be explained further"
    NOT_JUSTIFIED = "not_justified", "Not justified"
