"""How demand is told."""

from network.organisations.rules import WeeklySession
from rota.demand.rules import Want


def cover(want: Want) -> str:
    """Say the numbers of a line in a cell: '1 / 2 / 3'."""
    return f"{want.minimum} / {want.desired} / {want.maximum}"


def cover_in_words(want: Want) -> str:
    """Say the numbers of a line to somebody who cannot see the legend."""
    return f"{want.said}: minimum {want.minimum}, desired {want.desired}, most {want.maximum}"


def session_value(session: WeeklySession) -> str:
    """Name a session in a form: '0-AM'."""
    return f"{session.weekday}-{session.kind.value}"
