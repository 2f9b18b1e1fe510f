"""What may be said of a learner: share of full time, dates, travel, and weeks done before."""

from network.vocabulary import Word


class Travel(Word):
    """How somebody gets to a placement."""

    CAR = "car", "By car"
    PUBLIC_TRANSPORT = "public_transport", "By public transport"
    BICYCLE = "bicycle", "By bicycle"
    FOOT = "foot", "On foot"
